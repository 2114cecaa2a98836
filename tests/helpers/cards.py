"""Social cards to draw."""

from __future__ import annotations

from dossier.content.brand.palette import read_palette
from dossier.pages.files.views import BriefingCardView
from tests.helpers.smallsite import ROOT

CARD = BriefingCardView(
    palette=read_palette(ROOT / "templates"),
    lang="en",
    site_title="Site",
    title="A title",
    date="2022-07-07",
    companies=("TikTok", "Amazon"),
)
