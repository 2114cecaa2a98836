"""A briefing as Markdown: readable, whole, and of use far from the site."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from dossier.content.markdown.parse import parse_body
from dossier.content.markdown.portable import portable_markdown
from dossier.content.source_text import SourceText
from tests.helpers.smallsite import ENTITIES, SmallSite, briefing

Make = Callable[[str], SmallSite]
SITE = "https://example.org/site"
BREAK = "  "  # two spaces end a line within a paragraph


def translate(text: str) -> str:
    """A text where `known`, `/about/` and `a.md` lead somewhere, `held` nowhere."""
    known = {
        "known": ("https://e.org/k/", "A [title]"),
        "held": ("", "held"),
        "/about/": ("https://e.org/about/", "/about/"),
        "../companies/a.md": ("https://e.org/a/", "A"),
        "/a(1": ("https://e.org/(1", ""),
        "/a(1)": ("https://e.org/(1)", ""),
    }
    body, _ = parse_body(SourceText("a.md", text), text, lang="en")
    code = [(start, end, text[start:end]) for start, end in body.code]
    return portable_markdown(text, code, known.get, str.upper)


@pytest.mark.parametrize(
    ("written", "common"),
    [
        ("See [[known]].", "See [A \\[title\\]](https://e.org/k/)."),
        ("See [[known|this]].", "See [this](https://e.org/k/)."),
        ("| [[known\\|this]] |", "| [this](https://e.org/k/) |"),
        ("See [[held|that]].", "See that."),
        ("See [[unknown]].", "See [[unknown]]."),
        ("Said [@a; @b].", "Said[^A][^B]."),
        ("[x](/about/ 'T') ![y](/f.png)", "[x](https://e.org/about/ 'T') ![y](/f.png)"),
        ("[x](../companies/a.md)", "[x](https://e.org/a/)"),
        ("[x][r]\n\n[r]: /about/", "[x][r]\n\n[r]: https://e.org/about/"),
        ("[x](https://e.org/y.md)", "[x](https://e.org/y.md)"),
        ("`[[known]]` [[known|k]]", "`[[known]]` [k](https://e.org/k/)"),
        ("```\n[@a]\n```\n[@a]", "```\n[@a]\n```\n[^A]"),
        ("\\[[known]] \\[@a]", "\\[[known]] \\[@a]"),
        ("- a\n\n  ```\n  [@a]\n  ```", "- a\n\n  ```\n  [@a]\n  ```"),
        ("> ```\n> [[known|k]]\n> ```", "> ```\n> [[known|k]]\n> ```"),
        ("a\n\n    [[known|k]]", "a\n\n    [[known|k]]"),
        (
            "- a\n\n      [[known|k]]\n\n    [[known|k]]",
            "- a\n\n      [[known|k]]\n\n    [k](https://e.org/k/)",
        ),
        ("| `[@a]` | [@a] |\n|---|---|", "| `[@a]` |[^A] |\n|---|---|"),
        ("`` a ` [@a] `` b ` [@a]", "`` a ` [@a] `` b `[^A]"),
        ("\\`[@a]\\`", "\\`[^A]\\`"),
        ("[[known|`k`]]", "[`k`](https://e.org/k/)"),
        ("[`x` y](/about/)", "[`x` y](https://e.org/about/)"),
        ("[x]( </about/> 'T')", "[x]( https://e.org/about/ 'T')"),
        ("[x](/a\\(1) [y](/a(1))", "[x](<https://e.org/(1>) [y](<https://e.org/(1)>)"),
    ],
)
def test_what_only_this_site_understands_becomes_common_markdown(written: str, common: str) -> None:
    """Links get addresses, citations become footnotes; code and escapes stay."""
    assert translate(written) == common


@pytest.mark.parametrize(
    ("written", "common"),
    [
        ("a <!-- who said it --> b", "a  b"),
        ("a\n\n<!-- who\n\nsaid `it -->\n\n`b`", "a\n\n\n\n`b`"),
        ("- a\n  <!-- who -->\n- b", "- a\n  \n- b"),
        ("> a <!--> b <!---> c", "> a  b  c"),
        ("`<!-- code -->` \\<!-- text -->", "`<!-- code -->` \\<!-- text -->"),
        ("```\n<!-- code -->\n```\n<!-- who -->", "```\n<!-- code -->\n```\n"),
        ("a <!-- never ends", "a <!-- never ends"),
    ],
)
def test_comments_are_left_out(written: str, common: str) -> None:
    """What readers never see is in no copy of a text; code that looks like a comment is."""
    assert translate(written) == common


SOURCES = """
  - {id: prweek, title: A headline, publisher: PRWeek, date: 2022-07-05, url: "https://pr.example/"}
  - {id: ft, title: Another, relays: Reuters, note: No address on file.}"""


def test_a_briefing_has_its_markdown_beside_its_page(small_site: Make) -> None:
    """Title, dates, standing, summary, text, evidence; its sources are footnotes."""
    site = small_site(
        ENTITIES
        + briefing("new", date="2023-01-01", title="What came *next*")
        + briefing(
            "old",
            "[[tiktok]] moved [@prweek; @ft].\n\n## A heading\n\nSee [us](/companies/).",
            companies="[tiktok]",
            regions="[FR]",
            status="superseded",
            superseded_by="[new]",
            updated="2022-07-13",
            authors="[A. Analyst]",
            sources=SOURCES,
            figures="[{label: Users, value: 1.5, unit: million, as_of: 2022, source: prweek}]",
            moves="[{company: tiktok, product: TikTok Shop, regions: [FR], stage: shelved,"
            " date: 2022-07, basis: reported, sources: [ft]}]",
            changes="[{date: 2022-07-13, kind: correction, note: A date was wrong.}]",
        )
    )
    site.build()
    page = site.read("briefings/old/index.html")
    assert 'type="text/markdown" href="old.markdown">' in page
    assert (
        site.read("briefings/old/old.markdown")
        == f"""\
