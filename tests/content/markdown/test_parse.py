"""Bodies: what Markdown becomes, what is refused, and that nothing an author writes is executed."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.content.markdown.parse import MAX_CHARACTERS, parse_body
from dossier.content.settings import HtmlPolicy
from dossier.content.source_text import SourceText
from tests.helpers.smallsite import parse, places, render_body

OURS = {
    *("a", "abbr", "blockquote", "br", "code", "dd", "div", "dl", "dt", "em", "h1", "h2", "h3"),
    *("h4", "h5", "h6", "hr", "img", "li", "ol", "p", "pre", "strong", "sup", "table", "tbody"),
    *("td", "th", "thead", "tr", "ul"),
}
MARKUP = st.lists(
    st.sampled_from(
        [
            *"<>\"'`*_[]()!#&;|:@^~\\/ \n\t=-a1é",
            *("\n\n", "    ", "[[", "]]", "[@", "](", "```", "[^1]", "]: ", "-->", "a\n: "),
            *("<script>", "<b onclick=x>", "javascript:", "&#106;", "<img src=x>", "<![", "</p>"),
        ]
    ),
    max_size=40,
).map("".join)


class _Tags(HTMLParser):
    """Collects what a browser would see as elements."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


# -- what authors write ---------------------------------------------------------------------------


def test_a_link_leaves_two_gaps_for_the_site() -> None:
    """A body knows nothing of the site: address and title are filled in later."""
    html, problems = render_body("See [[tiktok]] and [[ eBay |the *shop*]].")
    assert problems == []
    assert html == (
        "<p>See <a{href=tiktok}>{title=tiktok}</a> and <a{href=eBay}>the <em>shop</em></a>.</p>"
    )


@pytest.mark.parametrize("bar", ["|", "\\|"], ids=["bare", "escaped"])
def test_a_link_with_a_label_works_in_a_table(bar: str) -> None:
    """The bar of `[[id|label]]` does not end a cell."""
    html, problems = render_body(f"| a | b |\n|---|--:|\n| [[tiktok{bar}the app]] | 1 |\n")
    assert problems == []
    assert '<td><a{href=tiktok}>the app</a></td><td class="right">1</td>' in html


def test_a_table_can_be_scrolled_and_has_a_name() -> None:
    """A wide table scrolls in a region of its own, reachable by keyboard."""
    html, _ = render_body("| a |\n|:-:|\n| b |\n")
    assert re.match(r'<div [^>]*class="table"[^>]*><table>', html)
    assert 'role="region"' in html and 'tabindex="0"' in html and 'aria-label="Table 1"' in html
    assert 'style="' not in html and '<td class="center">b</td>' in html


def test_tables_are_numbered_as_they_stand() -> None:
    """One within a list comes before one behind the list."""
    html, _ = render_body("- | a |\n  |---|\n\n| b |\n|---|\n")
    assert re.findall(r"Table (\d).*?<th>(.)", html) == [("1", "a"), ("2", "b")]


@pytest.mark.parametrize(
    "text",
    ["`[[a]] [@b] {{ 7*7 }}`", "    [[a]] [@b] {{ 7*7 }}\n", "```\n[[a]] [@b] {{ 7*7 }}\n```\n"],
    ids=["span", "indented", "fenced"],
)
def test_code_is_shown_as_written(text: str) -> None:
    """Within code nothing is a link, a citation or typography."""
    html, problems = render_body(text)
    assert problems == []
    assert "[[a]] [@b] {{ 7*7 }}" in html


@pytest.mark.parametrize(
    "text", ["{{ 7*7 }}", "{% include 'x' %}", "{# x #}", "${7*7}", "<%= 7 %>"]
)
def test_template_syntax_in_a_body_is_text(text: str) -> None:
    """No template engine ever sees a body."""
    html, _ = render_body(text)
    assert "49" not in html
    assert html.count("{") == text.count("{")


def test_sources_are_numbered_by_first_citation_and_places_by_source() -> None:
    """A source keeps its number; each place of it has an anchor of its own."""
    html, problems = render_body("A [@prweek]. B [@benzinga; @prweek].")
    assert problems == []
    assert re.findall(r'href="#source:(\w+)" id="([^"]+)">(\[\d\])<', html) == [
        ("prweek", "cite:prweek:1", "[1]"),
        ("benzinga", "cite:benzinga:1", "[2]"),
        ("prweek", "cite:prweek:2", "[1]"),
    ]


