"""Content and settings that an older version accepted and this one reads differently.

What this version refuses needs no line here: the error says what to change. A line stands here for
good, since a site may skip versions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import msgspec
from packaging.version import Version

from dossier.content.documents import Document, DocumentProblem, FieldPath
from dossier.content.settings import SETTINGS_FILE, Settings

Place = tuple[str, FieldPath]
"""A file of the content folder and a field in it."""


class ChangedReading(msgspec.Struct, frozen=True):
    """A change: the version that brought it, what is read differently, what to change, and where.

    `find` lists the places that the change meets.
    """

    since: str
    what: str
    hint: str
    find: Callable[[Settings, Iterable[Document]], Iterator[Place]]


def _empty_menu(settings: Settings, _: Iterable[Document]) -> Iterator[Place]:
    if settings.menu == ():
        yield SETTINGS_FILE, ("menu",)


CHANGED_READINGS = (
    ChangedReading(
        "0.1.0",
        "an empty menu is no menu at all; it was the standard one",
        "for the standard menu, remove the line",
        _empty_menu,
    ),
)


def find_changed_readings(
    settings: Settings,
    documents: Iterable[Document],
    version: str,
    changes: Iterable[ChangedReading] = CHANGED_READINGS,
) -> Iterator[DocumentProblem]:
    """Warn of all that changed since the version that a site names; of nothing where it names none.

    The warnings end once the site names a newer version.
    """
    if not version:
        return
    for change in changes:
        if Version(version) < Version(change.since):
            message = f"since Dossier {change.since}: {change.what}"
            hint = (
                f"{change.hint}\n    then let the range in pyproject.toml begin with "
                f"{change.since}: this warning ends"
            )
            for path, place in change.find(settings, documents):
                yield DocumentProblem(path, place, message, hint, "warning")
