"""One file to one document, whatever its bytes; and a folder to all of its documents."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.build.inputs import Options
from dossier.content.cache import DocumentCache
from dossier.content.reading import document_parser
from dossier.content.reading.content_files import sort_files
from dossier.content.reading.reader import read_content, read_document
from dossier.content.settings import ParsingSettings, Settings
from dossier.content.source_text import MAX_BYTES, decode_text
from dossier.fingerprint import scan_folder, walk_folder
from dossier.planning.plan import plan
from dossier.problems import ProblemError
from tests.helpers.smallsite import SETTINGS, SmallSite, parse, parse_file, places

GOOD = "---\ntitle: Été\ndate: 2022-07-07\nsummary: S\n---\n\nA [[tiktok]] body.\n"
BAD = "---\ntitle: Été\ndate: 2022-02-30\nsummary: S\n---\n\nA body\nwith [@nope].\n"


def test_a_file_becomes_a_document() -> None:
    """The id is the file's name; the record and the body come from its two parts."""
    document, problems = parse(GOOD, "briefings/2022/a.md")
    assert document is not None and problems == []
    assert (document.kind, document.id, document.path) == ("briefing", "a", "briefings/2022/a.md")
    assert document.front_matter.title == "Été"  # type: ignore[union-attr]
    assert document.outline.targets == ("tiktok",)


@pytest.mark.parametrize("bom", ["", "\ufeff"], ids=["no-bom", "bom"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
def test_a_byte_order_mark_and_line_ends_change_nothing(bom: str, end: str) -> None:
    """The same text in another encoding of line ends makes the same document and positions."""
    assert parse((bom + GOOD).replace("\n", end)) == parse(GOOD)
    _, problems = parse((bom + BAD).replace("\n", end))
    assert [(p.line, p.column) for p in problems] == [(3, 7)]


def test_front_matter_and_body_are_both_checked() -> None:
    """A mistake above does not hide one below, where it can be told."""
    wrong = BAD.replace("with [@nope].", "# Heading")
    assert [p[:5] for p in places(parse(wrong)[1])] == ["3:7: ", "8:1: "]


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (b"---\ntitle: caf\xe9\n", (2, 11)),
        (b"\xef\xbb\xbf---\r\n\xc3\xa9\xff", (2, 2)),
        (b"---\r\xff", (2, 1)),
        (b"\xff\xfe-\x00", (1, 1)),
        (b"a\xc3", (1, 2)),
    ],
    ids=["latin-1", "bom-crlf", "cr", "utf-16", "cut-off"],
)
def test_what_is_not_utf8_is_refused_where_it_begins(data: bytes, place: tuple[int, int]) -> None:
    """The position is that of the first byte that cannot be read, in characters."""
    document, [problem] = parse(data)
    assert document is None
    assert (problem.line, problem.column) == place
    assert (problem.message, problem.hint) == (
        "this character is not UTF-8 text",
        "save the file as UTF-8",
    )


def test_a_file_beyond_the_limit_is_refused() -> None:
    """The size of a file is capped."""
    with pytest.raises(ProblemError, match="4,194,305 bytes; the limit is 4,194,304"):
        decode_text(b"x" * (MAX_BYTES + 1), "a.md")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("Été", "the file name 'Été' cannot be an address"),
        ("a b", "the file name 'a b' cannot be an address"),
        ("a--b", "the file name 'a--b' cannot be an address"),
        ("a.b", "the file name 'a.b' cannot be an address"),
        ("TikTok", "the file name 'TikTok' cannot be an address"),
        ("con", "the file name 'con' is reserved"),
        ("page", "the file name 'page' is reserved"),
        ("x" * 121, "the file name is longer than 120 characters"),
    ],
    ids=lambda value: ascii(value)[:20],
)
def test_a_file_name_must_be_fit_for_an_address(name: str, message: str) -> None:
    """Ids are lower-case letters, digits and hyphens, and work on every file system."""
    document, problems = parse(GOOD, f"briefings/{name}.md")
    assert document is None
    assert places(problems)[0].startswith(f"0:0: {message} | ")


@given(
    st.binary(max_size=200)
    | st.text("-\n:a[]{}@#>*_`<|! é\t", max_size=80).map(
        lambda text: f"---\ntitle: T\ndate: 2022-07-07\nsummary: S\n---\n{text}".encode()
    )
)
def test_any_bytes_make_a_document_or_problems_inside_the_file(data: bytes) -> None:
    """Nothing that a file may hold is a traceback, and every position lies in the file."""
    document, problems = parse(data)
    assert (document is None) == bool(problems)
    lines = data.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for problem in problems:
        assert 1 <= problem.line <= len(lines)
        assert 1 <= problem.column <= len(lines[problem.line - 1]) + 1


