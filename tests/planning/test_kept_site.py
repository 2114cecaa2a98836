"""What is kept of a plan: an edit of words needs no other document, and nothing else trusts it."""

from __future__ import annotations

from collections.abc import Callable
from unittest import mock

import msgspec
import pytest

from dossier.content import settings_file
from dossier.content.settings import Settings
from dossier.pipeline import build
from dossier.planning import kept_site, plan
from dossier.processes.workers import CAN_FORK
from tests.helpers.smallsite import ENTITIES, SmallSite, briefing

Make = Callable[[str], SmallSite]

SITE = (
    ENTITIES
    + briefing("a", "Text on [[tiktok]].", companies="[tiktok]", date="2022-07-03")
    + briefing("b", "See [[a]].", companies="[twitch]", date="2022-07-02")
    + briefing("later", "Not yet.", date="2026-02-01")
    + briefing("due", "To be looked at.", review_by="2023-01-01")
    + "-- content/files/a.csv --\nday,n\n2022,1\n"
)


@pytest.fixture
def built(built_site: Make) -> SmallSite:
    """A site that was built once."""
    return built_site(SITE)


def plans_anew(site: SmallSite, **changes: object) -> bool:
    """Build, compare with a build from nothing, and tell whether the site was resolved again."""
    with mock.patch.object(plan, "build_site", wraps=plan.build_site) as resolve:
        site.build(**changes)
    if not changes:
        assert site.output() == site.output_of_a_clean_build()
    return resolve.called


EDITS = {
    "text": (briefing("a", "Other text on [[tiktok]].", companies="[tiktok]", date="2022-07-03")),
    "title": briefing("b", "See [[a]].", companies="[twitch]", date="2022-07-02", title="New"),
    "summary": briefing("later", "Not yet.", date="2026-02-01", summary="Another."),
    "both": briefing("a", "Longer.\n\n" * 9 + "[[tiktok]]", companies="[tiktok]", date="2022-07-03")
    + briefing("b", "See it: [[a]].", companies="[twitch]", date="2022-07-02", title="New"),
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_an_edit_of_words_takes_the_plan_that_is_kept(built: SmallSite, edit: str) -> None:
    """Again and again: what an earlier edit changed is known from its own file."""
    built.write(edit)
    assert not plans_anew(built)
    built.write(briefing("due", "Looked at.", review_by="2023-01-01"))
    assert not plans_anew(built)


FACTS = {
    "a company": briefing("a", "Text on [[tiktok]].", companies="[twitch]", date="2022-07-03"),
    "a link": briefing("a", "Text on [[amazon]].", companies="[tiktok]", date="2022-07-03"),
    "a new file": briefing("c"),
    "a file to publish": "-- content/files/a.csv --\nday,n\n2022,2\n",
    "settings": "-- content/site.yaml --\ntitle: Another\nbase_url: https://example.org/\n",
}


@pytest.mark.parametrize("edit", FACTS.values(), ids=FACTS)
def test_whatever_else_changes_is_planned_anew(built: SmallSite, edit: str) -> None:
    """Facts, files and settings decide how documents refer to each other, and which pages are."""
    built.write(edit)
    assert plans_anew(built)


def test_a_file_that_is_gone_is_planned_anew(built: SmallSite) -> None:
    """Its page goes, and so do links to it."""
    built.write(briefing("b", "Alone.", companies="[twitch]", date="2022-07-02"))
    built.remove("content/briefings/a.md")
    assert plans_anew(built)


def test_a_site_is_planned_anew_when_something_falls_due(built: SmallSite) -> None:
    """Time is an input, too; within the same day nothing is due."""
    built.write(EDITS["title"])
    assert plans_anew(built, as_of="2026-02-01")
    built.write(EDITS["text"])
    assert not plans_anew(built, as_of="2026-02-01T12:00:00+00:00")
    assert "Not yet." in built.read("briefings/later/index.html")


def test_options_that_change_the_site_plan_anew(built: SmallSite) -> None:
    """So does `--force`, which trusts nothing."""
    assert plans_anew(built, drafts=True)
    assert plans_anew(built, base_url="https://example.org/other/")
    assert plans_anew(built, force=True)


@pytest.mark.skipif(not CAN_FORK, reason="only Linux forks safely")
def test_another_process_keeps_a_large_site(
    built: SmallSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it keeps is there as the build ends, and is the same."""
    file, options = built.folder / ".cache/site", msgspec.structs.replace(built.options, jobs=2)
    built.write(FACTS["a new file"])
    build(options)
    kept = file.read_bytes()
    file.unlink()
    monkeypatch.setattr(kept_site, "WORTH_A_PROCESS", 1)
    with mock.patch.object(kept_site, "forked", wraps=kept_site.forked) as fork:
        build(msgspec.structs.replace(options, force=True))
    assert fork.called
    assert file.read_bytes() == kept


def test_settings_are_not_kept_for_a_file_that_changed_meanwhile(built: SmallSite) -> None:
    """One that was saved while a build began, and then restored."""
    file = built.folder / "content/site.yaml"
    before, read = file.read_bytes(), settings_file.read_settings

    def read_late(*given: object, **named: object) -> Settings:
        built.write(FACTS["settings"])
        return read(*given, **named)  # type: ignore[arg-type]

    with mock.patch.object(settings_file, "read_settings", read_late):
        built.build(force=True)
    file.write_bytes(before)
    plans_anew(built)
    built.write(EDITS["title"])
    plans_anew(built)


def test_warnings_stay_with_their_lines(built_site: Make) -> None:
    """Those of files that were not read again are still told, at the lines they have now."""
    site = built_site(SITE + briefing("w", summary="What follows # is cut off"))
    before = site.messages(force=True)
    assert [one.partition(":")[0] for one in before] == ["briefings/due.md", "briefings/w.md"]
    site.write(EDITS["title"])
    assert not plans_anew(site)
    assert site.messages() == before
    site.write(briefing("due", summary="|\n  The\n  summary.", review_by="2023-01-01"))
    assert not plans_anew(site)
    assert site.messages() == site.messages(force=True) != before


def test_errors_of_an_edit_are_told_as_ever(built: SmallSite) -> None:
    """One that cannot be read, and one whose reference leads nowhere."""
    before = built.output()
    built.write("-- content/briefings/a.md --\n---\ntitle: [\n---\n")
    assert any(one.startswith("briefings/a.md:") for one in built.messages())
    built.write(briefing("a", "Text on [[nobody]].", companies="[tiktok]", date="2022-07-03"))
    assert any("'nobody'" in one for one in built.messages())
    assert built.output() == before
    built.write(EDITS["text"])
    assert not plans_anew(built)
