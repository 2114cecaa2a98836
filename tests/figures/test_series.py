"""Figures: one series for what measures the same, newer values and contradictions told."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.content.value_types import is_after
from dossier.figures.chart import HEIGHT, MARGIN, WIDTH, series_chart
from dossier.figures.series import build_series
from dossier.figures.units import agree, base_unit
from dossier.figures.views import PublishedFigure
from dossier.pages.views import BriefingView, CompanyView, RegionView
from dossier.planning import plan as planning
from dossier.render.tables import csv_text, json_text
from dossier.views.files import TableView, Value
from tests.helpers.plans import view_at, view_of
from tests.helpers.smallsite import ENTITIES, ROOT, SmallSite, briefing, parse

Make = Callable[[str], SmallSite]

SOURCES = "[{id: s, title: The source, publisher: The Wire, url: 'https://wire.example/1'}]"


def figure(value: str, as_of: str, label: str = "Users", unit: str = "people", **more: str) -> str:
    """A figure as YAML, of TikTok unless said otherwise."""
    fields = {"label": label, "value": value, "unit": unit, "as_of": f"'{as_of}'", "source": "s"}
    fields |= {"company": "tiktok"} | more
    return "{" + ", ".join(f"{name}: {text}" for name, text in fields.items()) + "}"


def telling(id_: str, *figures: str, date: str = "2022-07-07", **fields: object) -> str:
    """A briefing that tells some figures."""
    return briefing(id_, date=date, sources=SOURCES, figures=f"[{', '.join(figures)}]", **fields)


def company(site: SmallSite, id_: str = "tiktok") -> CompanyView:
    """The view of a company's page."""
    view = view_of(site, f"companies/{id_}/index.html")
    assert isinstance(view, CompanyView)
    return view


def page(site: SmallSite, id_: str) -> BriefingView:
    """The view of a briefing's page."""
    blueprint = planning.plan(site.options)
    (output,) = (p for p in blueprint.pages if p.builder == "briefing" and p.id == id_)
    view = view_at(blueprint, output.file)
    assert isinstance(view, BriefingView)
    return view


def told(site: SmallSite) -> list[list[tuple[str, str]]]:
    """The series on TikTok's page, each as dates and values."""
    return [
        [(o.as_of, f"{o.value} {o.unit}") for o in s.observations] for s in company(site).series
    ]


def test_the_same_measure_at_several_dates_is_a_series(small_site: Make) -> None:
    """Newest date first, whatever briefing tells it; case, accents and powers of ten aside."""
    site = small_site(
        ENTITIES
        + telling("a", figure("732", "2020", unit="million people"))
        + telling("b", figure("1", "2021-09-27", "USERS", "billion people"), date="2021-10-01")
    )
    assert told(site) == [[("2021-09-27", "1 billion people"), ("2020", "732 million people")]]


@pytest.mark.parametrize(
    "other",
    [
        figure("2", "2021", "Sellers"),
        figure("2", "2021", unit="accounts"),
        figure("2", "2021", region="FR"),
        figure("2", "2021", company="twitch"),
    ],
    ids=["label", "unit", "region", "company"],
)
def test_another_measure_is_another_series(small_site: Make, other: str) -> None:
    """A measure is a label and a unit, of a company, in a region."""
    site = small_site(ENTITIES + telling("a", figure("1", "2020"), other))
    series = build_series(site.resolve()[0]).by_place
    assert series["a", 0][0] is not series["a", 1][0]


def test_a_figure_that_two_briefings_tell_is_one_row(small_site: Make) -> None:
    """With the source of each."""
    site = small_site(
        ENTITIES
        + telling("a", figure("1000", "2021", unit="million people"))
        + telling("b", figure("1", "2021", unit="billion people"), date="2022-07-08")
    )
    (series,) = company(site).series
    (row,) = series.observations
    assert [one.briefing.path for one in row.mentions] == ["briefings/b/", "briefings/a/"]
    assert site.problems() == []


def test_a_qualifier_is_kept(small_site: Make) -> None:
    """`about 40` is not 40: it has a row of its own, with its qualifier."""
    site = small_site(
        ENTITIES + telling("a", figure("40", "2021"), figure("40", "2021", qualifier="about"))
    )
    (series,) = company(site).series
    assert [row.qualifier for row in series.observations] == ["", "about"]
    site.build()
    assert "<small>about</small> 40" in site.read("companies/tiktok/index.html")


