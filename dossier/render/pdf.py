"""PDF copies of briefings: their pages, printed by WeasyPrint.

The same versions of WeasyPrint and Pango produce the same bytes: fonts are installed with Dossier,
dates come from the briefing. Only characters that these fonts lack come from the system's fonts.
Nothing is loaded but the page, its style sheets and the images of its text.
"""

from __future__ import annotations

import atexit
import gc
import json
from collections.abc import Mapping
from contextlib import redirect_stdout
from functools import cache
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin

from dossier.content.images.renditions import print_copy
from dossier.pages.views import BriefingView
from dossier.problems import Problem, ProblemError

VARIANT = "pdf/ua-1"
"""ISO 14289-1: with its structure, for screen readers."""

_FAMILIES = {"serif": "SourceSerifPro", "sans": "SourceSansPro"}
_PACKAGES = {"serif": "font_source_serif_pro", "sans": "font_source_sans_pro"}
_FACES = {
    "Regular": "400 normal",
    "It": "400 italic",
    "Semibold": "600 normal",
    "Bold": "700 normal",
    "BoldIt": "700 italic",
}


def missing_library(settings_path: Path) -> list[Problem]:
    """Warn where PDFs cannot be made because a library is missing."""
    try:
        with redirect_stdout(StringIO()):  # it prints its own advice
            import font_source_sans_pro  # noqa: F401
            import weasyprint  # noqa: F401
    except ImportError:
        missing = "WeasyPrint is not installed"
        way_out = 'run `python -m pip install "dossier-briefings[pdf]"`, here `-e ".[pdf]"`'
    except OSError:
        missing = "WeasyPrint does not find Pango"
        way_out = (
            "run `apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0`, "
            "or `brew install pango`"
        )
    else:
        return []
    message = f"no PDFs: {missing}"
    hint = f"{way_out}, or write `pdf: false`"
    return [Problem(settings_path.as_posix(), 0, 0, message, hint, severity="warning")]


def make_pdf(
    page: str, view: BriefingView, images: Mapping[str, Path], sheets: Mapping[str, str]
) -> bytes:
    """Print a briefing's page as PDF. Raises `ProblemError` where WeasyPrint cannot make it.

    By their paths on the site, `images` are the files of those that its text shows, and `sheets`
    the texts of the style sheets that the page links to.
    """
    from weasyprint import CSS, HTML

    head, item = view.head, view.item
    fonts, typefaces = _typefaces()
    try:
        document = HTML(
            string=page,
            base_url=head.canonical,
            url_fetcher=_fetcher(urljoin(head.canonical, head.root), images, sheets),
        )
        added = [typefaces, CSS(string=_foot(document.etree_element))]
        printed = document.render(font_config=fonts, stylesheets=added, pdf_variant=VARIANT)
        about = printed.metadata
        about.title = item.title
        about.authors = list(view.authors) or [head.site_title]
        about.keywords = [link.title for link in (*item.companies, *item.regions, *view.topics)]
        about.created, about.modified = item.date[:10], view.version
        data: bytes = printed.write_pdf(pdf_variant=VARIANT)
    except Exception as error:
        message = f"it cannot be printed as PDF: {error!r}"
        raise ProblemError(Problem(head.path, 0, 0, message, "write `pdf: false`")) from error
    return data


def _fetcher(site: str, images: Mapping[str, Path], sheets: Mapping[str, str]) -> Any:
    """Build what loads images from their files, style sheets, and nothing else from anywhere."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Fetcher(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Any = None) -> Any:
            path = unquote(url.removeprefix(site).partition("#")[0].partition("?")[0])
            if url.startswith(site) and path in sheets:
                return URLFetcherResponse(url, sheets[path], {"Content-Type": "text/css"})
            if url.startswith(site) and path in images:
                svg = {"Content-Type": "image/svg+xml"} if path.lower().endswith(".svg") else {}
                return URLFetcherResponse(url, print_copy(images[path]), svg)
            return super().fetch(url, headers)

    return Fetcher(allowed_protocols=("data",))


@cache
def _typefaces() -> tuple[Any, Any]:
    """Load the fonts, and the style sheet that uses them on white paper.

    A user style sheet overrides others only with `!important` (CSS Cascade 4, 6.1).
    """
    from importlib.resources import files

    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher

    atexit.register(_drop_typefaces)  # at the end of a worker, too
    rules = []
    for family, name in _FAMILIES.items():
        for face, style in _FACES.items():
            path = Path(str(files(_PACKAGES[family]) / f"files/{name}-{face}.otf"))
            weight, slope = style.split()
            rules.append(
                f'@font-face{{font-family:"{name}";font-weight:{weight};font-style:{slope};'
                f'src:url("{path.as_uri()}")}}'
            )
    families = "".join(f'--{family}:"{name}"!important;' for family, name in _FAMILIES.items())
    rules.append(f":root{{{families}--paper:#fff!important}}")
    rules.append(".stage{white-space:nowrap!important}")
    corner = f'{{font-family:"{_FAMILIES["sans"]}"!important}}'
    rules.append(f"@page{{@bottom-left{corner}@bottom-right{corner}}}")
    fonts = FontConfiguration()
    fetcher = URLFetcher(allowed_protocols=("file",))
    return fonts, CSS(string="\n".join(rules), font_config=fonts, url_fetcher=fetcher)


def _drop_typefaces() -> None:
    """Drop the fonts, and with them WeasyPrint's copies, which it cannot remove during shutdown."""
    _typefaces.cache_clear()
    gc.collect()  # the styles of printed pages refer to the fonts, and to one another


def _foot(page: Any) -> str:
    """Build the footer of each sheet, which a script provides in browsers."""
    paper = page.find(".//*[@class='paper']")
    text = "" if paper is None else " ".join("".join(paper.itertext()).split())
    return f":root{{--foot:{json.dumps(text, ensure_ascii=False)}}}"
