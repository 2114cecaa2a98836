"""Quotation marks in a body: a quotation goes on behind what is set off within it."""

from __future__ import annotations

import pytest

from dossier.content.markdown.parse import parse_body
from dossier.content.source_text import SourceText


@pytest.mark.parametrize(
    ("lang", "body", "expected"),
    [
        ("de", "'a *b* c'", "‚a <em>b</em> c‘"),
        ("de", "\"a 'b **c** d' e\"", "„a ‚b <strong>c</strong> d‘ e“"),
        ("de", "'`a`' '[b](https://x.org)'", '‚<code>a</code>‘ ‚<a href="https://x.org">b</a>‘'),
        ("de", "geht's *so* weiter'", "geht’s <em>so</em> weiter’"),
        ("fr", "\"a 'b *c*'\"", "«\u00a0a “b <em>c</em>”\u00a0»"),
        ("en", "'a *b*'s c'", "‘a <em>b</em>’s c’"),
        ("sv", "'a *b*'", "’a <em>b</em>’"),
        ("ja", '"私は*猫*だ"と', "「私は<em>猫</em>だ」と"),
    ],
)
def test_a_quotation_ends_behind_what_is_set_off_in_it(lang: str, body: str, expected: str) -> None:
    """Its closing mark is that of its language, not an apostrophe."""
    found, _ = parse_body(SourceText("a.md", body), body, lang=lang)
    assert "".join(found.parts).strip() == f"<p>{expected}</p>"


@pytest.mark.parametrize("body", ["'a\n\nb'", "- 'a\n- b'", "| 'a | b' |\n|---|---|"])
def test_a_quotation_ends_with_its_paragraph(body: str) -> None:
    """A sign in another paragraph, item or cell is an apostrophe."""
    found, _ = parse_body(SourceText("a.md", body), body, lang="de")
    assert "b’" in "".join(found.parts)
