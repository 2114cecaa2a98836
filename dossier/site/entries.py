"""Entries: documents within the site, and how one replaces another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Generic, TypeVar

import msgspec

from dossier.content.models import FrontMatter, Kind

FrontMatterType = TypeVar("FrontMatterType", bound=FrontMatter)

Target = tuple[Kind, str] | str
"""What a link of a body leads to: a document, or a path within the site."""


class Entry(msgspec.Struct, Generic[FrontMatterType], frozen=True, eq=False):
    """A document within the site, without its words: `Site.words` has them.

    `facts` are its front matter with ids for references, and a refusal in place of each word.
    """

    kind: Kind
    id: str
    source: str
    """The file it came from, relative to the content folder."""
    lang: str
    moment: str
    """When it was published, on the clocks of the site's zone; empty for what has no date."""
    path: str
    """Its page, relative to the site's root."""
    facts: FrontMatterType
    citations: tuple[str, ...]
    """The id of the cited source for each citation of the body, in order."""
    targets: Mapping[str, Target]
    """What each target of the body's slots means."""


class Supersession(msgspec.Struct, frozen=True):
    """One briefing in the place of another, for some regions or (if none are named) for all."""

    old: str
    new: str
    regions: tuple[str, ...]
