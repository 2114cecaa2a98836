"""Reading ahead: another process parses what changed, and the build finds it in the cache."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest

from dossier.build.inputs import Inputs, Options
from dossier.content.reading import document_parser
from dossier.pipeline import build
from dossier.planning import ahead
from dossier.planning.ahead import MOST, read_ahead
from dossier.workers import CAN_FORK
from tests.helpers.smallsite import ENTITIES, SmallSite, briefing

Make = Callable[[str], SmallSite]

SITE = ENTITIES + "".join(briefing(f"b-{n}", f"Text {n}.") for n in range(MOST + 5))


@pytest.fixture
def site(built_site: Make) -> SmallSite:
    """A site that was built once."""
    return built_site(SITE)


def two_jobs(site: SmallSite) -> Options:
    """Options with two processes, on whatever machine."""
    return msgspec.structs.replace(site.options, jobs=2)


@pytest.mark.skipif(not CAN_FORK, reason="only Linux forks safely")
def test_what_changed_is_parsed_by_another_process(
    site: SmallSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The build itself parses nothing, and makes what a clean build makes."""
    site.write(briefing("b-1", "Other text.", title="Another title") + briefing("new", "New."))
    options, inputs = two_jobs(site), Inputs(two_jobs(site))
    read_ahead(options, inputs)()
    monkeypatch.setattr(document_parser, "parse_document", None)
    build(options, inputs)
    monkeypatch.undo()
    assert site.output() == site.output_of_a_clean_build()


def test_an_error_is_told_by_the_build(site: SmallSite, capfd: pytest.CaptureFixture[str]) -> None:
    """The other process says nothing; the build reads the file again."""
    site.write("-- content/briefings/b-1.md --\n---\ntitle: [\n---\n")
    read_ahead(two_jobs(site), Inputs(two_jobs(site)))()
    assert capfd.readouterr() == ("", "")
    assert any(one.startswith("briefings/b-1.md:") for one in site.messages())


@pytest.mark.parametrize("why", ["nothing changed", "too many", "one job", "no cache"])
def test_no_process_is_started_in_vain(
    site: SmallSite, why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It pays only for a few files, beside other work, and needs a cache to hand them over."""
    options = two_jobs(site)
    if why != "nothing changed":
        for n in range(MOST + 1 if why == "too many" else 1):
            site.write(briefing(f"b-{n}", "Other text."))
    if why == "one job":
        options = msgspec.structs.replace(options, jobs=1)
    if why == "no cache":
        options = msgspec.structs.replace(options, cache=None)
    monkeypatch.setattr(ahead.os, "fork", None)
    read_ahead(options, Inputs(options))()
