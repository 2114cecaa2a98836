"""The text of a file: what in it nobody sees."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from dossier.content.markdown import parse
from dossier.content.source_text import SourceText
from dossier.content.yaml import nodes

SIGNS = st.one_of(
    st.characters(codec="utf-8", exclude_characters="\r"),
    st.sampled_from("aé\n\t\x7f\x80\x84\x85\x9f\xa0«\u2027\u2028\u2029\u202f\ufeff\ufffe\uffff，"),
)


@given(st.text(SIGNS, max_size=5))
def test_a_text_is_clean_if_yaml_and_markdown_may_have_all_of_its_characters(text: str) -> None:
    """A look at its bytes says the same as a search for each character that is refused."""
    refused = nodes._UNPRINTABLE.search(text)
    assert SourceText("a.md", text).is_clean == (refused is None)
    assert refused or not re.search(parse._CONTROL, text)
