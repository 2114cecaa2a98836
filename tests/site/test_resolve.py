"""Documents to a site: references between files, and what contradicts itself across them."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest

from tests.helpers.smallsite import ENTITIES, SETTINGS, SmallSite, briefing

Make = Callable[[str], SmallSite]


def entity(path: str, **fields: str) -> str:
    front = "".join(f"{name}: {value}\n" for name, value in fields.items())
    return f"-- content/{path}.md --\n---\n{front}---\n\nText.\n"


def problems_of(make: Make, text: str) -> list[str]:
    return make(text).resolve()[1]


def test_references_become_ids(small_site: Make) -> None:
    """An id, a code, a name or an alias, in any case, are one thing in the site."""
    site, problems = small_site(
        ENTITIES
        + briefing(
            "a",
            companies="[TIKTOK, tiktok, Twitch]",
            regions="[FR, europe]",
            topics="[Live Shopping]",
        )
    ).resolve()
    assert problems == []
    facts = site.briefings["a"].facts
    assert (facts.companies, facts.regions) == (("tiktok", "twitch"), ("france", "europe"))
    assert facts.topics == ("live-shopping",)
    assert site.relations.region_tree.ancestors("france") == ("europe",)


def test_a_body_links_to_anything_by_name_file_or_path(small_site: Make) -> None:
    """A link's target is a document of any kind, or a path of the site."""
    site, problems = small_site(
        ENTITIES
        + briefing(
            "a", "[[TikTok]] [[FR|x]] [[b]] [b](b.md) [c](../companies/amazon.md) [d](/sources/)"
        )
        + briefing("b")
    ).resolve()
    assert problems == []
    assert site.briefings["a"].targets == {
        "TikTok": ("company", "tiktok"),
        "FR": ("region", "france"),
        "b": ("briefing", "b"),
        "b.md": ("briefing", "b"),
        "../companies/amazon.md": ("company", "amazon"),
        "/sources/": "sources/",
    }
    assert site.relations.backlinks["b"] == ("a",)


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        (
            {"companies": "[tiktok, amazn]"},
            "5:21: unknown company 'amazn' | did you mean 'amazon'?",
        ),
        ({"regions": "[FRA]"}, "5:11: unknown region 'FRA' | did you mean 'france'?"),
        ({"topics": "[xyz]"}, "5:10: unknown topic 'xyz' | add a file for it: topics/<id>.md"),
        ({"translation_of": "aa"}, "5:17: unknown briefing 'aa' | did you mean 'a'?"),
        (
            {"status": "superseded", "superseded_by": "[{briefing: b, regions: [Frence]}]"},
            "6:41: unknown region 'Frence' | did you mean 'france'?",
        ),
        (
            {"status": "superseded", "superseded_by": "[zz-zz]"},
            "6:17: unknown briefing 'zz-zz' | add a file for it: briefings/<id>.md",
        ),
    ],
    ids=["company", "region", "topic", "briefing", "nested", "shorthand"],
)
def test_an_unknown_name_is_a_problem_where_it_stands(
    small_site: Make, fields: dict[str, object], problem: str
) -> None:
    """The nearest known name is suggested, or a file to add."""
    found = problems_of(small_site, ENTITIES + briefing("a", **fields) + briefing("b"))
    assert found == [f"briefings/a.md:{problem}"]


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (
            "x [[tiktok]] [[tikto]]",
            "7:14: 'tikto' is not a company, region, topic, briefing or page"
            " | did you mean 'tiktok'?",
        ),
        (
            "`[[nope-x]]`\n[[nope-x|x]]",
            "8:1: 'nope-x' is not a company, region, topic, briefing or page",
        ),
        (
            "x [y](../companies/tikto.md)",
            "7:7: there is no file 'companies/tikto.md' | did you mean 'companies/tiktok.md'?",
        ),
    ],
    ids=["near", "code", "file"],
)
def test_a_link_to_nowhere_is_a_problem_where_it_stands(
    small_site: Make, body: str, problem: str
) -> None:
    """The position is that of the link, not of what only begins like it."""
    [found] = problems_of(small_site, ENTITIES + briefing("a", body))
    assert found.startswith(f"briefings/a.md:{problem}")


