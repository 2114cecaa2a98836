"""The code of templates: shorter than Jinja's own, with the same results."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment, FileSystemLoader, StrictUndefined, TemplateError
from markupsafe import Markup, escape

from dossier.render.environment import PageEnvironment
from dossier.render.generator import printed
from dossier.theme.files import Theme
from tests.helpers.smallsite import SmallSite
from tests.helpers.twin_builds import FULL_SITE


class WithHtml:
    """An object that knows its HTML."""

    def __html__(self) -> str:
        return "<i>&</i>"


@pytest.fixture
def environment(tmp_path: Path) -> PageEnvironment:
    """Templates of pages in French."""
    return PageEnvironment(Theme(tmp_path), None, str, "fr")


@pytest.mark.parametrize("value", ['<a href="\'&">', Markup("<b>&</b>"), WithHtml(), 3, None, ""])
def test_values_are_escaped_as_ever(value: object, environment: PageEnvironment) -> None:
    """Text is, what is marked safe is not; within macros and outside of them."""
    assert printed(value) == str(escape(value))
    template = "{% macro m(x) %}[{{ x }}]{% endmacro %}{{ value }}{{ m(value) }}"
    made = environment.from_string(template).render(value=value)
    assert made == f"{escape(value)}[{escape(value)}]"


@pytest.mark.parametrize(
    ("template", "made"),
    [
        ('{{ _("Briefings") }}', "Notes"),
        ('{{ _("By %(authors)s", authors="A & <b>") }}', "Par A &amp; &lt;b&gt;"),
        ('{{ _("100 %% of %(x)s", x=1) }}', "100 % of 1"),
        ('{{ ngettext("%(num)s briefing", "%(num)s briefings", 2) }}', "2 notes"),
        ('{{ ngettext("briefing", "briefings", 1)|upper }}{{ ngettext("a", "<", 2) }}', "NOTE<"),
        ('{{ ngettext("<%(num)s", "%(x)s%(num)s%%", 2, x="<") }}', "&lt;2%"),
        ('{{ ngettext("a", "%(num)s", 2, num="<") }}{{ ngettext(*["a", "b", 1]) }}', "&lt;a"),
        ("{{ dict(**{'class': 1})['class'] }}{{ dict(x=range(2)|list).x[1] }}", "11"),
        ('{{ dict(a=1, **{"b": 2}).b }}{{ "a".replace(*["a", "b"]) }}', "2b"),
        ("{% macro m() %}({{ caller() }}){% endmacro %}{% call m() %}<{% endcall %}", "(<)"),
        ("{% macro m(a, b=2, c=3) %}{{ a }}{{ b }}{{ c }}{% endmacro %}{{ m(1, c=4) }}", "124"),
        ("{% macro m(a) %}{{ a }}{{ kwargs }}{{ varargs }}{% endmacro %}{{ m(1, 2) }}", "1{}(2,)"),
        ('{{ {"a": {"b": 1}}.a.b }}{{ "x".nothing is defined }}', "1False"),
        ('{% set x = _("By %(authors)s", authors="<") %}{{ x }}{{ x|length }}', "Par &lt;8"),
        ("{% for x in [1] recursive %}{{ x }}{{ loop([]) }}{% endfor %}", "1"),
    ],
)
def test_calls_are_those_of_jinja(
    template: str, made: str, tmp_path: Path, environment: PageEnvironment
) -> None:
    """Messages with what they name, unpacked arguments, callers, words of Python, recursion."""
    (tmp_path / "page.html").write_text(template, "utf-8")
    assert environment.get_template("page.html").render() == made


@pytest.mark.parametrize("arguments", ["1, 2", "b=1", "1, a=2"])
def test_a_macro_refuses_other_arguments(arguments: str, environment: PageEnvironment) -> None:
    """Too many, unknown ones, and those that are given twice, are errors as ever."""
    template = "{% macro m(a) %}{{ a }}{% endmacro %}{{ m(" + arguments + ") }}"
    with pytest.raises(TypeError):
        environment.from_string(template).render()


class Lacking:
    """A value with a field and without one; it has items, too."""

    there = "<"

    def __getitem__(self, name: str) -> str:
        return {"item": "&"}[name]


@pytest.mark.parametrize(
    "template",
    [
        "{{ v.there }}{{ v.item }}{{ v['there'] }}{{ v['item'] }}",
        "{% set x = v.nothing %}{{ x is defined }}{{ v.nothing is undefined }}{{ v.there|lower }}",
        "{{ v.nothing|default('<') }}{{ v.nothing.more is defined }}",
        "{% macro m(x) %}{{ x|default(1) }}{% endmacro %}{{ m(v.nothing) }}{{ m(v.item) }}",
        "{{ v.nothing }}",
        "{{ v.there.nothing }}",
        "{% if v.nothing %}{% endif %}",
    ],
)
def test_attributes_are_those_of_jinja(tmp_path: Path, template: str) -> None:
    """Items serve as attributes; one that is missing may be tested, and is an error elsewhere."""
    (tmp_path / "page.html").write_text(template, "utf-8")
    quick = PageEnvironment(Theme(tmp_path), None, str, "en")
    plain = Environment(
        loader=FileSystemLoader(tmp_path), autoescape=True, undefined=StrictUndefined
    )
    for value in (Lacking(), Lacking(), {"there": "a", "item": "b"}):
        assert shown(quick, value) == shown(plain, value)


def test_pages_of_the_theme_have_all_attributes(
    small_site: Callable[[str], SmallSite], monkeypatch: pytest.MonkeyPatch
) -> None:
    """None is rendered twice, since none asks for what is missing but by a test."""
    monkeypatch.delattr(PageEnvironment, "careful")
    small_site(FULL_SITE).build()


BASE = (
    "{% set a = 1 %}<{% block x %}x{% block y scoped %}y{{ a }}{% endblock %}{% endblock %}>"
    "{% for i in [1, 2] %}{% block z scoped %}{{ i }}{% endblock %}{% endfor %}"
    "{{ self.y() }}{% set s %}{% block w %}w{% endblock %}{% endset %}{{ s|upper }}"
)


@pytest.mark.parametrize(
    "page",
    [
        '{% extends "base" %}',
        '{% extends "base" %}{% block y %}{{ super() }}+{{ super()|upper }}{% endblock %}',
        '{% extends "base" %}{% set a = 3 %}{% block z %}[{{ i }}{{ a }}]{% endblock %}lost',
        '{% if v %}{% extends "base" %}{% endif %}a{% block x %}b{% endblock %}',
        '{% if not v %}{% extends "base" %}{% endif %}a{% block x %}b{% endblock %}c',
        "a{% block x required %}{% endblock %}b",
        '{% extends "needs" %}{% block x %}b{% endblock %}',
        'a{% include "part" %}{% set b = 2 %}{% include "part" %}{{ c is defined }}',
        '{% for b in [1, 2] %}{% include "part" %},{% endfor %}',
        'a{% include "part" without context %}b{% include "none" ignore missing %}c',
        'a{% include ["none", "part"] %}{% include "part" ignore missing without context %}b',
        'a{% include "none" %}',
        '{% macro m(b) %}{% include "part" %}{% endmacro %}{{ m(4) }}{{ m(5)|upper }}',
        '{% import "macros" as m with context %}{{ m.show() }}',
        '{% from "macros" import show %}{% filter upper %}{{ show() }}{% endfilter %}',
        'a{% include "child" %}b',
        "{{ nothing }}",
        "{{ nothing.more }}{{ v|upper }}",
        "{{ nothing() }}",
        "{% if v %}{{ v|nothing }}{% endif %}",
        "{% if not v %}{{ v|nothing is nothing }}{% endif %}{{ v is string }}",
        "{% macro m() %}{{ d }}{% endmacro %}{% set d = 5 %}{{ m() }}{{ [v, d]|join }}",
    ],
)
def test_templates_are_put_together_as_jinja_does(tmp_path: Path, page: str) -> None:
    """Blocks, what they replace, includes, imports: the same text, or the same error."""
    files = {
        "base": BASE,
        "needs": "<{% block x required %}{% endblock %}>",
        "part": "({{ v is defined }}{{ b is defined and b }}{% set c = 1 %}{{ v|default('<') }})",
        "child": '{% extends "base" %}{% block x %}{{ v }}{% endblock %}',
        "macros": "{% macro show() %}{{ v is defined }}{% endmacro %}",
        "page": page,
    }
    files = {f"{name}.html": re.sub('"([a-z]+)"', r'"\1.html"', t) for name, t in files.items()}
    for name, text in files.items():
        (tmp_path / name).write_text(text, "utf-8")
    plain = Environment(loader=DictLoader(files), autoescape=True, undefined=StrictUndefined)
    assert shown(PageEnvironment(Theme(tmp_path), None, str, "en")) == shown(plain)


def shown(environment: Environment, value: object = "&") -> str:
    """What a page looks like; the kind of its error where there is one."""
    try:
        return environment.get_template("page.html").render(v=value)
    except (TemplateError, TypeError) as error:
        return f"{type(error).__name__}: {error}"


def test_compiled_templates_know_no_language(tmp_path: Path) -> None:
    """What one language compiled, another renders with its own texts, dates and numbers."""
    site, compiled = tmp_path / "site", tmp_path / "compiled"
    site.mkdir()
    compiled.mkdir()
    page = '{{ _("Briefings") }} {{ "2024"|time }} {{ "1234.5"|number }}'
    (site / "page.html").write_text(page, "utf-8")
    made = [
        PageEnvironment(Theme(site), compiled, str, lang).get_template("page.html").render()
        for lang in ("en", "fr")
    ]
    year = '<time datetime="2024">2024</time>'
    assert made == [f"Briefings {year} 1,234.5", f"Notes {year} 1\u202f234,5"]
    assert len(list(compiled.iterdir())) == 1


def test_macros_of_one_name_are_told_apart(environment: PageEnvironment) -> None:
    """`once` knows a macro by its code; and a view by its identity."""
    first, second = (
        environment.from_string("{% macro m(a) %}" + sign + "{{ a }}{% endmacro %}{{ once(m, 1) }}")
        for sign in "ab"
    )
    assert [one.render() for one in (first, second, first)] == ["a1", "b1", "a1"]