def test_citations_are_listed_once_per_place() -> None:
    """The site learns where a source is cited from the body."""
    text = "A [@prweek]. B [@benzinga; @prweek]."
    body, _ = parse_body(SourceText("a", text), text, lang="en", sources=["prweek", "benzinga"])
    assert body.citations == ("prweek", "benzinga", "prweek")


def test_where_the_sources_are_unknown_citations_are_not_judged() -> None:
    """A mistake in the front matter does not make every citation one."""
    assert render_body("A [@anything].", sources=None)[1] == []


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ('Term\n: "Meaning"\n', "<dl><dt>Term</dt><dd>“Meaning”</dd></dl>"),
        ("*[FT]: Financial Times\n\nThe FT", '<p>The <abbr title="Financial Times">FT</abbr></p>'),
        ('## A\n\n"Quoted"', "</h2><p>“Quoted”</p>"),
        ('- A\n    - "B"', "<ul><li>A<ul><li>“B”</li></ul></li></ul>"),
        ('[[a]]\'s "[[b]]"', "<p><a{href=a}>{title=a}</a>’s “<a{href=b}>{title=b}</a>”</p>"),
        ('*It*\'s "**so**"', "<p><em>It</em>’s “<strong>so</strong>”</p>"),
        ("A\\*b 3\\.5", "<p>A*b 3.5</p>"),
        ("<a@example.org>", '<a href="mailto:a@example.org">a@example.org</a>'),
        ("[x](https://a.b/c\\_d?e=1&amp;f=2)", 'href="https://a.b/c_d?e=1&amp;f=2"'),
        ("[x](../companies/tiktok.md)", "<a{href=../companies/tiktok.md}>x</a>"),
        ("[x](/files/a.csv)", "<a{href=/files/a.csv}>x</a>"),
        ("![A map](/files/map.png)", '<img alt="A map"{src=/files/map.png}>'),
        ("[x](mailto:a@b.org) [y](tel:+33)", '<a href="mailto:a@b.org">x</a> <a href="tel:+33">'),
    ],
    ids=[
        "definition",
        "abbreviation",
        "after-heading",
        "nested-list",
        "link-quotes",
        "emphasis-quotes",
        "escapes",
        "mail",
        "address",
        "file",
        "path",
        "image",
        "schemes",
    ],
)
def test_markdown_becomes_html(text: str, html: str) -> None:
    """Each construct that authors are promised, in one line."""
    found, problems = render_body(text)
    assert problems == []
    assert html in found


def test_french_text_has_french_spaces() -> None:
    """Typography follows the language of the body, across elements."""
    html, _ = render_body('Il dit : "oui *vraiment* !" à 10 %', lang="fr")
    assert html == ("<p>Il dit\u00a0: «\u00a0oui <em>vraiment</em>\u202f!\u00a0» à 10\u202f%</p>")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("One two-and-a-half it's 3.5", 4),
        ("A [@prweek] b [@benzinga].", 2),
        ("`code` is *not* counted", 3),
        ("caf&eacute; \\*b\\*", 2),
        ("<https://example.org/a/b/c> x", 2),
        ("a[^1]\n\n[^1]: two words", 3),
    ],
    ids=["plain", "citations", "code", "marks", "address", "footnote"],
)
def test_words_are_those_that_a_reader_reads(text: str, words: int) -> None:
    """Reading time does not count code, numbers of notes, or marks of the engine."""
    body, _ = parse_body(SourceText("a", text), text, lang="en", sources=["prweek", "benzinga"])
    assert body.words == words


# -- headings -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "headings"),
    [
        ("## One\n\n### Two & *three*", [(2, "one", "One"), (3, "two-three", "Two & three")]),
        ("## Été\n\n## Été", [(2, "ete", "Été"), (2, "ete_1", "Été")]),
        ("## On [[tiktok]] [@prweek]", [(2, "on-tiktok", "On tiktok")]),
        ("## [[tiktok|The app]]", [(2, "the-app", "The app")]),
        ("## Of `[[a|b]]`", [(2, "of-ab", "Of [[a|b]]")]),
        ("## Note[^1]\n\n[^1]: x", [(2, "note", "Note")]),
        ("## a &lt;b&gt; `<i>`", [(2, "a-b-i", "a <b> <i>")]),
    ],
    ids=["levels", "doubles", "link", "label", "code", "footnote", "html"],
)
def test_headings_have_anchors_and_plain_text(
    text: str, headings: list[tuple[int, str, str]]
) -> None:
    """A heading's anchor and text are made of its words, not of its citations and notes."""
    body, problems = parse_body(SourceText("a", text), text, lang="en", sources=["prweek"])
    assert problems == []
    assert [(h.level, h.id, h.text) for h in body.headings] == headings
    for _, anchor, _ in headings:
        assert f' id="{anchor}"' in "".join(body.parts)


