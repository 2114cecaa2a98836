"""Changes of the content since the last build. Pure: fingerprints are compared."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from dossier.build.manifest import DocumentFingerprints
from dossier.content.documents import PartFingerprints
from dossier.site.reads import Read


class Changes(msgspec.Struct, frozen=True):
    """The documents with changed facts (including new and removed ones), words or texts."""

    facts: tuple[str, ...] = ()
    parts: frozenset[Read] = frozenset()


def fingerprint_documents(
    parts: Mapping[str, PartFingerprints], contents: Mapping[str, str], shown: Mapping[str, str]
) -> dict[str, DocumentFingerprints]:
    """Record, by path, what a later build needs to know about each document.

    `contents` are the fingerprints of the files. `shown` are those of the files that documents show
    as tables or images, which are texts that views read.
    """
    found = {
        path: DocumentFingerprints(contents.get(path, ""), one.facts, one.words, one.text)
        for path, one in parts.items()
    }
    for path, fingerprint in shown.items():
        found[path] = DocumentFingerprints(contents.get(path, ""), "", "", fingerprint)
    return found


def find_changes(
    now: Mapping[str, DocumentFingerprints], then: Mapping[str, DocumentFingerprints]
) -> Changes:
    """Compare the documents of this build and the last one."""
    facts: list[str] = []
    parts: set[Read] = set()
    for path in sorted(p for p in now.keys() | then.keys() if now.get(p) != then.get(p)):
        new, old = now.get(path), then.get(path)
        if new is None or old is None or new.facts != old.facts:
            facts.append(path)
        if new and old and new.words != old.words:
            parts.add((path, "words"))
        if new and old and new.text != old.text:
            parts.add((path, "text"))
    return Changes(tuple(facts), frozenset(parts))
