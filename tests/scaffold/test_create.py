"""`python build.py new`: files that are valid as they are written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dossier.cli import main
from dossier.content.models import KINDS, Kind
from dossier.pipeline import check
from dossier.problems import ProblemError
from dossier.scaffold.create import NewFile, RefusedError, create_file
from dossier.scaffold.request import Request
from dossier.site.reads import recording
from tests.helpers.smallsite import ENTITIES, SmallSite, briefing

Make = Callable[[str], SmallSite]


def new(site: SmallSite, kind: Kind, title: str, **asked: object) -> NewFile:
    """Ask for a new file of a small site."""
    request = Request(kind=kind, title=title, content=site.folder / "content")
    return create_file(msgspec.structs.replace(request, **asked))


def text_of(made: NewFile) -> str:
    """The text of a new file without the comments and what is commented out."""
    lines = made.path.read_text("utf-8").splitlines()
    return "\n".join(line for line in lines if line and not line.startswith("#"))


def refusals(site: SmallSite, kind: Kind, title: str, **asked: object) -> list[str]:
    """Why a request is refused, as `place: message | hint`; paths relative to the content."""
    before = sorted((site.folder / "content").rglob("*"))
    with pytest.raises(RefusedError) as caught:
        new(site, kind, title, **asked)
    assert sorted((site.folder / "content").rglob("*")) == before
    prefix = f"{site.folder.as_posix()}/content/"
    return [f"{p.path.removeprefix(prefix)}: {p.message} | {p.hint}" for p in caught.value.problems]


def blocks(text: str) -> list[str]:
    """The fields of a file that are commented out, each with all its lines."""
    return re.findall(r"^#[a-z_]+:.*\n(?:#  .*\n)*", text, re.MULTILINE)


def without(pattern: str, block: str) -> str:
    """A block with something taken away at the beginning of its lines."""
    return re.sub(pattern, "", block, flags=re.MULTILINE)


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is 6 July 2022."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1657065600")


@pytest.mark.usefixtures("today")
def test_a_new_briefing_is_a_draft_of_today(small_site: Make) -> None:
    """With what was asked for, its references as ids."""
    site = small_site(ENTITIES)
    made = new(
        site,
        "briefing",
        "TikTok: what's next?",
        companies=("TIKTOK", "Twitch", "tiktok"),
        regions=("FR", "150"),
        topics=("live shopping",),
    )
    assert made.path == site.folder / "content/briefings/tiktok-whats-next.md"
    assert text_of(made).splitlines() == [
        "---",
        'title: "TikTok: what\'s next?"',
        "date: 2022-07-06",
        "summary: One or two sentences, the bottom line up front.",
        "companies: [tiktok, twitch]",
        "regions: [france, europe]",
        "topics: [live-shopping]",
        "status: draft",
        "---",
    ]
    assert len(made.notes) == 1
    assert made.notes[0].startswith("a draft")


@pytest.mark.usefixtures("today")
def test_a_draft_neither_blocks_a_build_nor_leaks_into_it(small_site: Make) -> None:
    """It is seen with --drafts only."""
    site = small_site(ENTITIES)
    new(site, "briefing", "Not yet", companies=("tiktok",))
    assert [held.id for held in site.build(as_of="2022-07-06").held] == ["not-yet"]
    assert not any(b"Not yet" in data for data in site.output().values())
    site.build(as_of="2022-07-06", drafts=True)
    assert "Not yet" in site.read("briefings/not-yet/index.html")
    assert "Not yet" in site.read("companies/tiktok/index.html")


@pytest.mark.usefixtures("today")
def test_a_briefing_may_be_published_at_once(small_site: Make) -> None:
    """It has a summary of its own then: the one of a draft is no text for readers."""
    site = small_site(ENTITIES)
    assert refusals(site, "briefing", "Now", publish=True) == [
        "--publish: a published briefing needs a summary | add --summary, or start with a draft"
    ]
    made = new(site, "briefing", "Now", publish=True, summary="It's here.")
    assert "summary: It's here." in text_of(made)
    assert "status" not in text_of(made)
    made.path.write_text(made.path.read_text("utf-8") + "The text.\n", "utf-8")
    assert site.build(as_of="2022-07-06").held == ()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("entities", ["", ENTITIES], ids=["empty", "furnished"])
def test_every_field_may_be_uncommented(small_site: Make, kind: Kind, entities: str) -> None:
    """Alone and all at once, by hand or by an editor, which takes a space away with each #.

    Figures and moves cite a source; their comment says so.
    """
    site = small_site(entities)
    path = new(site, kind, "Something new").path
    text = path.read_text("utf-8")
    found = blocks(text)
    assert found
    sources = next((block for block in found if block.startswith("#sources:")), "")
    groups = [
        [block] for block in found if "[prweek]" not in block and "source: prweek" not in block
    ]
    groups += [[sources, block] for block in found if [block] not in groups]
    for group in [*groups, found]:
        for pattern in ("^#", "^# ?"):
            changed = text
            for block in group:
                changed = changed.replace(block, without(pattern, block))
            assert changed != text
            path.write_text(changed, "utf-8")
            _, problems = site.resolve()
            assert problems == []
    check(msgspec.structs.replace(site.options, drafts=True))


@pytest.mark.parametrize("kind", KINDS)
def test_a_comment_stands_above_every_field(small_site: Make, kind: Kind) -> None:
    """One line, that fits the screen."""
    lines = new(small_site(ENTITIES), kind, "Something new").path.read_text("utf-8").splitlines()
    for above, line in pairwise(lines):
        if re.match(r"#?[a-z_]+:", line):
            assert re.match(r"# \S.{1,98}$", above), line


def test_a_translation_says_what_its_original_says(small_site: Make) -> None:
    """Its date, companies, regions and topics, and the language that is missing."""
    site = small_site(ENTITIES + briefing("a", companies="[TikTok]", regions="[FR]"))
    made = new(site, "briefing", "Titre", translation_of="A")
    assert made.path.name == "titre.md"
    for line in (
        "date: 2022-07-07",
        "companies: [tiktok]",
        "regions: [france]",
        "lang: fr",
        "translation_of: a",
    ):
        assert line in text_of(made).splitlines()
    assert site.problems(drafts=True) == []
    assert refusals(site, "briefing", "Titel", translation_of="a") == [
        "--translation-of: the language of the translation is unclear | site.yaml lists en, fr"
    ]
    assert refusals(site, "briefing", "Titel", translation_of="a", lang="de") == [
        "briefings/titel.md: 'de' is not a language of this site | site.yaml lists en, fr"
    ]
    (refusal,) = refusals(site, "briefing", "Titel", translation_of="titre", lang="en")
    assert "'briefings/titre.md' is itself a translation" in refusal


@pytest.mark.parametrize("title", ["FR", "fr", "FRA", "250", "france"])
def test_a_region_is_filled_in_from_its_code_or_its_name(small_site: Make, title: str) -> None:
    """Its parent is the nearest region of the site that it lies in."""
    europe = '-- content/regions/europe.md --\n---\nname: Europa\ncode: "150"\n---\n'
    made = new(small_site(europe), "region", title)
    assert made.path.name == "france.md"
    assert text_of(made) == "---\nname: France\ncode: FR\nparent: europe\n---"
    assert made.notes == ()


def test_the_name_of_a_region_is_in_the_language_of_the_site(small_site: Make) -> None:
    """As CLDR has it; a name of one's own comes with --code."""
    site = small_site(ENTITIES)
    site.write("-- content/site.yaml --\ntitle: T\nbase_url: https://e.org\nlanguages: [fr]\n")
    assert "name: Allemagne\n" in text_of(new(site, "region", "DE"))
    assert "name: La Botte\ncode: IT\n" in text_of(new(site, "region", "La Botte", code="it"))
    assert refusals(site, "region", "X", code="QQQQ")[0].startswith(
        "--code: 'QQQQ' is not a region code"
    )