def test_an_older_figure_leads_to_the_newer_one(small_site: Make) -> None:
    """On its briefing's page, in the words of the newer one; the newest leads nowhere."""
    site = small_site(
        ENTITIES
        + telling("old", figure("732", "2020", unit="million people"))
        + telling("new", figure("5", "2019"), figure("1", "2021-09", unit="billion people"))
    )
    (row,) = page(site, "old").figures
    assert row.newer is not None
    assert (row.newer.path, row.newer.anchor) == ("briefings/new/", "figure:2")
    assert page(site, "new").figures[1].newer is None
    site.build()
    html = site.read("briefings/old/index.html")
    assert re.search(
        r'Newer: <a href="\.\./\.\./briefings/new/#figure:2">1 billion people</a>', html
    )


def test_a_newer_figure_on_the_same_page_is_linked_within_it(small_site: Make) -> None:
    """By its anchor alone."""
    site = small_site(ENTITIES + telling("a", figure("1", "2020"), figure("2", "2021")))
    site.build()
    assert '<a href="#figure:2">2 people</a>' in site.read("briefings/a/index.html")


@pytest.mark.parametrize(
    ("date", "other", "after"),
    [
        ("2021", "2020", True),
        ("2021-09-27", "2021", False),
        ("2021", "2021-09-27", False),
        ("2022", "2021-12-31", True),
        ("2021-10", "2021-09-30", True),
        ("2021-09-30", "2021-09", False),
        ("2021", "2021", False),
    ],
)
def test_a_date_within_another_is_not_after_it(date: str, other: str, after: bool) -> None:
    """What may be the same day is not newer."""
    assert is_after(date, other) == after


def test_values_that_exclude_each_other_are_shown_and_warned_of(small_site: Make) -> None:
    """At the newer briefing's or the first figure's place, once, with the other file."""
    site = small_site(
        ENTITIES
        + telling("a", figure("1", "2021"), date="2021-01-01")
        + telling("b", figure("2", "2021"), date="2022-01-01")
    )
    (problem,) = site.problems()
    assert (problem.path, problem.line, problem.severity) == ("briefings/a.md", 6, "warning")
    assert (
        problem.message == "'Users' as of 2021 has another value too: 2 people in 'briefings/b.md'"
    )
    assert "different labels" in problem.hint
    (series,) = company(site).series
    assert [row.contested for row in series.observations] == [True, True]
    (rival,) = page(site, "a").figures[0].rivals
    assert rival.path == "briefings/b/"
    site.build()
    assert "Contradicted for the same date:" in site.read("briefings/b/index.html")
    assert "Contradicted by another value" in site.read("companies/tiktok/index.html")


def test_a_superseded_briefing_is_not_warned_of(small_site: Make) -> None:
    """It stays as it was written; readers see both values."""
    site = small_site(
        ENTITIES
        + telling("a", figure("1", "2021"), status="superseded", superseded_by="[b]")
        + telling("b", figure("2", "2021"), date="2022-08-01")
    )
    assert site.problems() == []
    assert page(site, "b").figures[0].rivals


def test_a_withdrawn_briefing_tells_nothing(small_site: Make) -> None:
    """Its own page still has its figures; no other page does."""
    withdrawn = "{date: 2022-08-01, reason: Wrong.}"
    site = small_site(
        ENTITIES
        + telling("a", figure("1", "2020"))
        + telling("b", figure("2", "2021"), status="withdrawn", withdrawn=withdrawn)
    )
    assert told(site) == [[("2020", "1 people")]]
    assert page(site, "a").figures[0].newer is None
    assert len(page(site, "b").figures) == 1


@pytest.mark.parametrize(
    ("one", "other", "both"),
    [
        ("20", "20", True),
        ("20", "21", False),
        ("at least 20", "25", True),
        ("at least 20", "20", True),
        ("more than 20", "20", False),
        ("up to 20", "20", True),
        ("less than 20", "20", False),
        ("less than 20", "at least 20", False),
        ("more than 10", "less than 5", False),
        ("about 40", "43", True),
        ("about 40", "45", False),
        ("about -40", "-43", True),
    ],
)
def test_values_contradict_only_where_both_cannot_be_right(
    one: str, other: str, both: bool
) -> None:
    """A qualifier leaves room; `about` leaves a tenth."""

    def parsed(text: str) -> tuple[Decimal, str]:
        how, _, number = text.rpartition(" ")
        return Decimal(number), how

    assert agree(*parsed(one), *parsed(other)) == both
    assert agree(*parsed(other), *parsed(one)) == both


