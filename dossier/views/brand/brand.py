"""The brand as every page shows it: logo, icon, links, licence and text of the footer."""

from __future__ import annotations

from pathlib import PurePosixPath
from urllib.parse import urlsplit

from dossier.content.brand.licence import licence_name, licence_url
from dossier.content.brand.palette import accent_styles
from dossier.content.documents import Slot
from dossier.site.reads import remembered
from dossier.site.site import Site
from dossier.views.parts import Address, Brand, SiteLogo
from dossier.views.texts.filled import fill_body

IMAGE_TYPES = {
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".ico": "image/x-icon",
    ".webp": "image/webp",
    ".gif": "image/gif",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".avif": "image/avif",
}
"""The media type of each kind of image that a logo or an icon may be."""


def image_type(path: str) -> str:
    """Find the media type of an image by its name; empty where it is unknown."""
    return IMAGE_TYPES.get(PurePosixPath(path).suffix.lower(), "")


_SERVICES = {
    "bsky.app": "Bluesky",
    "facebook.com": "Facebook",
    "github.com": "GitHub",
    "instagram.com": "Instagram",
    "linkedin.com": "LinkedIn",
    "mastodon.social": "Mastodon",
    "reddit.com": "Reddit",
    "t.me": "Telegram",
    "threads.com": "Threads",
    "threads.net": "Threads",
    "tiktok.com": "TikTok",
    "twitter.com": "X",
    "x.com": "X",
    "youtube.com": "YouTube",
}


class BrandParts:
    """Builds the brand."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.settings = site.settings
        self.view = remembered(self._build)

    def _build(self, root: str) -> Brand:
        """Build the brand for pages from which a root leads to the home page."""
        settings, frame = self.settings, self.site.frame
        footer = fill_body(self.site, frame.footer, frame.entry, root) if settings.footer else []
        logo, icon, licence = settings.logo, settings.favicon, settings.licence
        publisher = settings.publisher
        return Brand(
            styles=accent_styles(settings.palette) if settings.accent else "",
            logo=SiteLogo(path=logo.file.lstrip("/"), text=logo.text) if logo else None,
            icon=icon.lstrip("/") if icon else "",
            icon_type=image_type(icon) if icon else "",
            publisher=publisher.name if publisher else "",
            publisher_url=(publisher.url or "") if publisher else "",
            licence=licence_name(licence) if licence else "",
            licence_url=licence_url(licence) if licence else "",
            contact=self.address(settings.contact),
            sourcing=self.address(settings.sourcing),
            corrections=self.address(settings.corrections),
            newsletter=self.address(settings.newsletter),
            social=tuple(
                Address(url=one.link, label=one.name or _service(one.link))
                for one in settings.social
            ),
            footer="".join(footer),
            noindex=not settings.robots.index,
        )

    def address(self, link: str | None, label: str = "") -> Address | None:
        """Resolve a link of the settings; None for one to a briefing that is held back."""
        frame = self.site.frame.entry
        if link is None:
            return None
        if link not in frame.targets:
            return Address(url=link, label=label)
        found = self.site.follow(frame, Slot("href", link))
        return Address(path=found[0], label=label) if found else None


def _service(url: str) -> str:
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    return _SERVICES.get(host, host)
