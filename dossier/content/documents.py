"""Documents: the parsed files of `content/`, each on its own. No I/O."""

# annotations are values here, not texts: decoders would evaluate texts again and again
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Literal

import msgspec

from dossier.content.models import AnyFrontMatter, Kind
from dossier.problems import Problem, Severity

FieldPath = tuple[str | int, ...]


class Heading(msgspec.Struct, frozen=True, array_like=True):
    """A heading in a body: its level (2 to 6), its anchor, its text."""

    level: int
    id: str
    text: str


class Shown(msgspec.Struct, frozen=True, array_like=True):
    """How a body shows a file as a table: its caption, its source, the chart that draws it."""

    caption: str
    credit: str = ""
    chart: Literal["", "line", "bar"] = ""


class Picture(msgspec.Struct, frozen=True, array_like=True):
    """What a body says of an image: what it shows, its caption, its credit."""

    text: str
    caption: str = ""
    credit: str = ""


class Slot(msgspec.Struct, frozen=True, array_like=True):
    """A gap in a body that the site fills: the address or the title of a link's target, a table, or
    the address of an image, whose element the site replaces.

    A target is a name (`[[tiktok]]`), a file (`../companies/tiktok.md`) or a path (`/about/`).
    `place` is where the link stands: an offset in the text of the body.
    """

    fill: Literal["href", "src", "title", "table"]
    target: str
    place: int = 0
    table: Shown | None = None
    image: Picture | None = None


class Body(msgspec.Struct, frozen=True, array_like=True):
    """A rendered Markdown body that knows nothing of the site.

    `parts` and `slots` alternate, part first. `citations` has one source id per place, in order;
    the n-th place of a source has the anchor `cite:<id>:<n>`. `text` is the Markdown as written,
    and `code` where code stands in it: starts and ends.
    """

    parts: tuple[str, ...] = ("",)
    slots: tuple[Slot, ...] = ()
    headings: tuple[Heading, ...] = ()
    citations: tuple[str, ...] = ()
    words: int = 0
    text: str = ""
    code: tuple[tuple[int, int], ...] = ()


class Outline(msgspec.Struct, frozen=True, array_like=True):
    """What the site needs to know about a body: its links, its citations, its reading time.

    `tables` are the targets that are shown as tables, each with its chart; `images` those that are
    shown as images.
    """

    targets: tuple[str, ...] = ()
    citations: tuple[str, ...] = ()
    minutes: int = 1
    tables: tuple[tuple[str, Literal["", "line", "bar"]], ...] = ()
    images: tuple[str, ...] = ()


class PartFingerprints(msgspec.Struct, frozen=True, array_like=True):
    """The fingerprints of a document's parts: facts, words, text.

    The words' fingerprint also changes with the facts. While all three stay the same, no page of
    another document changes.
    """

    facts: str
    words: str
    text: str


class Document(msgspec.Struct, frozen=True, array_like=True):
    """One authored file: its kind and id, its path as messages show it, its front matter.

    The body is stored separately, since few pages show it. `warnings` are those of the file alone,
    without its path.
    """

    kind: Kind
    id: str
    path: str
    front_matter: AnyFrontMatter
    outline: Outline
    fingerprints: PartFingerprints
    warnings: tuple[Problem, ...] = ()


Bodies = Callable[[str], Body]
"""Returns the body of a document by its path."""


class DocumentProblem(msgspec.Struct, frozen=True):
    """A problem in a document whose line is looked up only when it is printed.

    `place` is a field's path in the front matter, or the target of a link in the body. The path may
    end with an offset in the field's text.
    """

    path: str
    place: FieldPath | str
    message: str
    hint: str = ""
    severity: Severity = "error"


def placed(warnings: Iterable[Problem], file: Path) -> Iterator[Problem]:
    """Put the path of a document's file into its warnings."""
    for warning in warnings:
        yield msgspec.structs.replace(warning, path=file.as_posix())
