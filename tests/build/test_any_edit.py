"""After any edit, the output of an incremental build is that of a clean one, byte for byte.

`python -m pytest tests/build/test_any_edit.py --hypothesis-profile thorough` tries many more edits.
"""

from __future__ import annotations

import copy
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, assume, given, note, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from dossier.content.models import KINDS, FrontMatter
from tests.conftest import THOROUGH
from tests.helpers.edits import (
    add_document,
    change_body,
    change_file,
    change_options,
    remove_document,
    rename_document,
)
from tests.helpers.field_changes import FIELDS, change_field, places
from tests.helpers.site_values import SiteValues
from tests.helpers.twin_builds import FULL_SITE, TwinBuilds, plain_writers, read_files

Field = tuple[type[FrontMatter], str]
Edit = Callable[[SiteValues], st.SearchStrategy[str]]

OTHER_EDITS: list[Edit] = [
    change_body,
    change_body,
    add_document,
    rename_document,
    remove_document,
    change_file,
    change_options,
]

FEW = settings(
    max_examples=1,
    derandomize=True,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


MANY = settings(FEW, max_examples=3, stateful_step_count=6)
if settings.get_current_profile_name() == THOROUGH:
    FEW = settings(max_examples=20, deadline=None, suppress_health_check=FEW.suppress_health_check)
    MANY = settings(FEW, max_examples=500, stateful_step_count=10)


@pytest.fixture(scope="module")
def work() -> Iterator[Path]:
    """A folder in memory, where there is such a place."""
    memory = Path("/dev/shm")
    with (
        tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder,
        plain_writers(),
    ):
        yield Path(folder)


@pytest.fixture(scope="module")
def twins(work: Path) -> TwinBuilds:
    """The site with every field, built once; each test leaves it as it was."""
    twins = TwinBuilds(work / "fields")
    assert twins.compare()
    return twins


def test_the_site_uses_every_field() -> None:
    """A new field is written somewhere in `full_site.txt`."""
    site = SiteValues(FULL_SITE)
    first = [places(site, *field)[0] for field in FIELDS]
    assert [place for place in first if place.name not in place.holder.values] == []


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: f"{field[0].__name__}.{field[1]}")
@FEW
@given(data=st.data())
def test_another_value_of_a_field(twins: TwinBuilds, field: Field, data: st.DataObject) -> None:
    """Whichever the field, with what has to agree with it."""
    with twins.undone():
        note(data.draw(change_field(twins.values, *field)))
        assume(twins.compare())


@pytest.mark.parametrize("kind", KINDS)
def test_another_text(twins: TwinBuilds, kind: str) -> None:
    """With another link, and long enough to take longer to read."""
    with twins.undone():
        document = next(iter(twins.values.of_kind(kind).values()))
        document.body += "\nIn [[context]]: " + "word " * 600 + "\n"
        assert twins.compare()
    with twins.undone():
        document = next(one for one in twins.values.of_kind(kind).values() if one.body)
        document.body = document.body.replace(".", ", to be exact.", 1)
        assert twins.compare()


class EditingASite(RuleBasedStateMachine):
    """Any edits, one after another: each build begins with what the one before it left."""

    folder: Path

    def __init__(self) -> None:
        super().__init__()
        self.twins = TwinBuilds(Path(tempfile.mkdtemp(dir=self.folder)))
        assert self.twins.compare()

    def teardown(self) -> None:
        shutil.rmtree(self.twins.site.folder)

    @rule(data=st.data(), field=st.sampled_from(FIELDS))
    def change_a_field(self, data: st.DataObject, field: Field) -> None:
        self._edit(data, lambda site: change_field(site, *field))

    @rule(data=st.data(), edit=st.sampled_from(OTHER_EDITS))
    def change_something_else(self, data: st.DataObject, edit: Edit) -> None:
        self._edit(data, edit)

    @rule(data=st.data())
    def damage_the_output(self, data: st.DataObject) -> None:
        output = self.twins.site.folder / "output"
        target = output / data.draw(st.sampled_from(sorted(read_files(output))))
        target.unlink() if data.draw(st.booleans()) else target.write_text("damaged")
        assert self.twins.compare()

    def _edit(self, data: st.DataObject, edit: Edit) -> None:
        """Edit, and undo what cannot be built."""
        before = copy.deepcopy(self.twins.values)
        note(data.draw(edit(self.twins.values)))
        if not self.twins.compare():
            self.twins.values = before


def test_any_edits(work: Path) -> None:
    """Fields, texts, files, templates and options, in any order."""
    machine = type("Machine", (EditingASite,), {"folder": work})
    run_state_machine_as_test(machine, settings=MANY)


def test_edits_of_a_site_with_its_own_templates(work: Path) -> None:
    """What a page remembers while it is rendered does not outlive it."""
    twins = TwinBuilds(work / "own", printed=False)
    assert twins.compare()
    arrival = twins.values.documents["content/briefings/2023/arrival.md"]
    arrival.values["title"] = "Another title"
    assert twins.compare()
    twins.values.files["templates/macros/parts.html"] += "{# A comment. #}\n"
    assert twins.compare()
    twins.values.options["as_of"] = "2025-06-01"
    assert twins.compare()
