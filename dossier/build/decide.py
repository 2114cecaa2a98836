"""Which files of the output have to be made anew, and why. Pure: it looks at fingerprints only."""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import Literal

import msgspec

from dossier.build.manifest import Manifest, OutputFile, Recipe

Reason = Literal["new", "forced", "damaged", "engine", "template", "content", "view", "same"]
First = Reason | Literal["touched"]
"""A reason, or `touched`: whether the file changes is known once its view is made."""


class BuildState(msgspec.Struct, frozen=True, kw_only=True):
    """What a build is made with: fingerprints of the engine, the settings, each template."""

    engine: str
    settings: str
    templates: Mapping[str, str]


def decide(
    files: Mapping[str, str],
    state: BuildState,
    before: Manifest,
    intact: Set[str],
    touched: Set[str] | None,
    force: bool = False,
) -> dict[str, First]:
    """By file: why it has to be made, or `same` where it stands as it is.

    `files` are templates by file; `touched` the files that a change may reach, None for any.
    """
    return {
        file: _reason(
            before.files.get(file),
            template,
            state,
            before,
            file in intact,
            touched is None or file in touched,
            force,
        )
        for file, template in files.items()
    }


def settle(reason: First, recipe: Recipe, before: OutputFile | None, intact: bool) -> Reason:
    """The reason once the recipe is known."""
    if reason != "touched":
        return reason
    assert before is not None
    if before.recipe.view != recipe.view:
        return "content" if before.recipe.content != recipe.content else "view"
    return "same" if intact else "damaged"


def explain(file: str, reason: Reason, recipe: Recipe, before: Manifest, state: BuildState) -> str:
    """The reason in plain words."""
    source = recipe.source or "the site as a whole"
    settings = " (site.yaml or an option changed)" if before.settings != state.settings else ""
    words: dict[Reason, str] = {
        "new": "the last build did not make it",
        "forced": "--force was given",
        "damaged": "the file in the output was changed or removed by hand",
        "engine": "Dossier, one of its dependencies or Python changed",
        "template": f"the template {recipe.template}, or one that it includes, changed",
        "content": f"its content changed: {source}",
        "view": f"what it shows of other content changed{settings}",
        "same": "content, template, settings and engine are what they were",
    }
    verb = "is left as it is" if reason == "same" else "is rendered"
    return f"{file} {verb}: {words[reason]}\n  made from {source}, with {recipe.template}"


def _reason(
    entry: OutputFile | None,
    template: str,
    state: BuildState,
    before: Manifest,
    intact: bool,
    touched: bool,
    force: bool,
) -> First:
    if entry is None or entry.size < 0:
        return "new"
    if force:
        return "forced"
    if before.engine != state.engine:
        return "engine"
    old = entry.recipe
    if old.template != template or before.templates.get(template) != state.templates.get(template):
        return "template"
    if touched:
        return "touched"
    return "same" if intact else "damaged"
