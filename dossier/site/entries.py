"""Entries: documents within the site, how one replaces another, and the links of site.yaml."""

# annotations are values here, not texts: decoders would evaluate texts again and again
from collections.abc import Mapping
from typing import Any, Generic, TypeVar
from urllib.parse import unquote

import msgspec

from dossier.content.documents import Body, FieldPath
from dossier.content.models import FrontMatter, Kind

FrontMatterType = TypeVar("FrontMatterType", bound=FrontMatter)

Target = tuple[Kind, str] | str
"""The target of a link in a body: a document, or a path within the site."""


def file_path(target: Target) -> str:
    """Return the path of the file that a target is, decoded; empty for a document."""
    path = target if isinstance(target, str) else ""
    return unquote(path.partition("#")[0].partition("?")[0])


class Entry(msgspec.Struct, Generic[FrontMatterType], frozen=True, eq=False, array_like=True):
    """A document within the site, without its words: `Site.words` has them.

    `facts` are its front matter with ids for references, without words.
    """

    kind: Kind
    id: str
    source: str
    """The file it came from, relative to the content folder."""
    lang: str
    moment: str
    """When it was published, in the site's time zone; empty without a date."""
    instant: int
    """The same, to compare; 0 without a date."""
    path: str
    """The path of its page, relative to the site's root."""
    facts: FrontMatterType
    citations: tuple[str, ...]
    """The id of the cited source for each citation of the body, in order."""
    targets: Mapping[str, Target]
    """The meaning of each target in the body's slots."""
    images: Mapping[str, str] = {}
    """The paths of the files that it shows as images, by target."""


class Frame(msgspec.Struct, frozen=True, array_like=True):
    """What site.yaml links to from every page: the meaning of its links, and its footer.

    `places` has the field of each link.
    """

    entry: Entry[Any]
    footer: Body
    places: Mapping[str, FieldPath]


class Supersession(msgspec.Struct, frozen=True):
    """One briefing replacing another, for some regions or (if none are named) for all."""

    old: str
    new: str
    regions: tuple[str, ...]
