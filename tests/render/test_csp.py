"""The Content-Security-Policy: in every page, and no wider than what its template includes."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.render.csp import (
    allow,
    combine,
    declared,
    inline_elements,
    inline_text,
    parse_policy,
    relaxed,
    with_data,
    with_policy,
    without_policy,
)
from tests.helpers.smallsite import ENTITIES, SmallSite, briefing
from tests.helpers.templates import same_pages

Make = Callable[[str], SmallSite]
_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')
_INLINE = re.compile(r"<(script|style)([^>]*)>(.*?)</\1>", re.DOTALL)


def hash_of(text: str) -> str:
    """The source expression that allows a text."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def test_every_page_has_a_policy_that_allows_its_own_styles_and_scripts(small_site: Make) -> None:
    """And nothing by a wildcard, a host or `unsafe-inline`."""
    site = small_site(ENTITIES + briefing("a", aliases="[/old/]", companies="[tiktok]"))
    site.build()
    pages = {path: data.decode() for path, data in site.output().items() if path.endswith(".html")}
    assert {"index.html", "404.html", "old/index.html", "briefings/a/index.html"} <= pages.keys()
    for path, page in pages.items():
        (policy,) = _POLICY.findall(page)
        assert "default-src 'none'" in policy, path
        assert not re.search(r"unsafe|\*|https?:", policy), path
        for tag, _, text in _INLINE.findall(page):
            if text:
                directive = next(p for p in policy.split("; ") if p.startswith(f"{tag}-src "))
                assert hash_of(text) in directive, path


def test_a_script_that_no_template_includes_is_not_allowed(small_site: Make) -> None:
    """Only the files of the templates are; text in a page is not, whoever wrote it."""
    site = small_site(same_pages("<head></head><script>alert(1)</script>"))
    site.build()
    assert "script-src" not in site.read("index.html")


def test_the_policy_stands_before_all_that_it_governs(small_site: Make) -> None:
    """First in the head; at the very beginning where a template has no head."""
    site = small_site(same_pages("<!doctype html>\n<html lang='x'>\n<head>\n<title>x</title>"))
    site.build()
    assert re.match(r"<!doctype html>\n<html lang='x'>\n<head>\n<meta http", site.read("404.html"))
    assert with_policy("<p>x", "y").endswith('content="y">\n<p>x')


def test_a_template_asks_for_what_it_needs_beyond(small_site: Make) -> None:
    """In a comment; what a template asks for holds for every page that is made with it."""
    part = "-- templates/part.html --\n{# allows: connect-src 'self'; script-src 'self' #}\n"
    script = "-- templates/x.js --\nstart()\n"
    page = '{% include "part.html" %}<script>{% include "x.js" %}</script>'
    site = small_site(same_pages(page) + part + script)
    site.build()
    (policy,) = _POLICY.findall(site.read("index.html"))
    assert "connect-src 'self'" in policy.split("; ")
    assert f"script-src 'self' {hash_of('start()')}" in policy.split("; ")


_HTML = ("<style>", "<style ", "</style>", "<script>", "<script ", "</script>", "type=", ">", "a")


@given(st.lists(st.sampled_from(_HTML)).map("".join))
def test_elements_are_found_in_order(page: str) -> None:
    """Each where the one before it ends, up to the first that never does."""
    found, end = [], 0
    while opened := re.compile(r"<(style|script)(?: (?!type=)[^>]*)?>").search(page, end):
        end = page.find(f"</{opened[1]}>", opened.end())
        if end < 0:
            break
        if page[opened.end() : end]:
            found.append((opened[1], page[opened.end() : end]))
    assert inline_elements(page) == found


_CSS = ("a", "{", "}", ";", ":", ",", " ", "\n\t", "\xa0", "\x1c", '"', "'", "/*", "*/", "/", "|")


@given(st.lists(st.sampled_from(_CSS)).map("".join))
def test_a_sheet_loses_comments_and_spaces_without_meaning(sheet: str) -> None:
    """Nothing within a string changes."""
    text = re.sub(r"""("[^"]*"|'[^']*')|/\*.*?\*/""", lambda m: m[1] or " ", sheet, flags=re.DOTALL)
    parts = re.split(r"""("[^"]*"|'[^']*')""", text)
    for place, part in enumerate(parts):
        if place % 2 == 0:
            shorter = re.sub(r" ?([{};,]) ?", r"\1", re.sub(r"\s+", " ", part))
            parts[place] = shorter.replace(": ", ":").replace(";}", "}")
    assert inline_text("a.css", sheet) == "".join(parts).strip(" ")


def test_sources_of_one_directive_are_joined() -> None:
    """Each once, after what is allowed everywhere."""
    asked = parse_policy(declared("{# A note. #}{# allows: img-src 'self' blob: #}"))
    policy = combine([asked, allow([("style", "a"), ("style", "b")])])
    assert "img-src 'self' data: blob:" in policy.split("; ")
    assert f"style-src {hash_of('a')} {hash_of('b')}" in policy.split("; ")


