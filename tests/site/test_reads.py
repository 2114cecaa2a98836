"""Recorded reads: what a view shows of which document is known because it was read."""

from __future__ import annotations

import pickle
from collections.abc import Callable

import pytest

from dossier.content.models import Briefing, FrontMatter
from dossier.content.words import UNREAD, UnrecordedReadError, with_words, without_words
from dossier.pages.builders import Builders
from dossier.site.reads import facts_only, record_read, recording, remembered
from tests.helpers.plans import plan_of
from tests.helpers.smallsite import ENTITIES, SmallSite, briefing
from tests.helpers.twin_builds import FULL_SITE

Make = Callable[[str], SmallSite]

RICH = (
    ENTITIES
    + "-- content/pages/about.md --\n---\ntitle: About\nmenu: About\n---\n\nRead [[a]].\n"
    + briefing("a", "See [[b]].", companies="[tiktok]", regions="[FR]", topics="[live-shopping]")
    + briefing("b", companies="[twitch]", status="superseded", superseded_by="[c]")
    + briefing("c", companies="[twitch, tiktok]", date="2022-08-01")
    + briefing("d", lang="fr", translation_of="a")
)


def test_words_are_out_of_reach_of_facts() -> None:
    """Every use of them raises, wherever they are nested; what is not there stays empty."""
    facts = without_words(Briefing(title="T", date="2022-07-07", summary="S"))
    assert facts.date == "2022-07-07"
    for use in (str, bool, len, list, lambda word: word + "x", lambda word: word == "T"):
        with pytest.raises(UnrecordedReadError):
            use(facts.title)


def test_facts_and_words_make_the_whole() -> None:
    """What was taken out comes back in its place."""
    whole = Briefing(title="T", date="2022-07-07", summary="S", authors=("A",))
    assert with_words(without_words(whole), whole) == whole


def test_a_new_field_is_a_fact() -> None:
    """Unless it is declared to be words."""

    class Later(FrontMatter, frozen=True, kw_only=True):
        name: str

    assert without_words(Later(name="x")).name == "x"


def test_what_stands_for_words_survives_another_process() -> None:
    """As the one object that it is."""
    assert pickle.loads(pickle.dumps(UNREAD)) is UNREAD


def test_words_are_read_while_someone_records(small_site: Make) -> None:
    """And nowhere else: a page that nobody knows to depend on them would go stale."""
    site, _ = small_site(RICH).resolve()
    entry = site.briefings["a"]
    with pytest.raises(UnrecordedReadError, match=r"the words of briefings/a\.md"):
        site.words(entry)
    with pytest.raises(UnrecordedReadError, match=r"the text of briefings/a\.md"):
        site.body(entry)
    with recording() as reads:
        assert site.words(entry).title == "Title of a"
    assert reads == {("briefings/a.md", "words")}


def test_what_is_worked_out_once_is_worked_out_from_facts(small_site: Make) -> None:
    """Even where someone records: it is kept while words change."""
    site, _ = small_site(RICH).resolve()
    with recording(), pytest.raises(UnrecordedReadError):
        site.model(lambda one: one.words(one.briefings["a"]).title)
    with facts_only(), recording(), pytest.raises(UnrecordedReadError):
        record_read("briefings/a.md", "words")


def test_what_is_remembered_counts_for_everyone_who_asks() -> None:
    """Not only for the first, who had it worked out."""

    def work(source: str) -> str:
        record_read(source, "words")
        return source.upper()

    recall = remembered(work)
    for _ in range(2):
        with recording() as reads:
            assert recall("a") == "A"
        assert reads == {("a", "words")}


def test_the_reads_of_a_view_do_not_depend_on_what_was_built_before(small_site: Make) -> None:
    """A view that is built after all others reads what it reads when it is built alone."""
    blueprint = plan_of(small_site(FULL_SITE))
    site = blueprint.builders.site
    shared = blueprint.builders
    for output in shared.outputs:
        with recording():
            shared.view(output)
    for output in shared.outputs:
        with recording() as after_others:
            view = shared.view(output)
        with recording() as alone:
            assert Builders(site).view(output) == view
        assert alone == after_others, output.file
