"""Which files of the output have to be made anew, and why. Pure: it looks at fingerprints only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import msgspec

from dossier.manifest import Manifest, Recipe

Reason = Literal["new", "forced", "damaged", "engine", "template", "content", "view", "same"]


class State(msgspec.Struct, frozen=True, kw_only=True):
    """What a build is made with: fingerprints of the engine, the settings, each template."""

    engine: str
    settings: str
    templates: Mapping[str, str]


def decide(
    recipes: Mapping[str, Recipe],
    state: State,
    before: Manifest,
    intact: frozenset[str],
    force: bool = False,
) -> dict[str, Reason]:
    """By file: why it has to be made, or `same` where it stands as it is."""
    return {
        file: _reason(file, recipe, state, before, intact, force)
        for file, recipe in recipes.items()
    }


def explain(file: str, reason: Reason, recipe: Recipe, before: Manifest, state: State) -> str:
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
    file: str,
    recipe: Recipe,
    state: State,
    before: Manifest,
    intact: frozenset[str],
    force: bool,
) -> Reason:
    entry = before.files.get(file)
    if entry is None or entry.size < 0:
        return "new"
    if force:
        return "forced"
    if before.engine != state.engine:
        return "engine"
    old = entry.recipe
    if old.template != recipe.template or before.templates.get(
        recipe.template
    ) != state.templates.get(recipe.template):
        return "template"
    if old.view != recipe.view:
        return "content" if old.content != recipe.content else "view"
    return "same" if file in intact else "damaged"
