"""Decisions: which output files have to be made, and why. Pure: fingerprints are compared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from typing import Literal

import msgspec

from dossier.build.changes import Changes
from dossier.build.manifest import Manifest, OutputFile, Recipe
from dossier.site.reads import Read
from dossier.views.outputs import Output

Reason = Literal["new", "forced", "damaged", "engine", "template", "content", "view", "same"]
First = Reason | Literal["met"]
"""A reason, or `met`: its view has to be built to find out whether it changes."""

_PART_NAMES = {"words": "the words (title, summary, notes)", "text": "the text"}
_MOST_NAMED = 5


class BuildState(msgspec.Struct, frozen=True, kw_only=True):
    """The tools of a build: fingerprints of the engine, the settings, each template, the theme."""

    engine: str
    settings: str
    theme: str
    templates: Mapping[str, str]


def decide(
    files: Mapping[str, Output],
    state: BuildState,
    before: Manifest,
    intact: Set[str],
    met: frozenset[str] | None,
    force: bool = False,
) -> dict[str, First]:
    """Decide for each file that has to be made, or looked at, why. All others stay as they are.

    `files` are outputs by file. `met` are those whose view may have changed, and those without a
    view; None for any. Where it is known, no view has another template than before.
    """
    known = {*before.templates, *state.templates}
    changed = {name for name in known if before.templates.get(name) != state.templates.get(name)}

    def reason(file: str) -> First:
        entry = before.files.get(file)
        if entry is None or entry.size < 0:
            return "new"
        if force:
            return "forced"
        if before.engine != state.engine:
            return "engine"
        template = files[file].template
        if template in changed or entry.recipe.template != template:
            return "template"
        if met is None or file in met:
            return "met"
        return "same" if file in intact else "damaged"

    doubtful: Iterable[str] = files
    if met is not None and not (force or changed or before.engine != state.engine):
        doubtful = sorted(met.union(file for file in files if file not in intact))
    return {file: found for file in doubtful if (found := reason(file)) != "same"}


def settle(reason: First, recipe: Recipe, before: OutputFile | None, intact: bool) -> Reason:
    """Find the reason once the recipe is known."""
    if reason != "met":
        return reason
    assert before is not None
    if before.recipe.view != recipe.view:
        return "content" if before.recipe.content != recipe.content else "view"
    return "same" if intact else "damaged"


def explain(
    file: str,
    reason: Reason,
    recipe: Recipe,
    made_with: str,
    before: Manifest,
    state: BuildState,
    changes: Changes | None,
    reads: Sequence[Read],
) -> str:
    """Explain the reason in plain words.

    `made_with` describes the template. `changes` are those of the content, None if settings or
    engine changed; `reads` are those of the current view.
    """
    source = recipe.source or "the site as a whole"
    words: dict[Reason, str] = {
        "new": "it is new",
        "forced": "--force was given",
        "damaged": "the file in the output was changed or removed by hand",
        "engine": "Dossier, one of its dependencies or Python changed",
        "template": f"the template {recipe.template}, or one that it includes, changed",
        "content": f"its content changed: {source}",
        "view": _explain_view(before, state, changes, reads),
        "same": "content, template, settings and engine are unchanged",
    }
    verb = "is left as it is" if reason == "same" else "is rendered"
    lines = [f"{file} {verb}: {words[reason]}", f"  made from {source}"]
    return "\n".join(lines) + (f", with {made_with}" if made_with else "")


def _explain_view(
    before: Manifest, state: BuildState, changes: Changes | None, reads: Sequence[Read]
) -> str:
    """Name the documents, and the parts of them, that a changed view depends on."""
    if before.settings != state.settings:
        return "site.yaml, an option or the day changed"
    changes = changes or Changes()
    met = [(path, _PART_NAMES[part]) for path, part in reads if (path, part) in changes.parts]
    met += [(path, "the facts") for path in changes.facts if (path, "the facts") not in met]
    if not met:
        return "other content that it shows changed"
    named = ", ".join(f"{part} of {path}" for path, part in met[:_MOST_NAMED])
    more = f" and {len(met) - _MOST_NAMED} more" if len(met) > _MOST_NAMED else ""
    return f"it shows something that changed: {named}{more}"
