"""First pages: made of a few documents, while the whole site is still being read.

Such a page has its own text, but its lists and links may lack what was not read yet, so it says
that it is still being completed. What cannot be made of a few documents only says that.
"""

from __future__ import annotations

from html import escape
from urllib.parse import quote, unquote

import msgspec

from dossier.build.inputs import Options
from dossier.build.manifest import is_below
from dossier.content.images.files import ImageFiles
from dossier.content.reading.content_files import KIND_FOLDERS
from dossier.content.settings import Settings
from dossier.content.tables.files import TableFiles
from dossier.fingerprint import engine_fingerprint
from dossier.language.formatting import format_number
from dossier.language.messages import gettext
from dossier.pages.builders import Builders
from dossier.preview.first.documents import FewDocuments
from dossier.render.renderer import Renderer
from dossier.site.reads import recording
from dossier.site.resolve import build_site
from dossier.site.site import Site
from dossier.site.urls import output_file
from dossier.theme.files import Theme, is_asset
from dossier.theme.site_settings import read_site_settings
from dossier.views.outputs import PageOutput
from dossier.views.parts import TemplateView

_KINDS = frozenset(KIND_FOLDERS.values())
_NOTE = (
    '<p role="status" data-preview-note data-completing lang="{lang}"'
    ' style="position:sticky;bottom:0;z-index:9;'
    "margin:2rem 0 0;padding:.375rem 1rem;border-top:1px solid;text-align:center;"
    "background:var(--panel,light-dark(#f1f2ee,#1e2327));"
    "font:600 .8125rem/1.5rem -apple-system,'Segoe UI',Roboto,Arial,system-ui,sans-serif"
    '">{text}</p>\n'
)
"""Where the author's bar will be, in the colours of the page."""
_EMPTY = (
    '<!doctype html>\n<html lang="{lang}">\n<head><meta charset="utf-8"><title>{text}</title>'
    '<meta name="color-scheme" content="light dark"></head>\n<body>\n</body>\n</html>\n'
)


class FirstPage(msgspec.Struct, frozen=True):
    """A page as it is shown until the site is read, or the address that it is found at.

    The status is 503 where it only says that it has to wait. With `asset`, it is a style sheet or
    a script that pages link to, which is complete.
    """

    status: int
    text: str = ""
    location: str = ""
    asset: bool = False


class FirstPages:
    """Makes pages of a site of `count` files that are being read. Used by one thread only.

    Nothing is kept from one page to the next, so that each shows what was saved last.
    """

    def __init__(self, options: Options, count: int) -> None:
        self._options = msgspec.structs.replace(options, drafts=True)
        self._count = count

    def page(self, path: str) -> FirstPage:
        """Make the page at a percent-encoded path. Never raises: what fails here is told later."""
        settings: Settings | None = None
        found: FirstPage | None = None
        try:
            settings = self._read_settings()
            found = self._find(settings, unquote(path)) if settings else None
        except (Exception, SystemExit):
            found = None
        return found or self._waiting_page(settings.language if settings else "en")

    def _read_settings(self) -> Settings | None:
        options = self._options
        settings, _ = read_site_settings(
            options.content,
            options.templates,
            base_url=options.base_url,
            as_of=options.as_of,
            drafts=options.drafts,
        )
        return msgspec.structs.replace(settings, pdf=False) if settings else None

    def _find(self, settings: Settings, wanted: str) -> FirstPage | None:
        base = settings.base_path
        if wanted in ("/", base.rstrip("/")) and wanted != base:
            return FirstPage(302, location=quote(base))
        if not wanted.startswith(base):
            return None
        below = wanted.removeprefix(base)
        if is_asset(below):
            return self._read_asset(below)
        site = self._read_site(settings, below.rstrip("/").rpartition("/")[2])
        builders = Builders(site) if site else None
        if builders is None:
            return None
        file = output_file(below)
        output = next((page for page in builders.pages if page.file == file), None)
        return self._render(builders, output) if output else None

    def _read_site(self, settings: Settings, name: str) -> Site | None:
        """Read what the page needs whose path ends with a name; None where that has errors.

        References to what was not read are no errors: no kind counts as wholly read.
        """
        folder = self._options.content
        documents = FewDocuments(folder, settings, name)
        documents.load()
        read, static = documents.read, documents.static
        site, problems = build_site(
            [read[path].document for path in sorted(read)],
            lambda path: read[path].body,
            settings,
            _KINDS,
            TableFiles(folder, static),
            {},
            static,
            ImageFiles(folder, dict.fromkeys(static, "")),
        )
        return None if any(one.severity == "error" for one in problems) else site

    def _render(self, builders: Builders, output: PageOutput) -> FirstPage:
        with recording():
            view = builders.view(output)
        assert isinstance(view, TemplateView)
        engine = engine_fingerprint() if self._options.cache else ""
        text = Renderer(self._options.templates, engine).render(output.template, view)
        return FirstPage(200, self._with_note(text, view.head.lang))

    def _read_asset(self, name: str) -> FirstPage | None:
        """Read a style sheet or script of the theme; None where it has none of that name."""
        if not is_below(name) or not Theme(self._options.templates).path(name).is_file():
            return None
        return FirstPage(200, Renderer(self._options.templates).asset(name), asset=True)

    def _waiting_page(self, lang: str) -> FirstPage:
        text = _EMPTY.format(lang=escape(lang), text=escape(self._note(lang)))
        return FirstPage(503, self._with_note(text, lang))

    def _with_note(self, page: str, lang: str) -> str:
        """Say in the page itself that it is not complete, even where no script runs."""
        note = _NOTE.format(lang=escape(lang), text=escape(self._note(lang)))
        before, end, after = page.rpartition("</body>")
        return before + note + end + after

    def _note(self, lang: str) -> str:
        text = gettext(lang, "This page is still being completed: %(count)s files are being read.")
        return text % {"count": format_number(str(self._count), lang)}