HOW = st.sampled_from(["", "about", "at least", "more than", "up to", "less than"])
NUMBERS = st.decimals(-1000, 1000, places=1)


@given(NUMBERS, HOW, NUMBERS, HOW)
def test_agreement_has_no_direction(one: Decimal, how: str, other: Decimal, other_how: str) -> None:
    """And an exact value agrees with itself alone among the exact ones."""
    assert agree(one, how, other, other_how) == agree(other, other_how, one, how)
    assert agree(one, "", other, "") == (one == other)


@pytest.mark.parametrize(
    ("unit", "lang", "expected"),
    [
        ("million people", "en", (10**6, "people")),
        ("billion US dollars", "en-GB", (10**9, "US dollars")),
        ("people", "en", (1, "people")),
        ("% a year", "en", (1, "% a year")),
        ("millions d'abonnés", "fr", (10**6, "abonnés")),
        ("milliard de personnes", "fr", (10**9, "personnes")),
        ("billions d’euros", "fr", (10**12, "euros")),
        ("billion", "en", (10**9, "")),
        ("Million Einwohner", "de", (1, "Million Einwohner")),
    ],
)
def test_a_unit_may_begin_with_a_power_of_ten(
    unit: str, lang: str, expected: tuple[int, str]
) -> None:
    """In English and in French; in other languages a unit is what it is."""
    assert base_unit(unit, lang) == expected


@pytest.mark.parametrize("missing", ["as_of", "source"])
def test_a_figure_has_a_date_and_a_source(missing: str) -> None:
    """Without one of them it is an error."""
    text = re.sub(rf", {missing}: '?\w+'?", "", figure("1", "2021"))
    _, problems = parse(f"---\ntitle: A\ndate: 2022-01-01\nsummary: S.\nfigures: [{text}]\n---\n")
    assert [(p.line, p.severity) for p in problems if missing in p.message] == [(5, "error")]


def test_a_translation_tells_nothing_anew(small_site: Make) -> None:
    """Its figures stand for those of the original, and lead to newer ones in its own language."""
    french = {"lang": "fr", "date": "2022-07-07"}
    site = small_site(
        ENTITIES
        + telling("a", figure("1", "2020", unit="million people"))
        + telling("b", figure("2", "2021", unit="million people"))
        + telling(
            "a-fr",
            figure("1", "2020", "Utilisateurs", "million de personnes"),
            translation_of="a",
            **french,
        )
        + telling(
            "b-fr",
            figure("2", "2021", "Utilisateurs", "millions de personnes"),
            translation_of="b",
            **french,
        )
    )
    assert told(site) == [[("2021", "2 million people"), ("2020", "1 million people")]]
    newer = page(site, "a-fr").figures[0].newer
    assert newer is not None
    assert (newer.path, newer.unit, newer.lang) == (
        "fr/briefings/b-fr/",
        "millions de personnes",
        "",
    )


def test_a_translation_that_tells_otherwise_is_passed_over(small_site: Make) -> None:
    """Its own figure leads nowhere, and others lead to the original."""
    site = small_site(
        ENTITIES
        + telling("a", figure("1", "2020"))
        + telling("b", figure("2", "2021"))
        + telling("a-fr", figure("1", "2019"), lang="fr", translation_of="a")
        + telling("c-fr", figure("1", "2020"), lang="fr", date="2022-07-06")
        + briefing("b-fr", lang="fr", translation_of="b")
    )
    assert page(site, "a-fr").figures[0].newer is None
    newer = page(site, "c-fr").figures[0].newer
    assert newer is not None
    assert (newer.path, newer.lang) == ("briefings/b/", "en")


def test_a_region_has_the_series_of_what_lies_in_it(small_site: Make) -> None:
    """As it has their briefings."""
    site = small_site(
        ENTITIES + telling("a", figure("1", "2020", region="FR"), figure("2", "2021", region="FR"))
    )
    view = view_of(site, "regions/europe/index.html")
    assert isinstance(view, RegionView)
    (series,) = view.series
    assert [row.as_of for row in series.observations] == ["2021", "2020"]


def test_a_long_series_ends_where_the_download_goes_on(small_site: Make) -> None:
    """And it says how much it leaves out."""
    years = [figure(str(n), str(1990 + n)) for n in range(30)]
    site = small_site(ENTITIES + telling("a", *years))
    (series,) = company(site).series
    assert (len(series.observations), series.left_out) == (24, 6)
    site.build()
    assert "6 older values are in the download" in site.read("companies/tiktok/index.html")
    assert len(json.loads(site.read("figures.json"))["figures"]) == 30


