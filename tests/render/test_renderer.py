"""Rendering: templates see the view and nothing else, and their errors have a place."""

from __future__ import annotations

import gc
import re
from collections.abc import Callable
from pathlib import Path

import jinja2
import jinja2.meta
import pytest

from dossier.language.formatting import format_date, format_number, language_name
from dossier.pages import builders  # noqa: F401 - brings every view
from dossier.problems import ProblemError
from dossier.render.csp import without_policy
from dossier.render.renderer import Renderer
from dossier.views.parts import TemplateView
from tests.helpers.plans import plan_of, view_at
from tests.helpers.smallsite import ENTITIES, ROOT, SmallSite, briefing
from tests.helpers.templates import same_pages

Make = Callable[[str], SmallSite]
TEMPLATES = ROOT / "templates"
PAGES = sorted((TEMPLATES / "pages").glob("*.html"))
ALL_TEMPLATES = sorted(TEMPLATES.rglob("*.html"))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_page_template_names_its_view(path: Path) -> None:
    """Its first line is the name of the view, and the view's docstring the name of the template."""
    first = path.read_text("utf-8").splitlines()[0]
    name = re.fullmatch(r"\{# (\w+) #\}", first)
    assert name, first
    (view,) = (one for one in TemplateView.__subclasses__() if one.__name__ == name[1])
    assert (view.__doc__ or "").startswith(f"pages/{path.name}:")


def test_every_view_has_its_template() -> None:
    """One template for each view that a page is made from."""
    classes = TemplateView.__subclasses__()
    assert sorted(str(cls.__doc__).split(":")[0] for cls in classes) == [
        f"pages/{path.name}" for path in PAGES
    ]


@pytest.mark.parametrize("path", ALL_TEMPLATES, ids=lambda p: p.relative_to(TEMPLATES).as_posix())
def test_a_template_is_simple(path: Path) -> None:
    """Names of templates are constant, nothing is sorted; only bodies and JSON-LD are safe."""
    text = path.read_text("utf-8")
    tree = jinja2.Environment(extensions=["jinja2.ext.i18n"]).parse(text)
    assert None not in jinja2.meta.find_referenced_templates(tree)
    filters = {node.name for node in tree.find_all(jinja2.nodes.Filter)}
    assert filters <= {
        *("time", "date", "number", "quoted", "language_name", "dir", "locale"),
        *("safe", "length", "join"),
    }
    safe = {"view.html", "head.structured_data", "brand.footer"}
    assert set(re.findall(r"([\w.]+)\s*\|\s*safe", text)) <= safe


def test_a_field_that_a_view_does_not_have_is_an_error_with_its_line(small_site: Make) -> None:
    """The problem has the template's own path and line; nothing is published."""
    site = small_site(same_pages("<p>\n{{ view.head.titel }}\n</p>"))
    problem = site.problems()[0]
    assert problem.path.startswith(f"{site.folder.as_posix()}/templates/pages/")
    assert (problem.line, problem.source) == (2, "{{ view.head.titel }}")
    assert "titel" in problem.message
    assert site.output() == {}


def test_a_syntax_error_of_a_template_has_its_line(small_site: Make) -> None:
    """So does a tag that is not closed."""
    problem = small_site(same_pages("\n{% if view %}\n")).problems()[0]
    assert problem.path.endswith(".html")
    assert problem.line >= 2
    assert "endif" in problem.message


def test_an_error_in_a_macro_names_the_file_of_the_macro(small_site: Make) -> None:
    """Not the page that called it."""
    macro = "-- templates/m.html --\n{% macro m(x) %}\n\n{{ x.nope }}\n{% endmacro %}\n"
    page = '{% import "m.html" as m %}{{ m.m(view.head) }}'
    problem = small_site(same_pages(page) + macro).problems()[0]
    assert (problem.path.rsplit("/", 1)[1], problem.line) == ("m.html", 3)


def test_a_missing_template_is_a_problem(small_site: Make) -> None:
    """It is named."""
    site = small_site('-- templates/pages/home.html --\n{% include "nothing.html" %}\n')
    assert "is missing" in site.problems()[0].message


def test_a_template_included_by_a_variable_is_a_problem(small_site: Make) -> None:
    """What a page is made from must be known without rendering it."""
    site = small_site(same_pages("{% include view.head.title %}"))
    assert {problem.message for problem in site.problems()} == {"a template included by a variable"}


def test_markup_in_data_is_text(small_site: Make) -> None:
    """Titles, summaries and names are data: HTML in them is shown, never obeyed."""
    evil = "<script>alert(1)</script>"
    site = small_site(
        ENTITIES.replace("name: TikTok", f'name: "{evil}"')
        + briefing("a", title=f'"{evil}"', summary=f'"{evil} & co"', companies="[tiktok]")
    )
    site.build()
    for path, data in site.output().items():
        if not path.endswith(".json"):  # JSON has no markup: what is text there stays as it is
            assert evil.encode() not in data, path
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in site.read("briefings/a/index.html")