def test_an_anchor_of_the_text_can_be_linked_to() -> None:
    """A link to a heading of the same text is checked, and the nearest suggested."""
    assert render_body("[x](#one)\n\n## One")[1] == []
    assert render_body("a\n[x](#on)\n\n## One")[1] == [
        "2:5: no heading of this text has the anchor '#on' | did you mean 'one'?"
    ]


# -- problems and their places --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            "a\n\n# Title",
            "3:1: a heading of the first level: the title is the only one | begin with ##",
        ),
        ("Title\n\n# Title *x*", "3:1: a heading of the first level"),
        ("## A\n\nTitle\n===", "3:1: a heading of the first level"),
        ("```\n# no\n```\n\n# Yes", "5:1: a heading of the first level"),
        ("A @prwee [@prweek]\n[@prwee]", "2:2: unknown source 'prwee' | did you mean 'prweek'?"),
        ("x@pr.org [@prweek] `[@pr]`\n[@pr]", "2:2: unknown source 'pr'"),
        (
            "[@prweek; @zzz]",
            "1:11: unknown source 'zzz' | the sources of this briefing are prweek, benzinga",
        ),
        ("a[^x] b", "1:2: the footnote [^x] is not defined | add a line  [^x]: the text"),
        ("a\n\n[^x]: never", "3:1: nothing refers to the footnote [^x] | delete it"),
        ("a[^x y]\n\n[^x y]: b", "3:1: the name of the footnote [^x y] has a space"),
        ("[a](b)", "1:5: 'b' is not an address that a page can link to | write [[id]] for a page"),
        ("[a]()", "1:5: '' is not an address that a page can link to"),
        ("[a](http://[b)", "1:5: 'http://[b' is not a web address | write the whole address"),
        ("[a](../b.md#c)", "1:5: '../b.md#c' is not an address that a page can link to"),
        (
            "x\n![a](https://b.org/c.png)",
            "2:6: 'https://b.org/c.png' is not a file of this site | put the",
        ),
        ("![](/files/c.png)", "1:5: the image '/files/c.png' has no text | describe it"),
        ("[a [[b]] c](https://d.org)", "1:13: a link within a link | end the one before"),
        ("[a [@prweek]](https://d.org)", "1:15: a link within a link | end the one before"),
        (
            "a\n\nb\x07c",
            "3:2: the character U+0007 is not allowed here | delete it: it is invisible",
        ),
        ("a &#x1d;0&#29;", "1:3: the character U+001D is not allowed here | delete it"),
        ("&#xD800;", "1:1: the character U+D800 is not allowed here"),
        ("&#99999999999;", "1:1: the character U+"),
    ],
    ids=[
        "h1",
        "h1-twice",
        "h1-underlined",
        "h1-code",
        "source-near",
        "source-within",
        "source-second",
        "footnote",
        "footnote-unused",
        "footnote-space",
        "relative",
        "empty",
        "ipv6",
        "fragment",
        "external-image",
        "no-alt",
        "nested-link",
        "nested-citation",
        "control",
        "reference",
        "surrogate",
        "beyond",
    ],
)
def test_a_mistake_in_a_body_is_a_problem_where_it_stands(text: str, problem: str) -> None:
    """Each has its line, its column and a way out."""
    _, problems = render_body(text)
    assert problems[0].startswith(problem)
    assert len(problems) == 1


def test_positions_are_those_of_the_file() -> None:
    """The front matter counts, whatever the line ends."""
    text = "---\ntitle: T\ndate: 2022-07-07\nsummary: '[@nope]'\n---\n\nA\nb [@nope].\n"
    for data in (text, "\ufeff" + text, text.replace("\n", "\r\n")):
        assert places(parse(data)[1])[0].startswith("8:4: unknown source 'nope'")