def test_a_folder_is_read_whole(small_site: Callable[[str], SmallSite]) -> None:
    """Documents come in the order of their paths; a kind with a bad file counts as failed."""
    site = small_site(
        f"-- content/briefings/b.md --\n{GOOD}-- content/briefings/a.md --\n{GOOD}"
        f"-- content/topics/t.md --\n{BAD}-- content/files/x.csv --\na,b\n"
    )
    content = read_content(site.options.content, SETTINGS)
    assert [d.path for d in content.documents] == ["briefings/a.md", "briefings/b.md"]
    assert content.failed == {"topic"}
    assert content.files == ("files/x.csv",)


def test_a_file_that_changes_while_it_is_read_is_remembered_as_what_it_was(
    small_site: Callable[[str], SmallSite],
) -> None:
    """What the cache knows by a file's bytes was made of these bytes, whenever they were hashed."""
    site = small_site(f"-- content/briefings/a.md --\n{GOOD}")
    folder, cache = site.options.content, site.folder / "cache"
    hashed = scan_folder(folder)
    site.write(f"-- content/briefings/a.md --\n{GOOD.replace('Été', 'Hiver')}")
    (late,) = read_content(folder, SETTINGS, lambda _read: hashed, DocumentCache(cache)).documents
    site.write(f"-- content/briefings/a.md --\n{GOOD}")
    (back,) = read_content(folder, SETTINGS, cache=DocumentCache(cache)).documents
    assert (late.front_matter.title, back.front_matter.title) == ("Hiver", "Été")  # type: ignore[union-attr]


def test_a_file_that_is_not_read_is_said(small_site: Callable[[str], SmallSite]) -> None:
    """A file in the wrong place is a warning; what editors leave behind is not."""
    site = small_site(
        "-- content/companys/x.md --\nx\n-- content/briefings/.x.md.swp --\nx\n"
        "-- content/briefings/x.md~ --\nx\n-- content/briefings/x.txt --\nx\n"
    )
    files, static, problems = sort_files(site.options.content, walk_folder(site.options.content))
    prefix = f"{site.options.content.as_posix()}/"
    assert (files, static) == ([], [])
    assert [(p.path.removeprefix(prefix), p.severity) for p in problems] == [
        ("briefings/x.txt", "warning"),
        ("companys/x.md", "warning"),
    ]


def test_a_folder_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    """Where there is nothing to read, the way out is named."""
    with pytest.raises(ProblemError) as caught:
        plan(Options(content=tmp_path / "nowhere"))
    assert "--content" in caught.value.problems[0].hint


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_a_body_is_set_in_the_language_of_its_file(lang: str) -> None:
    """The language is the file's own, or the site's first."""
    text = GOOD.replace("A [[tiktok]] body.", "Quoi ?")
    settings = msgspec.structs.replace(SETTINGS, languages=(lang,))
    document, _ = parse_file(text, settings=settings)
    french, _ = parse_file(text.replace("summary", "lang: fr\nsummary"), settings=settings)
    assert document is not None and french is not None
    assert french.body.parts == ("<p>Quoi\u202f?</p>",)
    assert document.body.parts == (("<p>Quoi ?</p>",) if lang == "en" else french.body.parts)


@pytest.fixture
def parsed_with(monkeypatch: pytest.MonkeyPatch) -> list[ParsingSettings]:
    """The settings that parsing was handed, each time that a file was parsed."""
    handed: list[ParsingSettings] = []
    parse_document = document_parser.parse_document

    def parse(*arguments: Any) -> Any:
        handed.append(arguments[3])
        return parse_document(*arguments)

    monkeypatch.setattr(document_parser, "parse_document", parse)
    return handed


def test_parsing_is_handed_the_settings_that_it_declares(
    tmp_path: Path, parsed_with: list[ParsingSettings]
) -> None:
    """It cannot read another, by which no document would be remembered."""
    path = tmp_path / "briefings" / "a.md"
    path.parent.mkdir()
    path.write_text(GOOD, "utf-8")
    content = read_content(tmp_path, SETTINGS)
    content.bodies("briefings/a.md")
    read_document(tmp_path, "briefings/a.md", SETTINGS)
    assert {type(settings) for settings in parsed_with} == {ParsingSettings}


@pytest.mark.parametrize("name", Settings.__struct_fields__)
def test_a_document_is_remembered_by_the_settings_that_parsing_sees(
    tmp_path: Path, parsed_with: list[ParsingSettings], name: str
) -> None:
    """Another value of one of them has every file parsed; of any other setting, none."""
    path = tmp_path / "content" / "briefings" / "a.md"
    path.parent.mkdir(parents=True)
    path.write_text(GOOD, "utf-8")
    other = msgspec.structs.replace(SETTINGS, **{name: _another(getattr(SETTINGS, name))})
    for settings in (SETTINGS, SETTINGS, other):
        read_content(tmp_path / "content", settings, cache=DocumentCache(tmp_path / "cache"))
    assert len(parsed_with) == (2 if name in ParsingSettings.__struct_fields__ else 1)


def _another(value: Any) -> Any:
    if isinstance(value, bool):
        return not value
    if isinstance(value, tuple):
        return (*value, "de")
    return "sanitised" if value == "escaped" else f"{value}x"
