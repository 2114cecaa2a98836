"""What changed in the content since the last build, and which files of the output it may reach.

While no relation between documents changes, a briefing reaches only the pages that show it;
otherwise any page may show something else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from dossier.build.manifest import DocumentFingerprints
from dossier.content.documents import Document
from dossier.fingerprint import digest
from dossier.pages.plan import views_showing
from dossier.site.site import Site
from dossier.views.builder import reading_minutes
from dossier.views.outputs import Planned, PlannedView


def trace_documents(
    documents: Iterable[Document],
    contents: Mapping[str, str],
    language: str,
    known: Mapping[str, DocumentFingerprints],
) -> dict[str, DocumentFingerprints]:
    """By path: what a later build has to know of each document.

    `contents` are the fingerprints of the files, `language` is that of the site, and `known` what
    a build with the same engine and settings has found.
    """
    encode = msgspec.msgpack.Encoder().encode
    traces = {}
    for one in documents:
        before = known.get(one.path)
        if before and before.content == contents.get(one.path):
            traces[one.path] = before
            continue
        # a list shows how many minutes a text takes, and changes only with them
        minutes = reading_minutes(one.outline.words, getattr(one.record, "lang", None) or language)
        listing = digest(encode((one.record, minutes)))
        traces[one.path] = DocumentFingerprints(contents.get(one.path, ""), listing, one.relations)
    return traces


def find_touched(
    now: Mapping[str, DocumentFingerprints],
    then: Mapping[str, DocumentFingerprints],
    site: Site,
    outputs: Iterable[Planned],
) -> frozenset[str] | None:
    """The files that may be others than in the last build; None for any."""
    if now.keys() != then.keys():
        return None
    changed = {path for path, trace in now.items() if trace != then[path]}
    if any(now[path].relations != then[path].relations for path in changed):
        return None
    planned = [output for output in outputs if isinstance(output, PlannedView)]
    touched = {view.file for view in planned if view.source in changed}
    rewritten = {id_ for id_, entry in site.briefings.items() if entry.source in changed}
    touched.update(view.file for view in planned if not rewritten.isdisjoint(view.texts))
    listed = {path for path in changed if now[path].listing != then[path].listing}
    briefings = {id_ for id_, entry in site.briefings.items() if entry.source in listed}
    if briefings:
        touched.update(view.file for view in views_showing(planned, site.relations, briefings))
    # a file's own recipe says whether it changed
    touched.update(output.file for output in outputs if not isinstance(output, PlannedView))
    return frozenset(touched)
