"""Work ahead: other processes parse what changed and look at the output, for the build."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from dossier.build.inputs import Inputs, Options, nothing_is_known
from dossier.content.cache import DocumentCache, document_key
from dossier.content.reading import document_parser, reader
from dossier.content.reading.parse_files import WORTH_A_WORKER
from dossier.content.reading.reader import read_into_cache
from dossier.content.settings_file import read_settings
from dossier.fingerprint import digest
from dossier.pipeline import build
from dossier.planning import ahead
from dossier.planning.ahead import work_ahead, work_ahead_from_nothing
from dossier.problems import ProblemError
from dossier.processes.workers import CAN_FORK
from dossier.progress import no_progress
from dossier.render.renderer import Renderer
from dossier.views.parts import TemplateView
from tests.helpers.smallsite import ENTITIES, SITE_YAML, SmallSite, briefing

Make = Callable[[str], SmallSite]

SITE = ENTITIES + "".join(briefing(f"b-{n}", f"Text {n}.") for n in range(2 * WORTH_A_WORKER))


@pytest.fixture
def site(built_site: Make) -> SmallSite:
    """A site that was built once."""
    return built_site(SITE)


def two_jobs(site: SmallSite) -> Options:
    """Options with two processes, on whatever machine."""
    return msgspec.structs.replace(site.options, jobs=2)


@pytest.mark.skipif(not CAN_FORK, reason="only Linux forks safely")
@pytest.mark.parametrize("edited", [1, 2 * WORTH_A_WORKER])
def test_what_changed_is_parsed_by_other_processes(
    site: SmallSite, monkeypatch: pytest.MonkeyPatch, edited: int
) -> None:
    """The build itself parses nothing, and makes what a clean build makes."""
    site.write(briefing("new", "New."))
    for n in range(edited):
        site.write(briefing(f"b-{n}", "Other text.", title=f"Another title {n}"))
    options, inputs = two_jobs(site), Inputs(two_jobs(site))
    with work_ahead(options, inputs) as working:
        monkeypatch.setattr(document_parser, "parse_document", None)
        build(options, inputs, ahead=working)
    monkeypatch.undo()
    assert site.output() == site.output_of_a_clean_build()


def only_static(file: str) -> str:
    """Read a file that nobody parses."""
    assert not file.endswith((".md", "site.yaml"))
    return digest(Path(file).read_bytes())


@pytest.mark.skipif(not CAN_FORK, reason="only Linux forks safely")
def test_a_first_build_is_begun_before_any_file_was_looked_at(
    site: SmallSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It reads none itself, and makes what a build without other processes makes."""
    before, options = site.output(), two_jobs(site)
    assert not nothing_is_known(options)
    shutil.rmtree(site.folder / "output")
    assert not nothing_is_known(options)
    shutil.rmtree(site.options.cache or "")
    assert nothing_is_known(options)
    with work_ahead_from_nothing(options) as (inputs, working):
        monkeypatch.setattr(document_parser, "parse_document", None)
        monkeypatch.setattr("dossier.content.settings_file.read_settings", None)
        monkeypatch.setattr("dossier.fingerprint._read_digest", only_static)
        build(options, inputs, ahead=working)
    monkeypatch.undo()
    assert site.output() == before


@pytest.mark.skipif(not CAN_FORK, reason="only Linux forks safely")
def test_what_is_saved_during_a_first_build_is_seen_by_the_next_one(site: SmallSite) -> None:
    """Files are known by the bytes that were parsed, not by those that came later."""
    options = two_jobs(site)
    shutil.rmtree(options.output)
    shutil.rmtree(options.cache or "")
    with work_ahead_from_nothing(options) as (inputs, working):
        working.documents = iter(list(working.documents))
        site.write(briefing("b-1", "Saved meanwhile."))
        site.write("-- content/site.yaml --\n" + SITE_YAML + "tagline: Saved meanwhile\n")
        build(options, inputs, ahead=working)
    assert "Saved meanwhile" not in site.read("briefings/b-1/index.html")
    build(options)
    assert site.read("briefings/b-1/index.html").count("Saved meanwhile") == 2
    assert site.output() == site.output_of_a_clean_build()


