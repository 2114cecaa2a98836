"""Plans and views of small sites."""

from __future__ import annotations

from typing import Any

import msgspec

from dossier import pipeline
from dossier.pipeline import Blueprint
from tests.helpers.smallsite import SmallSite


def plan_of(site: SmallSite, **changes: object) -> Blueprint:
    """The plan of a small site."""
    return pipeline.plan(msgspec.structs.replace(site.options, **changes))


def view_of(site: SmallSite, file: str, **changes: object) -> Any:
    """The view of one page."""
    blueprint = plan_of(site, **changes)
    return next(blueprint.viewer.view(page) for page in blueprint.pages if page.file == file)


def titles(items: Any) -> list[str]:
    """The titles of items or links, without the words that are the same in all."""
    return [item.title.removeprefix("Title of ") for item in items]
