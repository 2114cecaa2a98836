"""Every value that readers see has a label, and a place in every order of its kind."""

from __future__ import annotations

from types import ModuleType
from typing import Any, Literal, get_args, get_origin

import pytest

from dossier.content import models
from dossier.content.models import Stage
from dossier.figures.rows import Badge
from dossier.figures.views import PublishedFigure
from dossier.history import events
from dossier.history.events import Happening
from dossier.judgements import page, scoring
from dossier.judgements.scoring import JudgementStatus
from dossier.language.labels import EVENT_COUNTS, LABELS, SIGNS, Vocabulary, label, status_mark
from dossier.market import matrix, model
from dossier.market.tables import COLUMNS as MARKET_COLUMNS
from dossier.render.environment import PageEnvironment
from dossier.site import status
from dossier.site.status import BriefingStatus
from dossier.theme.files import Theme
from tests.helpers.smallsite import ROOT

LABELLED: dict[Vocabulary, Any] = {
    "status": BriefingStatus,
    "event": Happening,
    "stage": Stage,
    "basis": models.Basis,
    "likelihood": models.Likelihood,
    "confidence": models.Confidence,
    "reliability": models.Reliability,
    "qualifier": models.Qualifier,
    "judgement_status": JudgementStatus,
    "judgement_status_meaning": JudgementStatus,
    "badge": Badge,
    "column": Literal[tuple({*MARKET_COLUMNS, *PublishedFigure.__struct_fields__, "licence"})],  # type: ignore[valid-type]
    "meaning": Literal[models.Reliability, models.Basis, models.Confidence, "likelihood"],
}
PART_OF = {models.Status: BriefingStatus, models.ChangeKind: Happening}
"""Types that authors write, by the wider type that readers see."""
UNSEEN = [models.Kind]

ORDERS: dict[str, tuple[Any, Any]] = {
    "the lifecycle": (model.LIFECYCLE, Stage),
    "the map": (matrix.FURTHEST, Stage),
    "the tally": (page.TALLIED, JudgementStatus),
    "the record": (scoring.JUDGEMENT_STATUSES, JudgementStatus),
    "the ladder": (scoring.LIKELIHOOD_BANDS, models.Likelihood),
    "a day's events": (events._ORDER, Happening),
}


@pytest.mark.parametrize("vocabulary", get_args(Vocabulary))
def test_every_value_has_a_label(vocabulary: Vocabulary) -> None:
    """The table and the types that it is for have the same values."""
    values = set(get_args(LABELLED[vocabulary]))
    assert set(LABELS[vocabulary]) == values
    assert set(SIGNS.get(vocabulary, values)) == values


@pytest.mark.parametrize("module", [models, events, scoring, status], ids=lambda m: m.__name__)
def test_no_type_is_forgotten(module: ModuleType) -> None:
    """Whoever adds a type of values says what readers see of it."""
    found = [value for value in vars(module).values() if get_origin(value) is Literal]
    assert found
    for one in found:
        assert one in [*LABELLED.values(), *PART_OF, *UNSEEN], one


def test_what_authors_write_is_among_what_readers_see() -> None:
    """A status is worked out, and a change is an event: both have all values of front matter."""
    for written, seen in PART_OF.items():
        assert set(get_args(written)) <= set(get_args(seen))


def test_what_can_happen_to_a_published_briefing_is_counted() -> None:
    """Publication itself is no change."""
    assert set(EVENT_COUNTS) == set(get_args(Happening)) - {"new"}


@pytest.mark.parametrize(("order", "values"), ORDERS.values(), ids=ORDERS)
def test_no_value_is_missing_from_an_order(order: Any, values: Any) -> None:
    """Each has its place, once."""
    assert sorted(order) == sorted(get_args(values))


def test_every_stage_has_a_shape() -> None:
    """In the drawing of a timeline, which shows no two of the later ones alike."""
    environment = PageEnvironment(Theme(ROOT / "templates"), None, str, "en")
    macros: Any = environment.get_template("macros/market.html")
    shapes = {stage: str(macros.module.shape(stage)).strip() for stage in get_args(Stage)}
    assert all(shapes.values())
    assert len(set(shapes.values())) == len(shapes) - 1  # a plan, announced or not, is one shape


def test_a_label_is_in_the_language_of_its_page() -> None:
    """English where there is no catalogue; a current briefing needs no mark."""
    assert label("en", "stage", "shelved") == "plan shelved"
    assert label("de", "basis", "official") == "official"
    assert label("fr", "basis", "official") == "officiel"
    assert (status_mark("fr", "current"), status_mark("fr", "draft")) == ("", "Brouillon")