def test_a_mistake_that_is_made_twice_is_said_once() -> None:
    """The same message for the same text is no news."""
    assert len(render_body("[@nope] [@nope]")[1]) == 1


def test_a_body_beyond_the_limit_is_refused() -> None:
    """The size of a body is capped."""
    [found] = render_body("x" * (MAX_CHARACTERS + 1))[1]
    assert found == "1:1: the body has 262,145 characters; the limit is 262,144"


# -- safety ---------------------------------------------------------------------------------------

DANGEROUS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<iframe src='https://evil.org'></iframe>",
    "<a href='javascript:alert(1)'>x</a>",
    "<svg/onload=alert(1)>",
    "<style>@import 'https://evil.org'</style>",
    "<p style='background:url(https://evil.org)'>x</p>",
    "<img src='https://evil.org/x.png' srcset='//evil.org/y.png 2x'>",
    "<object data='https://evil.org'></object><embed src='https://evil.org'>",
    "<form action='https://evil.org'><input name=x></form>",
    "<base href='https://evil.org'><link rel=stylesheet href='https://evil.org'>",
    "<meta http-equiv=refresh content='0;url=https://evil.org'>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
]


@pytest.mark.parametrize("text", DANGEROUS)
def test_raw_html_is_shown_as_text_by_default(text: str) -> None:
    """Under `escaped` no tag of an author's is a tag."""
    for body in (text, f"a {text} b", f"- {text}", f"| {text} |\n|---|\n| {text} |\n"):
        html, _ = render_body(body)
        assert {tag for tag, _ in _Tags(html).tags} <= OURS
        assert "<img" not in html and "<script" not in html
        assert "&lt;" in html


@pytest.mark.parametrize("text", DANGEROUS)
def test_sanitised_html_runs_and_loads_nothing(text: str) -> None:
    """Under `sanitised` scripts, handlers, styles, frames and whatever is loaded are gone."""
    html, _ = render_body(f"{text}\n\na {text} b", policy="sanitised")
    for tag, attributes in _Tags(html).tags:
        assert tag not in {"script", "style", "iframe", "object", "embed", "form", "base", "meta"}
        assert tag not in {"link", "svg", "math", "input"}
        assert not {"src", "srcset", "style"} & set(attributes)
        assert not any(name.startswith("on") for name in attributes)
        assert "javascript" not in str(attributes.get("href"))


def test_sanitised_html_keeps_what_is_harmless() -> None:
    """What nh3's list allows stays, and so does our own markup around it."""
    text = '<kbd title="x">Ctrl</kbd> [[tiktok]] [@prweek]\n\n## H\n\n| a |\n|---|\n| b |\n'
    text += "\n![m](/files/m.png)"
    html, problems = render_body(text, policy="sanitised")
    assert problems == []
    assert '<kbd title="x">Ctrl</kbd> <a{href=tiktok}>{title=tiktok}</a>' in html
    assert 'id="cite:prweek:1"' in html and '<h2 id="h">' in html and 'tabindex="0"' in html
    assert '<img alt="m"{src=/files/m.png}>' in html


@pytest.mark.parametrize("policy", ["escaped", "sanitised"])
@pytest.mark.parametrize(
    "text",
    [
        '` href="dossier:99"`',
        'x ` href="dossier:0"` [[a]]',
        '<a href="dossier:99">x</a>',
        "[x](dossier:0)",
        "[[a]] [x](dossier:1)",
        "[x](dossier:²)",
        '\t href="dossier:0"',
    ],
)
def test_no_author_can_forge_a_gap(text: str, policy: HtmlPolicy) -> None:
    """The gaps of a body are those of its links, whatever looks like one."""
    body, _ = parse_body(SourceText("a", text), text, lang="en", policy=policy)
    assert [slot.fill for slot in body.slots] == (["href", "title"] if "[[a]]" in text else [])


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "&#106;avascript:alert(1)",
        "javascript&colon;alert(1)",
        "java&Tab;script:alert(1)",
        "vbscript:x",
        "data:text/html,x",
        "file:///etc/passwd",
        "//evil.org",
        "/&#47;evil.org",
        "dossier:0",
    ],
)
@pytest.mark.parametrize("form", ["[x]({})", "[x](<{}>)", "[x][1]\n\n[1]: {}", "![x]({})"])
def test_a_dangerous_address_is_a_problem(form: str, address: str) -> None:
    """A page links to the site, to the web, to mail and to telephones; to nothing else."""
    _, problems = render_body(form.format(address))
    assert len(problems) == 1
    assert "is not a" in problems[0]