def test_a_name_of_two_is_an_error_naming_both(small_site: Make) -> None:
    """An ambiguous name says which it may be; an id is never ambiguous within its kind."""
    text = (
        entity("regions/georgia", name="Georgia", code="GE")
        + entity("regions/us-georgia", name="Georgia (US)", aliases="[Georgia, Peach State]")
        + briefing("a", "[[Georgia]]", regions="[Georgia]")
        + briefing("b", "[[georgia]]", regions="[georgia, peach state]")
    )
    assert problems_of(small_site, text) == [
        "briefings/a.md:5:11: 'Georgia' may be 'georgia' or 'us-georgia'"
        " | write the id of the region that you mean",
        "briefings/a.md:8:1: 'Georgia' may be the region 'georgia' or the region 'us-georgia'"
        " | write the id of the one that you mean",
        "regions/us-georgia.md:3:11: 'Georgia' is a name in 'regions/georgia.md' too"
        " | name each differently: readers and references cannot tell them apart",
    ]


def test_one_id_in_two_kinds_is_told_apart_by_its_file(small_site: Make) -> None:
    """Where an id alone cannot say it, the way out is one that can."""
    text = entity("companies/meta", name="Meta") + entity("topics/meta", name="Meta talk")
    [found] = problems_of(small_site, text + briefing("a", "[[meta]]"))
    assert found == (
        "briefings/a.md:7:1: 'meta' may be the company 'meta' or the topic 'meta'"
        " | link to its file: [text](../companies/meta.md)"
    )
    linked = text + briefing("a", "[x](../companies/meta.md)")
    assert problems_of(small_site, linked) == []


def test_a_kind_with_a_broken_file_has_no_unknown_names(small_site: Make) -> None:
    """One mistake in a company's file does not make every briefing about it wrong."""
    text = entity("companies/tiktok", nam="TikTok") + briefing(
        "a", "[[tiktok]]", companies="[tiktok]"
    )
    assert problems_of(small_site, text) == [
        "companies/tiktok.md:2:1: the field 'name' is missing | The name that readers know.",
        "companies/tiktok.md:2:1: unknown field 'nam' | did you mean 'name'?",
    ]


def test_two_files_with_one_id_are_an_error_naming_both(small_site: Make) -> None:
    """Ids are file names, wherever the file is."""
    text = briefing("2022/a") + briefing("2023/a")
    assert problems_of(small_site, text) == [
        "briefings/2023/a.md:2:1: the briefing 'a' is in 'briefings/2022/a.md' already"
        " | rename one of the two files"
    ]


@pytest.mark.parametrize("kind", ["companies", "regions", "topics"])
def test_a_parent_cycle_is_an_error_naming_its_files(small_site: Make, kind: str) -> None:
    """Every circle is found, each at a `parent` that is part of it."""
    text = "".join(
        entity(f"{kind}/{id_}", name=id_.upper(), parent=parent)
        for id_, parent in (("a1", "b1"), ("b1", "a1"), ("c1", "c1"), ("d1", "a1"))
    )
    assert problems_of(small_site, text) == [
        f"{kind}/b1.md:3:9: circular hierarchy: {kind}/a1.md → {kind}/b1.md → {kind}/a1.md"
        " | remove one `parent` to break the cycle",
        f"{kind}/c1.md:3:9: circular hierarchy: {kind}/c1.md → {kind}/c1.md"
        " | remove one `parent` to break the cycle",
    ]