def test_a_style_sheet_that_shares_its_element_is_a_problem(small_site: Make) -> None:
    """Its hash would allow another text than the page has."""
    page = '<style>\nb{}{% include "a.css" %}\n</style>'
    site = small_site(same_pages(page) + "-- templates/a.css --\np{}\n")
    problem = site.problems()[0]
    assert (problem.line, problem.message) == (2, "'a.css' must be alone in its element")


def test_comments_of_styles_and_scripts_stay_at_home(small_site: Make) -> None:
    """They cost a reader time; the hash is that of what is left."""
    page = '<style>{% include "a.css" %}</style><script>{% include "a.js" %}</script>'
    files = "-- templates/a.css --\n/* A\nnote. */\np{}\n-- templates/a.js --\n// A note.\nf()\n"
    site = small_site(same_pages(page) + files)
    site.build()
    assert site.read("index.html").endswith("<style>p{}</style><script>f()</script>")
    assert hash_of("p{}") in site.read("index.html")
    assert hash_of("f()") in site.read("index.html")


def test_an_element_may_hold_several_files(small_site: Make) -> None:
    """Those that a template and what it extends include, of them what a page has: one hash."""
    base = (
        '-- templates/b.html --\n<style>{% include "a.css" %}\n{% block styles %}{% endblock %}\n'
        '{% include "c.css" %}\n</style>\n'
    )
    sheets = "".join(f"-- templates/{name}.css --\n{name}{{}}\n" for name in "abcd")
    page = (
        '{% extends "b.html" %}{% block styles %}\n{% include "b.css" %}\n'
        '{% if not view %}\n{% include "d.css" %}\n{% endif %}\n{% endblock %}'
    )
    site = small_site(same_pages(page) + base + sheets)
    site.build()
    assert site.read("index.html").endswith("<style>a{}b{}c{}</style>")
    (policy,) = _POLICY.findall(site.read("index.html"))
    assert f"style-src {hash_of('a{}b{}c{}')}" in policy.split("; ")


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("a {\n  color: red;\n}\n\nb{}", "a{color:red}b{}"),
        ("a :hover , b  c{}", "a :hover,b c{}"),
        ("@media (min-width: 1rem) and (x){a{b:c;}}", "@media (min-width:1rem) and (x){a{b:c}}"),
        ("a{b: 1; /* one */ c: 2 /* two */}", "a{b:1;c:2}"),
        ("a{content: \"  ;} /* x */ \"; b: '  ' }", "a{content:\"  ;} /* x */ \";b:'  '}"),
        ("/* A 'note'; of \"signs */a{width:calc(1px + 2px)!important;/* x */}", None),
    ],
)
def test_styles_lose_what_means_nothing(written: str, shown: str | None) -> None:
    """Spaces, line ends, comments, last semicolons; texts in quotes stay as they are."""
    assert inline_text("a.css", written) == (shown or "a{width:calc(1px + 2px)!important}")


def test_signs_of_templates_in_a_script_are_text(small_site: Make) -> None:
    """A script is no template: it is published, and allowed, as it is written."""
    page = '<script>{% include "a.js" %}</script>'
    site = small_site(same_pages(page) + "-- templates/a.js --\nf({{a: 1}})\n")
    site.build()
    assert "<script>f({{a: 1}})</script>" in site.read("index.html")
    assert hash_of("f({{a: 1}})") in site.read("index.html")


def test_a_server_may_let_more_through() -> None:
    """Beside what the page allows; a hash goes where `'unsafe-inline'` would be ignored for it."""
    page = with_policy("<head>", "default-src 'none'; script-src 'sha256-x'; style-src 'sha256-y'")
    more = {"script-src": ("'self'",), "style-src": ("'unsafe-inline'",), "connect-src": ("ws:",)}
    (policy,) = _POLICY.findall(relaxed(page, more))
    assert policy.split("; ") == [
        "default-src 'none'",
        "script-src 'sha256-x' 'self'",
        "style-src 'unsafe-inline'",
        "connect-src ws:",
    ]
    assert relaxed("<p>x", more) == "<p>x"


def test_the_policy_can_be_taken_out_again() -> None:
    """To compare two pages but for their styles."""
    page = "<!doctype html>\n<head>\n<title>x</title>"
    assert without_policy(with_policy(page, "default-src 'none'")) == page
    assert without_policy(page) == page


def test_structured_data_is_named_too(small_site: Make) -> None:
    """It is never run; a checker of HTML asks for it all the same."""
    site = small_site(briefing("a"))
    site.build()
    page = site.read("briefings/a/index.html")
    (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    (policy,) = _POLICY.findall(page)
    assert hash_of(data) in policy
    assert with_data("default-src 'none'", "x") == f"default-src 'none'; script-src {hash_of('x')}"
