"""Small sites from strings: files in, a build, its output and its problems out.

A site is one text. Each file begins with a line `-- path --`; `site.yaml` may be left out, and
templates of the text override those of the theme.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from tempfile import mkdtemp

import msgspec

from dossier.build.inputs import BuildResult, Options
from dossier.content.documents import Document
from dossier.content.markdown.parse import parse_body
from dossier.content.reading.content_files import KIND_FOLDERS, ContentFile
from dossier.content.reading.document_parser import Parsed, parse_document
from dossier.content.reading.locate import locate_problem
from dossier.content.reading.reader import read_content
from dossier.content.settings import FALLBACK, HtmlPolicy, Settings
from dossier.content.source_text import SourceText
from dossier.pipeline import build
from dossier.problems import Problem, ProblemError
from dossier.site.resolve import build_site
from dossier.site.site import Site

NEXT_YEAR = date.today().year + 1
"""A year that is to come."""
ROOT = Path(__file__).parent.parent.parent
SITE_YAML = """\
title: Small Site
base_url: https://example.org/site/
languages: [en, fr]
"""
_FILE = re.compile(r"^-- (\S+) --\n", re.MULTILINE)

ENTITIES = """\
-- content/companies/tiktok.md --
---
name: TikTok
products: [TikTok Shop]
---
-- content/companies/amazon.md --
---
name: Amazon
---
-- content/companies/twitch.md --
---
name: Twitch
parent: amazon
---
-- content/regions/europe.md --
---
name: Europe
code: "150"
---
-- content/regions/france.md --
---
name: France
code: FR
parent: europe
---
-- content/topics/live-shopping.md --
---
name: Live shopping
---
"""


def briefing(id_: str, body: str = "The body.", **fields: object) -> str:
    """A file of a briefing; fields are YAML values as written."""
    values = {"title": f"Title of {id_}", "date": "2022-07-07", "summary": "The summary."} | fields
    front = "".join(f"{name}: {value}\n" for name, value in values.items() if value is not None)
    return f"-- content/briefings/{id_}.md --\n---\n{front}---\n\n{body}\n"


class SmallSite:
    """A folder with a site in it."""

    def __init__(self, folder: Path, text: str = "") -> None:
        self.folder = folder
        (folder / "content").mkdir(parents=True, exist_ok=True)
        self.write("-- content/site.yaml --\n" + SITE_YAML)
        self.write(text)

    @property
    def options(self) -> Options:
        """What a build in the folder would be given; its templates override those of the theme."""
        return Options(
            content=self.folder / "content",
            templates=self.folder / "templates",
            output=self.folder / "output",
            cache=self.folder / ".cache",
            as_of="2026-01-01",
        )

    def write(self, text: str) -> None:
        """Add or change files."""
        pieces = _FILE.split(text)
        assert not pieces[0].strip(), "a site's text begins with `-- path --`"
        for path, content in zip(pieces[1::2], pieces[2::2], strict=True):
            target = self.folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            whole = target.with_name(f".{target.name}")  # nobody sees half a file
            whole.write_bytes(content.encode())
            whole.replace(target)

    def remove(self, path: str) -> None:
        """Remove a file."""
        (self.folder / path).unlink()

    def build(self, **changes: object) -> BuildResult:
        """Build it; raises `ProblemError`."""
        return build(msgspec.structs.replace(self.options, **changes))

    def build_clean(self, **changes: object) -> BuildResult:
        """Build it from nothing but its files."""
        return self.build(cache=Path(mkdtemp(dir=self.folder)), **changes)

    def output_of_a_clean_build(self) -> dict[str, bytes]:
        """Every file that a build from nothing makes, in a folder of its own."""
        other = SmallSite(Path(mkdtemp(dir=self.folder)))
        options = {"content": self.options.content, "templates": self.options.templates}
        other.build(**options)
        return other.output()

    def resolve(self, settings: Settings | None = None) -> tuple[Site, list[str]]:
        """The site of the content folder, and what is wrong as `path:line:column: … | hint`."""
        content = read_content(self.options.content, settings or SETTINGS)
        site, found = build_site(
            content.documents, content.bodies, settings or SETTINGS, content.failed
        )
        problems = [*content.problems, *(locate_problem(p, self.options.content) for p in found)]
        prefix = f"{self.options.content.as_posix()}/"
        return site, sorted(
            f"{p.path.removeprefix(prefix)}:{place}"
            for p, place in zip(problems, places(problems), strict=True)
        )

    def problems(self, **changes: object) -> list[Problem]:
        """The problems that a build finds, sorted, their paths relative to the content folder."""
        try:
            found = self.build(**changes).warnings
        except ProblemError as error:
            found = error.problems
        prefix = f"{self.folder.as_posix()}/content/"
        return sorted({msgspec.structs.replace(p, path=p.path.removeprefix(prefix)) for p in found})

    def messages(self, **changes: object) -> list[str]:
        """The problems as `path:line:column: message`."""
        return [f"{p.path}:{p.line}:{p.column}: {p.message}" for p in self.problems(**changes)]

    def read(self, path: str) -> str:
        """A file of the output."""
        return (self.folder / "output" / path).read_text("utf-8")

    def output(self) -> dict[str, bytes]:
        """Every file of the output but those that Dossier keeps for itself."""
        root = self.folder / "output"
        return {
            path.relative_to(root).as_posix(): path.read_bytes()
            for path in sorted(root.rglob("*"))
            if path.is_file() and not path.name.startswith(".dossier-")
        }


SETTINGS = msgspec.structs.replace(
    FALLBACK,
    title="Small Site",
    languages=("en", "fr"),
    as_of="2026-01-01T23:59:59+00:00",
    drafts=False,
)


def parse(
    text: str | bytes, path: str = "briefings/a.md", settings: Settings = SETTINGS
) -> tuple[Document | None, list[Problem]]:
    """The document that one file makes, and its problems."""
    parsed, problems = parse_file(text, path, settings)
    return parsed and parsed.document, problems


def parse_file(
    text: str | bytes, path: str = "briefings/a.md", settings: Settings = SETTINGS
) -> tuple[Parsed | None, list[Problem]]:
    """The document that one file makes with its body, and its problems."""
    data = text if isinstance(text, bytes) else text.encode()
    kind = KIND_FOLDERS[path.partition("/")[0]]
    return parse_document(ContentFile(path, kind), data, path, settings.parsing)


def render_body(
    text: str,
    *,
    lang: str = "en",
    policy: HtmlPolicy = "escaped",
    sources: tuple[str, ...] | None = ("prweek", "benzinga"),
) -> tuple[str, list[str]]:
    """The HTML of a body, each slot as `{fill=target}`, and its problems as `line:column: …`."""
    body, problems = parse_body(
        SourceText("a.md", text), text, lang=lang, policy=policy, sources=sources
    )
    gaps = [f"{{{slot.fill}={slot.target}}}" for slot in body.slots] + [""]
    html = "".join(part + gap for part, gap in zip(body.parts, gaps, strict=True))
    return html, places(problems)


def places(problems: Iterable[Problem]) -> list[str]:
    """Problems as `line:column: message`, followed by ` | hint` where there is one."""
    return [
        f"{p.line}:{p.column}: {p.message}" + (f" | {p.hint}" if p.hint else "") for p in problems
    ]
