"""Responses of the preview: the site below its base path, as it will be published.

Pages are those of a build; only `with_script` adds something to them.
"""

from __future__ import annotations

import mimetypes
import re
from html import escape, unescape
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

import msgspec

from dossier.build.blueprint import Blueprint
from dossier.content.images.model import ImageError
from dossier.content.images.renditions import Renditions
from dossier.content.reading.content_files import FILES_FOLDER
from dossier.fingerprint import digest
from dossier.render.csp import relaxed, without_policy
from dossier.site.urls import NOT_FOUND, output_file
from dossier.views.brand.brand import IMAGE_TYPES
from dossier.views.outputs import AssetFile, CopiedFile, FileOutput, PublishedImage

if TYPE_CHECKING:  # imported only where there is one: the first pages are made without
    from dossier.preview.session import Session

ASSETS = "/-/preview/"
"""The folder of the preview's own files; pages of a site have no such address."""

ALLOWED = {
    "script-src": ("'self'",),
    "style-src": ("'self'", "'unsafe-inline'"),
    "connect-src": ("'self'", "ws:"),
}
"""What the preview's scripts need beyond the policy of a page."""

_STYLES = re.compile(r"<style>.*?</style>|<link rel=\"?stylesheet[^>]*>", re.DOTALL)
_FILES = re.compile(rf'"[./\w-]*?({FILES_FOLDER}/[^"#?]+)')
_EMPTY = '<!doctype html>\n<html lang="en">\n<head><title>Preview</title></head>\n<body></body>\n'
_OUTSIDE = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Outside the site</title><meta name="color-scheme" content="light dark"></head>
<body style="font:1.125rem/1.6 system-ui;max-width:40rem;margin:4rem auto;padding:0 1rem">
<h1>This address is outside the site</h1>
<p>The site will be published at <a href="{base}">{base}</a>; a link to this address will be broken there.</p>
</body>
"""  # noqa: E501


class Answer(msgspec.Struct, frozen=True):
    """A response: an HTTP status, and a body with its type, a file to send, or a redirect.

    `source` is the path of a file in the content folder. A page has `marks`: fingerprints of its
    text, and of its text without styles.
    """

    status: int
    body: bytes = b""
    type: str = "text/html; charset=utf-8"
    location: str = ""
    source: str = ""
    marks: tuple[str, str] | None = None


def answer(session: Session, path: str) -> Answer:
    """Build the response for a percent-encoded path."""
    blueprint = session.blueprint
    if blueprint is None:
        return _page_answer(session, 500, "")
    base, wanted = blueprint.settings.base_path, unquote(path)
    file = find_file(blueprint, path)
    if file is None:
        if wanted in ("/", base.rstrip("/")):
            return Answer(302, location=base)
        if not wanted.startswith(base):
            return Answer(404, _OUTSIDE.format(base=escape(base)).encode())
        if find_file(blueprint, f"{path}/"):
            return Answer(301, location=quote(f"{wanted}/"))
        moved = session.moved_to(output_file(wanted.removeprefix(base)))
        if moved is not None:
            return Answer(302, location=quote(base + moved))
        return _page_answer(session, 404, session.page(NOT_FOUND).text)
    output = blueprint.outputs[file]
    if isinstance(output, CopiedFile | PublishedImage):
        return _file_answer(session, output)
    if isinstance(output, AssetFile):
        return Answer(200, session.asset(output).encode(), _type(file))
    if isinstance(output, FileOutput):
        return Answer(200, session.file(output), _type(file))
    text = session.page(file).text
    return _page_answer(session, 200 if text else 500, text)


def find_file(blueprint: Blueprint, path: str) -> str | None:
    """Find the output file for a percent-encoded path; None outside the site."""
    base, wanted = blueprint.settings.base_path, unquote(path)
    file = output_file(wanted.removeprefix(base))
    return file if wanted.startswith(base) and file in blueprint.outputs else None


def page_marks(session: Session, text: str) -> tuple[str, str]:
    """Fingerprint a page: its text, and its text without styles.

    Files of the site that it names are part of both, since a picture may change.
    """
    named = sorted({unescape(unquote(path)) for path in _FILES.findall(text)})
    files = [session.fingerprint(path) for path in named]
    return digest(text, *files), digest(_STYLES.sub("", without_policy(text)), *files)


def with_script(page: Answer, host: str) -> bytes:
    """Add the scripts that make a page follow the content; `host` is the server as requested."""
    if page.marks is None:
        return page.body
    name, _, port = host.rpartition(":") if re.search(r":\d+$", host) else (host, "", "80")
    made, frame = page.marks
    script = (
        f'<script src="{ASSETS}author.js" data-made="{made}" data-frame="{frame}" defer></script>'
        f'<script src="/livereload.js?host={quote(name, safe="[:]")}&amp;port={port}'
        '&amp;mindelay=250&amp;maxdelay=1000" defer></script>\n'
    ).encode()
    body = relaxed(page.body.decode(), ALLOWED).encode()
    before, end, after = body.rpartition(b"</body>")
    return before + script + end + after if end else body + script


def _page_answer(session: Session, status: int, text: str) -> Answer:
    return Answer(status, (text or _EMPTY).encode(), marks=page_marks(session, text))


def _file_answer(session: Session, output: CopiedFile | PublishedImage) -> Answer:
    """Name a file that is published unchanged, if it is still there; make an image."""
    kind = _type(output.file)
    file = session.options.content / output.source
    if output.source and not file.is_file():
        return _page_answer(session, 404, session.page(NOT_FOUND).text)
    if isinstance(output, PublishedImage):
        return _image_answer(session, output, file, kind)
    return Answer(200, type=kind, source=output.source)


def _image_answer(session: Session, output: PublishedImage, file: Path, kind: str) -> Answer:
    try:
        return Answer(200, Renditions(session.options.cache).make(file, output.copy), kind)
    except ImageError as error:
        reason = f"{output.source}: {error.message}"
        return Answer(500, reason.encode(), "text/plain; charset=utf-8")


def _type(file: str) -> str:
    kind = (
        mimetypes.guess_type(file)[0]
        or IMAGE_TYPES.get(PurePosixPath(file).suffix)
        or "application/octet-stream"
    )
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind
