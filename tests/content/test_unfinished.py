"""What a new briefing holds until its author has written it is never published."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dossier.content.validation import SUMMARY
from dossier.language.messages import gettext
from tests.helpers.smallsite import SmallSite, briefing

Make = Callable[[str], SmallSite]


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_a_placeholder_summary_is_an_error_unless_it_is_a_draft(
    small_site: Make, lang: str
) -> None:
    """In every language that a new briefing may have."""
    summary = gettext(lang, SUMMARY)
    site = small_site(briefing("a", summary=summary, lang=lang))
    assert site.messages() == [
        "briefings/a.md:4:10: the summary is still the placeholder of a new briefing"
    ]
    site.write(briefing("a", summary=summary, lang=lang, status="draft"))
    assert site.messages(drafts=True) == []


@pytest.mark.parametrize("body", ["", "  \n\n"])
def test_an_empty_text_is_an_error_unless_it_is_a_draft(small_site: Make, body: str) -> None:
    """Also where its day is still to come: nothing stops it then."""
    site = small_site(briefing("a", body, date="2030-01-01"))
    [message] = site.messages()
    assert message.startswith("briefings/a.md:")
    assert message.endswith(": the briefing has no text")
    site.write(briefing("a", body, status="draft"))
    assert site.messages() == []