def test_a_parent_region_that_is_not_there_is_said_with_the_command(small_site: Make) -> None:
    """The file is valid without it."""
    site = small_site()
    made = new(site, "region", "ES")
    assert "parent" not in text_of(made)
    (note,) = made.notes
    command = f"python build.py new region 150 --content {site.folder.as_posix()}/content"
    assert "Spain lies in Europe, which is not a region of this site yet" in note
    assert command in note
    assert "`parent: europe`" in note
    assert site.problems() == []
    new(site, "region", "001")
    (note,) = new(site, "region", "JP").notes
    assert "its parent is 'world'" in note
    assert "parent: world" in text_of(new(site, "region", "150"))


def test_a_region_without_a_code_is_a_group(small_site: Make) -> None:
    """It is said, so that a slip in a name is seen."""
    made = new(small_site(), "region", "Our markets")
    assert text_of(made) == "---\nname: Our markets\n---"
    assert "'Our markets' has no code" in made.notes[0]


def test_companies_and_topics_have_a_parent(small_site: Make) -> None:
    """Found as references are."""
    site = small_site(ENTITIES)
    made = new(site, "company", "IMDb", parent="AMAZON")
    assert text_of(made) == "---\nname: IMDb\nparent: amazon\n---"
    made = new(site, "topic", "Auctions", parent="Live Shopping")
    assert text_of(made) == "---\nname: Auctions\nparent: live-shopping\n---"
    assert site.problems() == []


