"""A new region: a country or continent by its code or name, a well-known group, or one's own."""

from __future__ import annotations

import difflib
import re
import shlex
from pathlib import Path

from dossier.content.models import Kind, Region
from dossier.language.folding import fold
from dossier.problems import Problem
from dossier.scaffold.groups import Group, find_group, group_names
from dossier.scaffold.inventory import Existing
from dossier.scaffold.slugs import slugify
from dossier.scaffold.territories import (
    find_code,
    find_named,
    lies_in,
    territory_name,
    territory_names,
)

_LIKE_A_CODE = re.compile(r"[A-Za-z]{2,3}|[0-9]{1,3}")
_ALIKE = 0.8
"""How alike two names are, by `difflib`, where one is taken for a misspelling of the other."""
_CODES = "an ISO 3166-1 code, such as FR, or a UN M49 code, such as 150"
_OWN = "for a region of your own, say where it is: --parent, or its countries: --member"


class RegionProposal:
    """The front matter of a new region, with problems and notes.

    `missing_parent` is the code of the continent that contains it and is no region of the site;
    empty where there is none, or where another region of the site was already without it. `own` is
    whether the request says where the region is, so that its name may be any.
    """

    def __init__(
        self, title: str, code: str | None, parent: str | None, own: bool, existing: Existing
    ) -> None:
        self.problems: list[Problem] = []
        self.notes: list[str] = []
        self.missing_parent = ""
        self._parent = parent
        self._existing = existing
        self._lang = existing.settings.language
        self._regions = {
            document: document.front_matter
            for document in existing.documents("region")
            if isinstance(document.front_matter, Region)
        }
        self.record = self._propose(title, code, own)

    def _propose(self, title: str, given: str | None, own: bool) -> Region:
        if given is not None:
            code = find_code(given)
            if code is None:
                self._problem("--code", f"'{given}' is not a region code", f"write {_CODES}")
            return self._territory(title, code)
        if group := find_group(title, self._lang):
            return self._group(group)
        if code := find_code(title) or find_named(title, self._lang):
            return self._territory(territory_name(code, self._lang), code)
        if not own:
            self._refuse_slip(title)
            self.notes.append(f"'{title}' has no code: no code matches; groups need none")
        return Region(name=title, parent=self._parent)

    def _territory(self, name: str, code: str | None) -> Region:
        if code is None:
            return Region(name=name, parent=self._parent)
        self._note_groups(name, code)
        self._note_children(name, code)
        parent = self._parent or self._parent_of(name, code)
        return Region(name=name, code=code, parent=parent)

    def _group(self, group: Group) -> Region:
        """Build a group of those of its countries that are regions of the site."""
        name = group.name(self._lang)
        found = {code: self._find(code) for code in group.members}
        members = tuple(id_ for id_ in found.values() if id_)
        if missing := [code for code, id_ in found.items() if not id_]:
            has = "has only these members" if members else "has no members yet"
            self.notes.append(
                f"{name} {has}: no regions of this site are {', '.join(missing)}. "
                f"To add one: {new_command(self._existing, 'region', missing[0])}  then write it "
                "into `members`"
            )
        short = () if fold(group.short) == fold(name) else (group.short,)
        return Region(name=name, parent=self._parent, members=members, aliases=short)

    def _parent_of(self, name: str, code: str) -> str | None:
        """Find the closest region of the site that contains a territory; note it if it is far."""
        above = lies_in(code)
        found = [self._find(at) for at in above]
        parent = next(filter(None, found), None)
        continent = max(0, len(above) - 2)  # the last is the world
        if above and not any(found[: continent + 1]) and not self._within(above[continent]):
            self.missing_parent = above[continent]
            wanted = territory_name(above[continent], self._lang)
            has = f"its parent is '{parent}'" if parent else "it has no parent"
            self.notes.append(
                f"{name} lies in {wanted}, which is not a region of this site yet, so {has}. To "
                f"fix that: {new_command(self._existing, 'region', above[continent])}  then write "
                f"`parent: {slugify(wanted)}` into the file"
            )
        return parent

    def _note_children(self, name: str, code: str) -> None:
        """Note the regions of the site that lie in a new one and have no parent."""
        paths = [path for path, region in self._within(code).items() if region.parent is None]
        if paths:
            line = f"`parent: {slugify(name)}`"
            self.notes.append(f"{name} contains other regions: write {line} into {_and(paths)}")

    def _note_groups(self, name: str, code: str) -> None:
        """Note the groups of the site that a country belongs to."""
        for document, region in self._regions.items():
            group = find_group(region.name, self._lang)
            if group and code in group.members:
                self.notes.append(
                    f"{name} belongs to {region.name}: "
                    f"write {slugify(name)} into the `members` of {document.path}"
                )

    def _within(self, code: str) -> dict[str, Region]:
        """Find the regions of the site that lie in a territory, by path."""
        return {
            document.path: region
            for document, region in self._regions.items()
            if region.code and code in lies_in(region.code)
        }

    def _find(self, code: str) -> str | None:
        return self._existing.find_territory(code, territory_name(code, self._lang))

    def _refuse_slip(self, name: str) -> None:
        """Add a problem where a name looks like a code, or like a misspelt name."""
        if _LIKE_A_CODE.fullmatch(name):
            self._problem(
                "title", f"'{name}' is not a region code", f"write {_CODES}, or a name\n    {_OWN}"
            )
        elif near := near_names(name, self._lang):
            meant = " or ".join(f"'{one}'" for one in near)
            hint = f"did you mean {meant}?\n    {_OWN}"
            self._problem("title", f"no region is called '{name}'", hint)

    def _problem(self, place: str, message: str, hint: str) -> None:
        self.problems.append(Problem(place, 0, 0, message, hint))


def near_names(name: str, lang: str) -> list[str]:
    """Find the names of territories and groups that a misspelt name may mean, closest first."""
    known = {fold(one): one for one in (*territory_names(lang), *group_names(lang))}
    near = difflib.get_close_matches(fold(name), known, n=3, cutoff=_ALIKE)
    return [known[one] for one in near]


def new_command(existing: Existing, kind: Kind, text: str) -> str:
    """Build the command that creates another file of the site."""
    shown = text if text.isalnum() else shlex.quote(text)
    command = f"python build.py new {kind} {shown}"
    folder = existing.folder
    return command if folder == Path("content") else f"{command} --content {folder.as_posix()}"


def _and(paths: list[str]) -> str:
    *most, last = paths
    return f"{', '.join(most)} and {last}" if most else last
