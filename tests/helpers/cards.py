"""Social cards to draw."""

from __future__ import annotations

from dossier.pages.file_views import BriefingCardView

CARD = BriefingCardView(
    lang="en", site_title="Site", title="A title", date="2022-07-07", companies=("TikTok", "Amazon")
)