def test_what_is_unknown_or_ambiguous_is_said_at_once(small_site: Make) -> None:
    """All of it, with what was meant or the command that makes it."""
    twice = "-- content/companies/{0}.md --\n---\nname: {0}\naliases: [The Bird]\n---\n"
    site = small_site(ENTITIES + twice.format("twitter") + twice.format("gull"))
    folder = f"{site.folder.as_posix()}/content"
    assert refusals(
        site,
        "briefing",
        "X",
        companies=("tiktk", "the bird"),
        regions=("PT",),
        topics=("São Tomé",),
        translation_of="nope",
    ) == [
        "--company: unknown company 'tiktk' | did you mean 'tiktok'?\n"
        f"    to create it first: python build.py new company tiktk --content {folder}",
        "--company: 'the bird' may be 'gull' or 'twitter' | "
        "write the id of the company that you mean",
        "--region: unknown region 'PT' | "
        f"to create it first: python build.py new region PT --content {folder}",
        "--topic: unknown topic 'São Tomé' | "
        f"to create it first: python build.py new topic 'São Tomé' --content {folder}",
        "--translation-of: unknown briefing 'nope' | ",
    ]


@pytest.mark.parametrize(
    ("kind", "title", "asked", "message"),
    [
        ("company", "TIKTOK", {}, "'tiktok' is taken"),
        ("topic", "Amazon", {}, "'amazon' is taken"),
        ("briefing", "Émile", {}, "'emile' is taken"),
        ("briefing", "E\u0301mile", {}, "'emile' is taken"),
        ("briefing", "X", {"id": "hexagone"}, "'hexagone' is taken"),
        ("region", "X", {"code": "FR"}, "'FR' is taken"),
        ("region", "X", {"id": "fr"}, "'fr' is taken"),
        ("company", "The Émile", {}, "'The Émile' is taken"),
        ("briefing", "Old", {}, "the address /briefings/old/ is taken: 'briefings/b.md' has it"),
        ("briefing", "Older", {"lang": "fr"}, "the address /fr/briefings/older/ is taken"),
        ("page", "Contact", {}, "the address /contact/ is taken: 'briefings/b.md' has it"),
        ("page", "Sources", {}, "the address /sources/ is taken: the site itself has it"),
        ("page", "Files", {}, "the address /files/ is taken: the site itself has it"),
        ("page", "Fr", {"id": "en"}, "the address /en/ is taken: the site itself has it"),
        ("briefing", "Nested", {}, "'nested' is taken"),
        ("briefing", "Broken", {}, "'broken' is taken"),
    ],
)
def test_an_id_that_something_else_answers_to_is_refused(
    small_site: Make, kind: Kind, title: str, asked: dict[str, str], message: str
) -> None:
    """Ids, names, codes and aliases of everything, addresses of pages, files and redirects."""
    nfd = unicodedata.normalize("NFD", "The Émile")
    site = small_site(
        ENTITIES.replace("code: FR\n", "code: FR\naliases: [Hexagone]\n")
        + f"-- content/companies/e.md --\n---\nname: Emil\naliases: [émile, {nfd}]\n---\n"
        + briefing("b", aliases="[/briefings/OLD/, /fr/briefings/older/, /Contact/]")
        + briefing("2022/nested")
        + briefing("broken", date="yesterday")
    )
    (refusal,) = refusals(site, kind, title, **asked)
    assert message in refusal
    assert " | " in refusal


@pytest.mark.parametrize(
    ("kind", "title", "asked"),
    [
        ("company", "Twitter", {"id": "bird"}),
        ("company", "Blue bird", {"id": "twitter"}),
        ("topic", "Twttr", {}),
        ("company", "TWTTR", {}),
    ],
)
def test_what_something_was_called_before_is_refused(
    small_site: Make, kind: Kind, title: str, asked: dict[str, str]
) -> None:
    """References and addresses of before would lead to it."""
    front = "name: X\nformer_ids: [twttr, twitter]\nformer_names: [Twitter]\n"
    site = small_site(f"-- content/companies/x.md --\n---\n{front}---\n")
    (refusal,) = refusals(site, kind, title, **asked)
    assert "is taken: it is or was an id or a name of 'companies/x.md'" in refusal
    assert new(site, "company", "Y")


def test_a_name_that_would_make_a_link_ambiguous_is_refused(small_site: Make) -> None:
    """At the link, which led to one thing until then; a name that no link uses may be shared."""
    site = small_site(ENTITIES + briefing("a", "See [[France]]."))
    (refusal,) = refusals(site, "topic", "France", id="anatole")
    assert "'France' may be the region 'france' or the topic 'anatole'" in refusal
    new(site, "topic", "Amazon", id="the-river")
    assert site.problems() == []