# Title of old

By A. Analyst{BREAK}
July 7, 2022 · updated July 13, 2022{BREAK}
Small Site, <{SITE}/briefings/old/>

**Superseded.**

Replaced by:

- [What came \\*next\\*]({SITE}/briefings/new/), January 1, 2023

> **The bottom line**{BREAK}
> The summary.

[TikTok]({SITE}/companies/tiktok/) moved[^prweek][^ft].

## A heading

See [us]({SITE}/companies/).

## Figures

- Users: 1.5 million, as of 2022.[^prweek]

## Moves

- July 2022: TikTok, TikTok Shop: plan shelved (reported), France.[^ft]

## Changes

- July 13, 2022, Correction: A date was wrong.

[^prweek]: PRWeek, A headline, July 5, 2022, <https://pr.example/>.
[^ft]: Another, repeats Reuters. No address on file.
"""
    )


def test_a_translation_has_its_own(small_site: Make) -> None:
    """In its language, in the folder of its page."""
    site = small_site(briefing("a") + briefing("b", lang="fr", translation_of="a"))
    site.build()
    text = site.read("fr/briefings/b/b.markdown")
    assert "7 juillet 2022" in text
    assert "**L’essentiel**" in text


def test_every_footnote_has_one_meaning(small_site: Make) -> None:
    """An author's own footnote of a source's name keeps it; the source's gets another."""
    body = "One[^ft], two [@ft].\n\n[^ft]: A note."
    site = small_site(briefing("a", body, sources="[{id: ft, title: Paper}]"))
    site.build()
    text = site.read("briefings/a/a.markdown")
    assert "One[^ft], two[^source-ft]." in text
    assert re.findall(r"^\[\^(.*?)\]:", text, re.MULTILINE) == ["ft", "source-ft"]


def test_a_briefing_that_is_not_published_has_none(small_site: Make) -> None:
    """Nor is it named in that of another: what leads to it is plain text."""
    site = small_site(briefing("a", "See [[b|the other]].") + briefing("b", status="draft"))
    site.build()
    assert "See the other." in site.read("briefings/a/a.markdown")
    assert "briefings/b/b.markdown" not in site.output()


def test_a_french_copy_says_in_french_what_replaces_it(built_site: Make) -> None:
    """No word of the interface is left in English."""
    site = built_site(
        ENTITIES
        + briefing("new", date="2023-01-01", lang="fr")
        + briefing("old", lang="fr", status="superseded", superseded_by="[new]")
    )
    text = site.read("fr/briefings/old/old.markdown")
    assert "**Remplacée.**" in text
    assert "\nRemplacée par\u00a0:\n\n- [Title of new]" in text