def test_a_chart_is_to_scale_from_zero() -> None:
    """A value twice as large stands twice as high, and a year is as wide as a year."""
    years = [("2018", 5, True), ("2019", 5, True), ("2020", 8, True), ("2021", 10, False)]
    chart = series_chart([(year, Decimal(value), exact) for year, value, exact in years])
    assert chart is not None
    first, _, _, last = chart.marks
    assert chart.zero - last.y == 2 * (chart.zero - first.y) == HEIGHT - 2 * MARGIN
    assert (first.x, last.x + last.width) == (MARGIN, WIDTH - MARGIN)
    assert abs(first.width - last.width) <= 2
    assert (first.exact, last.exact) == (True, False)
    assert chart.rough


def test_a_value_holds_until_the_next_one() -> None:
    """The line goes in steps: nothing is known of what lies between two counts."""
    days = [f"2022-0{n}-01" for n in range(1, 5)]
    chart = series_chart([(day, Decimal(n), True) for n, day in enumerate(days, 1)])
    assert chart is not None
    points = [tuple(map(int, point.split(","))) for point in chart.way.split()]
    assert all(a[0] == b[0] or a[1] == b[1] for a, b in pairwise(points))
    assert not chart.rough


def test_few_dates_make_no_chart() -> None:
    """A number and the one before it say as much; two values for a date are one."""
    years = ["2019", "2020", "2021", "2021"]
    assert series_chart([(year, Decimal(n), True) for n, year in enumerate(years)]) is None


DATES = st.dates().map(str) | st.integers(1000, 9998).map(str)


@given(st.lists(st.tuples(DATES, NUMBERS, st.booleans()), min_size=1, max_size=8))
def test_a_chart_stays_within_its_frame(points: list[tuple[str, Decimal, bool]]) -> None:
    """Whatever the dates and the values are, negative ones too."""
    chart = series_chart(points)
    for mark in chart.marks if chart else ():
        assert MARGIN <= mark.x <= mark.x + mark.width <= WIDTH - MARGIN
        assert MARGIN <= mark.y <= HEIGHT - MARGIN


def test_the_table_is_the_text_of_the_chart(small_site: Make) -> None:
    """Those who do not see the drawing read the same values; it is hidden from them."""
    dated = [("1", "2019"), ("2", "2020"), ("3", "2021"), ("20000", "2021-09")]
    site = small_site(ENTITIES + telling("a", *(figure(*one) for one in dated)))
    site.build()
    html = site.read("companies/tiktok/index.html")
    assert re.search(r'<div class="chart" aria-hidden="true">\s*<svg', html)
    table = html[html.index('<table class="observations">') :]
    assert '<time datetime="2021-09">September 2021</time>' in table
    assert "20,000" in table


def test_a_number_of_few_dates_stands_beside_the_one_before(small_site: Make) -> None:
    """In the place of a drawing."""
    site = small_site(ENTITIES + telling("a", figure("1", "2020"), figure("20000", "2021-09")))
    site.build()
    html = site.read("companies/tiktok/index.html")
    assert 'class="chart"' not in html
    assert re.search(r"Before: 1 <small>.*?</small> \(<time[^>]*>2020</time>\)", html)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"unsourced": "true"}, '<span class="tag">unsourced</span>'),
        ({"as_of": "2030"}, "forecast for"),
    ],
)
def test_what_weakens_a_number_stands_at_it(
    small_site: Make, fields: dict[str, str], said: str
) -> None:
    """On the briefing's page and on those of its subjects."""
    values = {"value": "1", "as_of": "2020"} | fields
    site = small_site(ENTITIES + telling("a", figure(**values)))
    site.build()
    for page in ("briefings/a", "companies/tiktok"):
        assert said in site.read(f"{page}/index.html"), page


def test_a_number_of_a_superseded_briefing_says_so(small_site: Make) -> None:
    """Where none is newer."""
    old = telling("a", figure("1", "2020"), status="superseded", superseded_by="[b]")
    site = small_site(ENTITIES + old + briefing("b", date="2023-01-01"))
    site.build()
    assert '<span class="tag">superseded</span>' in site.read("companies/tiktok/index.html")