def test_nothing_is_ever_overwritten(small_site: Make) -> None:
    """Not even what the content folder does not count as a file of its own."""
    site = small_site()
    in_the_way = site.folder / "content/topics/x.md"
    in_the_way.mkdir(parents=True)
    (refusal,) = refusals(site, "topic", "X")
    assert refusal == "topics/x.md: the file exists | choose another with --id"


@pytest.mark.parametrize(
    ("title", "message"),
    [
        ("", "the text is empty"),
        ("two\nlines", "the text has more than one line"),
        ("two\u2028lines", "the text has more than one line"),
        ("bell\a", "the character U+0007 is not allowed here"),
        ("lone \udc80", "the character U+DC80 is not allowed here"),
        ("mark \ufeff", "the character U+FEFF is not allowed here"),
        ("抖音", "'抖音' does not suggest an id"),
        ("Con", "the file name 'con' is reserved"),
        ("Index", "the file name 'index' is reserved"),
    ],
)
def test_a_title_that_cannot_be_is_said_in_one_message(
    small_site: Make, title: str, message: str
) -> None:
    """And where it is only the id, --id is the way out."""
    (refusal,) = refusals(small_site(), "briefing", title)
    assert message in refusal


def test_an_id_may_be_chosen(small_site: Make) -> None:
    """By the same rule as for every file name."""
    site = small_site()
    assert new(site, "briefing", "抖音", id="douyin").path.name == "douyin.md"
    assert refusals(site, "briefing", "X", id="Not so")[0].startswith(
        "--id: the file name 'Not so' cannot be an address"
    )


def test_errors_in_other_files_are_no_obstacle(small_site: Make) -> None:
    """A file with errors may be referred to by its id; the settings have to be right."""
    site = small_site(ENTITIES + briefing("a", companies="[nope]", regions="[FR"))
    site.write("-- content/companies/broken.md --\nno front matter\n")
    before = site.problems()
    made = new(site, "briefing", "X", companies=("broken",), regions=("FR",))
    assert "companies: [broken]" in text_of(made)
    assert site.problems() == before
    site.write("-- content/site.yaml --\ntitel: x\n")
    with pytest.raises(ProblemError, match="base_url"):
        new(site, "briefing", "Y")


TITLES = st.text(st.characters(categories=["L", "M", "N", "P", "S", "Zs"]), min_size=1)


SYNTAX = st.text(st.sampled_from("aé0 :#'\"@&*!|>%-?[]{},\\`"))


@settings(max_examples=200)
@given(
    kind=st.sampled_from(KINDS),
    title=TITLES | SYNTAX,
    id_=st.sampled_from([None, "an-id"]),
)
def test_any_title_makes_a_file_that_checks_clean_or_one_message(
    kind: Kind, title: str, id_: str | None
) -> None:
    """The title that is read is the one that was given."""
    with TemporaryDirectory() as folder:
        site = SmallSite(Path(folder), ENTITIES)
        try:
            made = new(site, kind, title, id=id_)
        except RefusedError as error:
            assert len(error.problems) == 1
            return
        resolved, problems = site.resolve()
        assert problems == []
        entries = [*resolved.entries, *resolved.held.values()]
        (entry,) = [entry for entry in entries if entry.id == made.path.stem]
        with recording():
            written_as = resolved.words(entry)
        if kind != "region":  # there, a code becomes its name
            written = getattr(written_as, "title", None) or written_as.name
            assert written == unicodedata.normalize("NFC", " ".join(title.split()))


def test_the_command_prints_where_the_file_is(
    small_site: Make, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Alone on standard output, for other commands; what there is to know is beside it."""
    site = small_site(ENTITIES)
    monkeypatch.chdir(site.folder)
    arguments = ["new", "briefing", "A title", "--company", "tiktok", "--region", "FR"]
    assert main(arguments) == 0
    out, err = capsys.readouterr()
    assert out == "content/briefings/a-title.md\n"
    assert err.startswith("a draft")
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.splitlines()[0].startswith("content/briefings/a-title.md: error: 'a-title' is taken")
    assert err.splitlines()[-1] == "1 problem: nothing was written"


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (["new"], "KIND"),
        (["new", "A title"], "invalid choice"),
        (["new", "topic", "X", "--company", "tiktok"], "--company"),
        (["new", "page", "X", "--lang", "english"], "is not a language"),
    ],
)
def test_a_wrong_command_line_is_said(
    capsys: pytest.CaptureFixture[str], arguments: list[str], text: str
) -> None:
    """With status 2, before anything is read."""
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    assert text in capsys.readouterr().err