@pytest.mark.parametrize(
    ("first", "second", "place"),
    [
        ({"members": "[b1]"}, {"members": "[a1]"}, "a1.md:3:10: "),
        ({"members": "[b1]"}, {"name": "B", "members": "[]", "parent": "b1"}, "b1.md:4:9: "),
        ({"parent": "b1"}, {"parent": "a1"}, "b1.md:3:9: "),
        ({"parent": "b1", "members": "[b1]"}, {}, "a1.md:4:10: "),
    ],
    ids=["members", "own-parent", "parents", "both"],
)
def test_a_circle_through_members_is_an_error_at_the_field_that_closes_it(
    small_site: Make, first: dict[str, str], second: dict[str, str], place: str
) -> None:
    """A group that contains what contains it rolls up for ever."""
    text = entity("regions/a1", name="A", **first)
    text += entity("regions/b1", **({"name": "B"} | second))
    [found] = problems_of(small_site, text)
    assert found.startswith(f"regions/{place}circular hierarchy: ")


def test_a_region_in_and_around_something_unknown_is_no_cycle(small_site: Make) -> None:
    """Names that lead nowhere are reported as such, each once, without a traceback."""
    text = entity("regions/zz", name="Z", parent="aa-aa", members="[aa-aa]")
    found = problems_of(small_site, text)
    assert [f.partition(" | ")[0] for f in found] == [
        "regions/zz.md:3:9: unknown region 'aa-aa'",
        "regions/zz.md:4:11: unknown region 'aa-aa'",
    ]


def test_a_circle_of_supersession_is_an_error_naming_its_files(small_site: Make) -> None:
    """Something must be the newest."""

    def old(id_: str, new: str) -> str:
        return briefing(id_, status="superseded", superseded_by=f"[{new}]")

    assert problems_of(
        small_site, old("a", "b") + old("b", "c") + old("c", "a") + old("d", "d")
    ) == [
        "briefings/a.md:6:16: briefings replace each other in a cycle:"
        " briefings/a.md → briefings/b.md → briefings/c.md → briefings/a.md"
        " | remove `superseded_by` from the newest",
        "briefings/d.md:6:16: briefings replace each other in a cycle:"
        " briefings/d.md → briefings/d.md | remove `superseded_by` from the newest",
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            briefing("a")
            + briefing("b", lang="fr", translation_of="a")
            + briefing("c", lang="fr", translation_of="b"),
            "briefings/c.md:6:17: 'briefings/b.md' is itself a translation | name the original",
        ),
        (
            briefing("a") + briefing("b", translation_of="a"),
            "briefings/b.md:5:17: 'briefings/a.md' is already the version in 'en'"
            " | keep one of the two files, or correct the `lang` of one",
        ),
        (
            briefing("a")
            + briefing("b", lang="fr", translation_of="a")
            + briefing("c", lang="fr", translation_of="a"),
            "briefings/c.md:6:17: 'briefings/b.md' is already the version in 'fr'"
            " | keep one of the two files, or correct the `lang` of one",
        ),
        (
            briefing("a", lang="de"),
            "briefings/a.md:5:7: 'de' is not a language of this site | site.yaml lists en, fr",
        ),
        (
            ENTITIES
            + briefing(
                "a",
                sources="[{id: s, title: T}]",
                moves="[{company: tiktok, product: tiktok shop, regions: [FR], stage: pilot,"
                " date: 2022, basis: official, sources: [s]}]",
            ),
            "briefings/a.md:6:36: 'tiktok shop' is not a product of 'tiktok' | write 'TikTok Shop'",
        ),
    ],
    ids=["chain", "same-language", "twice", "language", "product"],
)
def test_a_contradiction_between_files_is_an_error(
    small_site: Make, text: str, problem: str
) -> None:
    """Translations, languages and products agree across the site."""
    assert problems_of(small_site, text) == [problem]


def test_drafts_and_what_lies_ahead_are_held_back(small_site: Make) -> None:
    """What is not yet public is known, and not published; unless drafts are asked for."""
    make = small_site(
        briefing("now", date="2026-01-01")
        + briefing("later", date="2026-01-02")
        + briefing("draft", status="draft")
    )
    site, problems = make.resolve()
    assert problems == []
    assert (set(site.briefings), set(site.held)) == ({"now"}, {"later", "draft"})
    everything, _ = make.resolve(msgspec.structs.replace(SETTINGS, drafts=True))
    assert set(everything.briefings) == {"now", "later", "draft"}
