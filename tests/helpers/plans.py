"""Plans and views of small sites."""

from __future__ import annotations

from typing import Any

import msgspec

from dossier.build.blueprint import Blueprint
from dossier.planning import plan as planning
from dossier.site.reads import recording
from dossier.views.outputs import ViewOutput
from tests.helpers.smallsite import SmallSite


def plan_of(site: SmallSite, **changes: object) -> Blueprint:
    """The plan of a small site."""
    return planning.plan(msgspec.structs.replace(site.options, **changes))


def view_of(site: SmallSite, file: str, **changes: object) -> Any:
    """The view of one page."""
    return view_at(plan_of(site, **changes), file)


def view_at(blueprint: Blueprint, file: str) -> Any:
    """The view of one output of a plan."""
    output = blueprint.outputs[file]
    assert isinstance(output, ViewOutput)
    with recording():
        return blueprint.builders.view(output)


def titles(items: Any) -> list[str]:
    """The titles of items or links, without the words that are the same in all."""
    return [item.title.removeprefix("Title of ") for item in items]