@pytest.mark.skipif(not CAN_FORK, reason="only Linux forks safely")
def test_documents_come_as_they_are_parsed(
    site: SmallSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each is in the cache by then, for whoever is told too late."""
    monkeypatch.setattr(reader, "_SAVED_AT_ONCE", 30)
    shutil.rmtree(site.options.cache or "")
    options = two_jobs(site)
    with work_ahead_from_nothing(options) as (_, working):
        known, times = set[str](), 0
        for context, ready in working.documents:
            times += 1
            known.update(document_key(context, path, read) for path, read, _ in ready)
            assert not DocumentCache(options.cache).missing(known)
    assert len(known) == len(Inputs(options).manifest.documents)
    assert times > 2


def test_an_error_of_a_first_build_is_told_once(
    built_site: Make, capfd: pytest.CaptureFixture[str]
) -> None:
    """By the build, with whatever it is."""
    site = built_site(SITE)
    shutil.rmtree(site.options.cache or "")
    site.write("-- content/site.yaml --\ntitle: [\n")
    options = two_jobs(site)
    with (
        work_ahead_from_nothing(options) as (inputs, working),
        pytest.raises(ProblemError) as caught,
    ):
        build(options, inputs, ahead=working)
    assert capfd.readouterr() == ("", "")
    assert [problem.path.rpartition("/")[2] for problem in caught.value.problems] == ["site.yaml"]


@pytest.mark.skipif(not CAN_FORK, reason="only Linux forks safely")
def test_files_of_the_output_that_were_altered_are_found(
    site: SmallSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And made again, though the build itself looks at none."""
    site.write(briefing("b-1", "Other text."))
    (site.folder / "output/index.html").write_text("Altered.", "utf-8")
    (site.folder / "output/briefings/b-2/index.html").unlink()
    monkeypatch.setattr(ahead, "MANY_FILES", 1)
    options, inputs = two_jobs(site), Inputs(two_jobs(site))
    with work_ahead(options, inputs) as working:
        monkeypatch.setattr("dossier.build.inputs.intact_files", None)
        build(options, inputs, ahead=working)
    monkeypatch.undo()
    assert site.output() == site.output_of_a_clean_build()


@pytest.mark.skipif(not CAN_FORK, reason="only Linux forks safely")
def test_what_was_found_before_another_build_wrote_does_not_count(site: SmallSite) -> None:
    """The output is looked at again."""
    site.write(briefing("b-1", "Other text."))
    options, inputs = two_jobs(site), Inputs(two_jobs(site))
    with work_ahead(options, inputs) as working:
        site.build()
        (site.folder / "output/index.html").write_text("Altered.", "utf-8")
        build(options, inputs, ahead=working)
    assert site.output() == site.output_of_a_clean_build()


@pytest.mark.skipif(not CAN_FORK, reason="only Linux forks safely")
def test_what_an_edit_changes_is_rendered_by_the_other_process(
    site: SmallSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that this one needs no Jinja."""
    here, render = os.getpid(), Renderer.render

    def render_elsewhere(self: Renderer, template: str, view: TemplateView) -> str:
        assert os.getpid() != here
        return render(self, template, view)

    site.write(briefing("b-1", "Other text.", title="Another title"))
    options, inputs = two_jobs(site), Inputs(two_jobs(site))
    with work_ahead(options, inputs) as working:
        monkeypatch.setattr(Renderer, "render", render_elsewhere)
        result = build(options, inputs, ahead=working)
    monkeypatch.undo()
    assert result.rendered > 1
    assert site.output() == site.output_of_a_clean_build()


@pytest.mark.skipif(not CAN_FORK, reason="only Linux forks safely")
def test_an_error_of_a_template_is_told_once(site: SmallSite) -> None:
    """Wherever it is met; nothing is published."""
    block = "{% block main %}{{ view.nothing }}{% endblock %}"
    broken = f"{{% extends 'dossier/pages/briefing.html' %}}\n{block}"
    site.write(f"-- templates/pages/briefing.html --\n{broken}")
    site.write(briefing("b-1", "Other text."))
    before = site.output()
    told = []
    for jobs in (1, 2):
        options = msgspec.structs.replace(site.options, jobs=jobs)
        inputs = Inputs(options)
        with work_ahead(options, inputs) as working, pytest.raises(ProblemError) as caught:
            build(options, inputs, ahead=working)
        told.append(set(caught.value.problems))
    assert told[0] == told[1]
    assert {one.line for one in told[0]} == {2}
    assert site.output() == before


def test_an_error_is_told_by_the_build(site: SmallSite, capfd: pytest.CaptureFixture[str]) -> None:
    """The other process says nothing; the build reads the file again."""
    site.write("-- content/briefings/b-1.md --\n---\ntitle: [\n---\n")
    with work_ahead(two_jobs(site), Inputs(two_jobs(site))) as working:
        assert not [path for _, ready in working.documents for path, _, _ in ready]
    assert capfd.readouterr() == ("", "")
    assert any(one.startswith("briefings/b-1.md:") for one in site.messages())


def test_what_the_cache_has_is_not_parsed_again(
    site: SmallSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the output is lost, for example, and the cache is not."""
    options, inputs = site.options, Inputs(site.options)
    parsing = read_settings(options.content).parsing
    monkeypatch.setattr(document_parser, "parse_document", None)

    def read(cache: DocumentCache) -> None:
        read_into_cache(
            options.content,
            parsing,
            inputs.content,
            cache,
            inputs.engine,
            1,
            no_progress,
            inputs.content,
        )

    read(DocumentCache(options.cache))
    with pytest.raises(TypeError):
        read(DocumentCache(None))


@pytest.mark.parametrize("why", ["nothing changed", "one job", "no cache"])
def test_no_process_is_started_in_vain(
    site: SmallSite, why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It pays only beside other work, and needs a cache to hand documents over."""
    options = two_jobs(site)
    if why != "nothing changed":
        site.write(briefing("b-1", "Other text."))
    if why == "one job":
        options = msgspec.structs.replace(options, jobs=1)
    if why == "no cache":
        options = msgspec.structs.replace(options, cache=None)
    monkeypatch.setattr(ahead, "forked", None)
    with work_ahead(options, Inputs(options)) as working:
        assert not list(working.documents)
        assert working.altered() is None
