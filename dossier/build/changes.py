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
    parts: Mapping[str, PartFingerprints],
    contents: Mapping[str, str],
    shown: Mapping[str, str],
    before: Mapping[str, DocumentFingerprints] = {},
) -> dict[str, DocumentFingerprints]:
    """Record, by path, what a later build needs to know about each document.

    `contents` are the fingerprints of the files. `shown` are those of the files that documents show
    as tables or images, which are texts that views read. With the same bytes, a document is as it
    was `before`, with the same settings and engine.
    """
    found = {}
    for path in parts:
        content, old = contents.get(path, ""), before.get(path)
        if old is None or old.content != content:
            one = parts[path]
            old = DocumentFingerprints(content, one.facts, one.words, one.text)
        found[path] = old
    for path, fingerprint in shown.items():
        found[path] = DocumentFingerprints(contents.get(path, ""), "", "", fingerprint)
    return found


def find_changes(
    now: Mapping[str, DocumentFingerprints], then: Mapping[str, DocumentFingerprints]
) -> Changes:
    """Compare the documents of this build and the last one."""
    facts = set[str]() if now.keys() == then.keys() else now.keys() ^ then.keys()
    parts: set[Read] = set()
    for path, new in now.items():
        old = then.get(path)
        if old is None or old is new or old == new:
            continue
        if new.facts != old.facts:
            facts.add(path)
        if new.words != old.words:
            parts.add((path, "words"))
        if new.text != old.text:
            parts.add((path, "text"))
    return Changes(tuple(sorted(facts)), frozenset(parts))