def test_template_syntax_in_a_briefing_stays_as_it_is_written(small_site: Make) -> None:
    """`{{ 7*7 }}` is text, in the body and in the title."""
    site = small_site(briefing("a", "{{ 7*7 }} {% if %}", title='"{{ 7*7 }}"'))
    site.build()
    page = without_policy(site.read("briefings/a/index.html"))
    assert "{{ 7*7 }} {% if %}" in page
    assert "49" not in page


def test_a_french_briefing_is_french(small_site: Make) -> None:
    """Its language, dates, typography and interface."""
    site = small_site(briefing("a", "Pourquoi ? Parce que.", lang="fr", date="2022-07-01"))
    site.build()
    page = site.read("fr/briefings/a/index.html")
    assert '<html lang="fr"' in page
    assert "1er juillet 2022" in page
    assert "Pourquoi\u202f?" in page
    assert "L’essentiel" in page


@pytest.mark.parametrize(
    ("iso", "lang", "text"),
    [
        ("2022", "en", "2022"),
        ("2022-07", "en", "July 2022"),
        ("2022-07", "fr", "juillet 2022"),
        ("2022-07-05", "en", "July 5, 2022"),
        ("2022-07-05", "en-GB", "5 July 2022"),
        ("2022-07-05T09:30:00", "fr", "5 juillet 2022"),
        ("2022-07-01", "fr", "1er juillet 2022"),
        ("2022-07-11", "fr", "11 juillet 2022"),
    ],
)
def test_a_date_is_printed_with_the_precision_that_it_has(iso: str, lang: str, text: str) -> None:
    """Never more than is known."""
    assert format_date(iso, lang) == text


@pytest.mark.parametrize(
    ("value", "lang", "text"),
    [
        ("1500000", "en", "1,500,000"),
        ("1500000", "fr", "1\u202f500\u202f000"),
        ("7.50", "en", "7.50"),
        ("7.5", "fr", "7,5"),
        ("-0.125", "en", "-0.125"),
    ],
)
def test_a_number_keeps_its_digits(value: str, lang: str, text: str) -> None:
    """Separators are the language's; what was written is neither rounded nor padded."""
    assert format_number(value, lang) == text


def test_a_language_is_called_as_it_calls_itself() -> None:
    """By CLDR."""
    assert (language_name("fr"), language_name("en-GB")) == ("français", "English")


@pytest.mark.parametrize(
    ("templates", "said"),
    [
        (
            {
                "partials/footer.html": '{% include "partials/a.html" %}',
                "partials/a.html": '{% include "partials/footer.html" %}',
            },
            "templates include each other: ",
        ),
        (
            {"partials/footer.html": '{% include "partials/nothere.html" %}'},
            "the template 'partials/nothere.html' is missing",
        ),
    ],
)
def test_templates_that_cannot_be_put_together_are_named(
    small_site: Callable[[str], SmallSite], templates: dict[str, str], said: str
) -> None:
    """With their own path and line; neither a traceback nor a build without end."""
    site = small_site(
        "".join(f"-- templates/{path} --\n{text}\n" for path, text in templates.items())
    )
    with pytest.raises(ProblemError) as caught:
        site.build()
    problem = caught.value.problems[0]
    assert problem.message.startswith(said)
    assert "templates/partials/" in problem.path
    assert problem.line == 1


def test_a_template_that_is_not_utf_8_is_an_error(small_site: Callable[[str], SmallSite]) -> None:
    """With the place of the first byte that cannot be read."""
    site = small_site("")
    path = site.folder / "templates/pages/home.html"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"one\ntwo \xff")
    with pytest.raises(ProblemError) as caught:
        site.build()
    problem = caught.value.problems[0]
    assert (problem.message, problem.line, problem.column) == (
        "this character is not UTF-8 text",
        2,
        5,
    )


@pytest.mark.parametrize("file", ["briefings/a/index.html", "companies/tiktok/index.html"])
def test_a_page_leaves_nothing_that_only_the_garbage_collector_frees(
    small_site: Make, file: str
) -> None:
    """It hardly ever runs during a build: to look for garbage takes longer than to free it."""
    plan = plan_of(small_site(ENTITIES + briefing("a", companies="[tiktok]")))
    page = plan.outputs[file]
    renderer = Renderer(TEMPLATES)

    def render() -> None:
        renderer.render(page.template, view_at(plan, file))

    render()  # which loads templates
    gc.collect()
    render()
    assert gc.collect() == 0