def rows_of(site: SmallSite) -> list[dict[str, str]]:
    """figures.csv, read back."""
    return list(
        csv.DictReader(io.StringIO(site.read("figures.csv").removeprefix("\ufeff"), newline=""))
    )


def test_the_downloads_have_every_figure(small_site: Make) -> None:
    """Also those of a withdrawn briefing, with how it stands; of translations none."""
    withdrawn = "{date: 2022-08-01, reason: Wrong.}"
    site = small_site(
        ENTITIES
        + telling("a", figure("0.50", "2020", unit="billion people", qualifier="about"))
        + telling("b", figure("2", "2021"), status="withdrawn", withdrawn=withdrawn)
        + telling("c", figure("2", "2021"), lang="fr", translation_of="b")
    )
    site.build()
    first, second = rows_of(site)
    assert (first["as_of"], first["briefing_status"]) == ("2021", "withdrawn")
    assert (second["value"], second["unit"], second["qualifier"]) == (
        "0.50",
        "billion people",
        "about",
    )
    assert Decimal(second["amount"]) == 500_000_000
    assert second["briefing"] == "https://example.org/site/briefings/a/"
    assert [row["as_of"] for row in json.loads(site.read("figures.json"))["figures"]] == [
        "2021",
        "2020",
    ]


def test_the_columns_are_documented() -> None:
    """In their order, in a table of the documentation."""
    text = (ROOT / "docs/figures-and-judgements.md").read_text("utf-8")
    documented = re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE)
    assert tuple(documented) == PublishedFigure.__struct_fields__


CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"))


@given(st.lists(st.tuples(CELLS, CELLS), max_size=5))
def test_a_csv_is_read_back_and_runs_nothing(rows: list[tuple[str, str]]) -> None:
    """Lines end as RFC 4180 says, and no text begins as a formula does."""
    text = csv_text(table(("one", "two"), *rows))
    assert text.endswith("\r\n")
    header, *found = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    assert header == ["one", "two"]
    for read, written in zip(found, rows, strict=True):
        for cell, given_ in zip(read, written, strict=True):
            assert cell in (given_, f"'{given_}")
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))


def table(columns: tuple[str, ...], *rows: tuple[Value, ...]) -> TableView:
    """A table for programs."""
    return TableView(form="csv", name="rows", columns=columns, rows=rows)


def test_numbers_are_numbers() -> None:
    """A negative one is no formula, and JSON has it without quotes."""
    assert csv_text(table(("n",), (Decimal("-1.50"),))) == "\ufeffn\r\n-1.50\r\n"
    assert json.loads(json_text(table(("n",), (Decimal("-1.50"),)))) == {"rows": [{"n": -1.5}]}


def test_the_front_page_has_the_newest_value(small_site: Make) -> None:
    """Also where the latest briefing tells an older one; each series once."""
    site = small_site(
        ENTITIES
        + telling("new", figure("2", "2021"), date="2022-01-01")
        + telling("old", figure("1", "2020"), figure("1", "2019"), date="2022-02-02")
    )
    (series,) = view_of(site, "index.html").figures
    assert [row.as_of for row in series.observations] == ["2021"]


def test_the_markdown_of_a_briefing_says_what_is_newer(small_site: Make) -> None:
    """As its page does, and what contradicts it."""
    site = small_site(
        ENTITIES
        + telling("a", figure("1", "2020"), figure("2", "2020"), figure("30000", "2021"))
        + briefing("b")
    )
    site.build()
    text = site.read("briefings/a/a.markdown")
    assert "Newer: 30,000 people, as of 2021." in text
    assert "Contradicted for the same date: 2 people." in text


def test_what_is_shown_of_a_figure_elsewhere_follows_it(small_site: Make) -> None:
    """A newer value reaches the older one's page and the company's, and nothing else is made."""
    old = telling("old", figure("1", "2020"), date="2022-01-01")
    site = small_site(ENTITIES + old + telling("new", figure("2", "2021")) + briefing("x"))
    site.build()
    before = site.output()
    site.write(telling("new", figure("3", "2021")))
    report = site.build()
    after = site.output()
    assert {path for path in after if before[path] != after[path]} == {
        "briefings/new/index.html",
        "briefings/new/new.markdown",
        "briefings/old/index.html",
        "briefings/old/old.markdown",
        "companies/tiktok/index.html",
        "figures.csv",
        "figures.json",
        "index.html",
    }
    assert report.rendered == 4
    site.build(force=True)
    assert site.output() == after