@given(MARKUP)
def test_any_escaped_text_makes_harmless_html_or_problems_in_place(text: str) -> None:
    """Whatever is written: no traceback, no tag but ours, no handler, no place outside the file."""
    source = SourceText("a.md", text)
    body, problems = parse_body(source, text, lang="fr", sources=["a"])
    lines = text.split("\n")
    for problem in problems:
        assert 1 <= problem.line <= len(lines)
        assert 1 <= problem.column <= len(lines[problem.line - 1]) + 1
    html = "".join(body.parts)
    assert "<script" not in html
    for tag, attributes in _Tags(html).tags:
        assert tag in OURS
        assert not any(name.startswith("on") for name in attributes)
        assert problems or not str(attributes.get("href")).lower().startswith("javascript")
    assert len(body.parts) == len(body.slots) + 1


@given(MARKUP)
def test_any_sanitised_text_makes_harmless_html(text: str) -> None:
    """Whatever is let through: no script, no handler, nothing loaded."""
    body, _ = parse_body(SourceText("a.md", text), text, lang="en", policy="sanitised")
    for tag, attributes in _Tags("".join(body.parts)).tags:
        assert tag != "script"
        assert "src" not in attributes
        assert not any(name.startswith("on") for name in attributes)


# -- one document never touches another -----------------------------------------------------------


def test_nothing_leaks_from_one_body_into_the_next() -> None:
    """Footnotes, abbreviations, references and anchors belong to one document."""
    first = "a[^1] FT [x][y] [@prweek]\n\n## H\n\n[^1]: note\n\n*[FT]: Times\n\n[y]: https://a.b\n"
    second = "a[^1] FT [x][y] [@benzinga]\n\n## H\n"
    alone = render_body(second, lang="de")
    render_body(first, lang="it")
    assert render_body(second, lang="it") == alone
    assert 'id="h"' in alone[0] and ">[1]<" in alone[0]
    assert alone[1] == ["1:2: the footnote [^1] is not defined | add a line  [^1]: the text"]


NESTED = {
    "quotes": ">" * 5000 + " a",
    "spaced quotes": "> " * 5000 + "a",
    "brackets": "[" * 5000,
    "paired brackets": "[" * 5000 + "a" + "]" * 5000,
    "links": "[a](" * 5000,
    "images": "![" * 5000,
    "stars": "*" * 5000,
    "open stars": "**a" * 5000,
    "underscores": "_a " * 5000,
    "ticks": "`a" * 5000,
    "lists": "".join(f"{'    ' * i}- a\n" for i in range(200)),
    "wiki bars": "[[a|" * 5000,
    "tags": "<div>" * 2000,
    "citations": "[@prweek] " * 900,
}


@pytest.mark.parametrize("policy", ["escaped", "sanitised"])
@pytest.mark.parametrize("text", NESTED.values(), ids=NESTED)
def test_absurd_nesting_makes_output_or_a_problem_and_leaves_no_trace(
    text: str, policy: HtmlPolicy
) -> None:
    """Neither a traceback nor a broken engine: the next body is read as if nothing had been."""
    html, problems = render_body(text, policy=policy)
    assert html or problems
    assert render_body("*a*[^1]\n\n[^1]: b", policy=policy)[0].startswith("<p><em>a</em><sup")


def test_a_footnote_may_refer_to_another() -> None:
    """Numbers follow the text; what only a note refers to comes after it."""
    html, problems = render_body("a[^1] b[^3]\n\n[^2]: c\n\n[^3]: d\n\n[^1]: > e[^2]")
    assert problems == []
    assert re.findall(r'<li id="fn:(\d)">', html) == ["1", "3", "2"]
    assert re.findall(r'href="#fn:(\d)">(\d)<', html) == [("1", "1"), ("3", "2"), ("2", "3")]


def test_a_tag_of_html_does_not_decide_which_way_a_quote_turns() -> None:
    """What stands before the tag does."""
    html, _ = render_body('He said <b>"no"</b> "so".', policy="sanitised")
    assert html == "<p>He said <b>“no”</b> “so”.</p>"
