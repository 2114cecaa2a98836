"""Social cards: images for shared links, one for each briefing and one for the site."""

from __future__ import annotations

from collections.abc import Iterator

from dossier.pages.files.views import BriefingCardView, SiteCardView
from dossier.site.urls import card_path
from dossier.views.builder import Parts
from dossier.views.outputs import Builder, FileOutput, ViewOutput


class SocialCards(Builder):
    """Builds the cards, if the site has any."""

    name = "card"

    def __init__(self, parts: Parts) -> None:
        self.site = parts.site
        self.parts = parts

    def plan(self) -> Iterator[FileOutput]:
        """List the images."""
        if not self.site.settings.social_cards:
            return
        yield FileOutput(file=card_path(""), builder=self.name)
        for entry in self.site.briefings.values():
            if entry.facts.image:
                continue  # it is shown in place of a card
            yield FileOutput(
                file=card_path(entry.path), source=entry.source, builder=self.name, id=entry.id
            )

    def view(self, output: ViewOutput) -> BriefingCardView | SiteCardView:
        """Build the card of a briefing, or of the site."""
        settings = self.site.settings
        if not output.id:
            address = settings.base_url.partition("://")[2].rstrip("/")
            return SiteCardView(
                palette=settings.palette,
                site_title=settings.title,
                tagline=settings.tagline,
                address=address,
            )
        entry = self.site.briefings[output.id]
        status = self.parts.status.of(entry.id)
        return BriefingCardView(
            palette=settings.palette,
            lang=entry.lang,
            site_title=settings.title,
            title=self.parts.title(entry),
            date=entry.moment,
            companies=tuple(self.site.companies[id_].facts.name for id_ in entry.facts.companies),
            status=status,
            reconstructed=entry.facts.reconstructed or "",
        )
