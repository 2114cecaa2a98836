"""Paging of long lists, fifty entries to a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

import msgspec

from dossier.site.urls import numbered_path, output_file
from dossier.views.outputs import MenuEntry, PageOutput, SitemapEntry
from dossier.views.parts import Numbered, Paging

PAGE_SIZE = 50

T = TypeVar("T")


def page_count(items: Sequence[Any]) -> int:
    """Count the pages of a list; an empty list has one empty page."""
    return max(1, -(-len(items) // PAGE_SIZE))


def page_slice(items: Sequence[T], number: int) -> Sequence[T]:
    """Return the entries on a page of a long list."""
    return items[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]


def list_pages(
    builder: str,
    path: str,
    items: Sequence[Any],
    *,
    source: str = "",
    id_: str = "",
    menu: MenuEntry | None = None,
) -> Iterator[PageOutput]:
    """List the pages of a list; the first one is in the menu, unless empty, and in the sitemap."""
    if menu:
        menu = msgspec.structs.replace(menu, empty=not items)
    for number in range(1, page_count(items) + 1):
        page = numbered_path(path, number)
        yield PageOutput(
            file=output_file(page),
            source=source,
            path=page,
            builder=builder,
            id=id_,
            number=number,
            menu=menu if number == 1 else None,
            sitemap=SitemapEntry() if number == 1 else None,
        )


def paging(items: Sequence[Any], path: str, number: int) -> Paging:
    """Describe the position of a page in a long list."""
    count, start = page_count(items), (number - 1) * PAGE_SIZE
    return Paging(
        number=number,
        total=len(items),
        first=start + 1 if items else 0,
        last=min(start + PAGE_SIZE, len(items)),
        pages=_near(number, count, path),
        previous=numbered_path(path, number - 1) if number > 1 else None,
        next=numbered_path(path, number + 1) if number < count else None,
    )


def _near(number: int, count: int, path: str) -> tuple[Numbered, ...]:
    """Choose the pages that a page links to: the first, the last and two on either side."""
    near = sorted({1, *range(max(number - 2, 1), min(number + 2, count) + 1), count})
    before = [0, *near]
    return tuple(
        Numbered(number=n, path=numbered_path(path, n), gap=n > last + 1)
        for n, last in zip(near, before, strict=False)
    )
