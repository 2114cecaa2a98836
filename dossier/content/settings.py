"""Settings: `content/site.yaml` and what the command line adds to it.

"Now" is `Settings.as_of`, decided once at the start and never read from the clock again.
"""

# annotations are values here, not texts: decoders would evaluate texts again and again
from contextlib import suppress
from typing import Annotated, Literal
from urllib.parse import quote, urlsplit, urlunsplit

from dossier.content.brand.models import (
    Logo,
    MenuLine,
    Publisher,
    Robots,
    SocialLink,
)
from dossier.content.brand.palette import PLAIN, Palette
from dossier.content.models import (
    FilePath,
    FrontMatter,
    HexColour,
    Language,
    Licence,
    MarkdownText,
    SiteLink,
    Text,
    TimeZone,
    Url,
    doc,
)
from dossier.content.moments import find_instant, find_now, first_moment, local_moment

SETTINGS_FILE = "site.yaml"

HtmlPolicy = Literal["escaped", "sanitised"]


class ParsingSettings(FrontMatter, frozen=True, kw_only=True):
    """The settings that parsing may use: it gets only these, and they are part of the cache key."""

    languages: Annotated[
        tuple[Language, ...], doc("The languages of its briefings; the first is the site's own.")
    ] = ("en",)
    html: Annotated[
        HtmlPolicy, doc("Raw HTML in Markdown: shown as text, or allowed where it is harmless.")
    ] = "escaped"
    timezone: Annotated[
        TimeZone, doc("The site's time zone: decides the day of a moment, and which day is today.")
    ] = "UTC"

    @property
    def language(self) -> str:
        """The site's own language."""
        return self.languages[0]


class SiteFile(ParsingSettings, frozen=True, kw_only=True):
    """What `site.yaml` holds."""

    title: Annotated[Text, doc("The name of the site.")]
    tagline: Annotated[Text, doc("A line below the name that says what the site is.")] = ""
    base_url: Annotated[
        Url, doc("Where it is published, for absolute links: `https://example.org/briefings/`.")
    ]
    accent: Annotated[
        HexColour | None,
        doc(
            "The colour of links and bands: `1a5fb4`, without `#`, which YAML takes for a comment."
        ),
    ] = None
    logo: Annotated[Logo | None, doc("An image in the masthead.")] = None
    favicon: Annotated[
        FilePath | None,
        doc("The icon in tabs: SVG, PNG or ICO; by default a drawing in the accent."),
    ] = None
    menu: Annotated[
        tuple[MenuLine, ...] | None,
        doc("The menu; `[]` for none. What has nothing behind it yet is left out by itself."),
    ] = None
    footer: Annotated[MarkdownText, doc("A text at the foot of every page, in Markdown.")] = ""
    publisher: Annotated[Publisher | None, doc("Who publishes the site.")] = None
    contact: Annotated[SiteLink | None, doc("How to reach it: an e-mail address or a page.")] = None
    sourcing: Annotated[
        SiteLink | None, doc("The page that says how briefings are sourced and corrected.")
    ] = None
    corrections: Annotated[
        SiteLink | None, doc("Where to report an error: an e-mail address or a page.")
    ] = None
    newsletter: Annotated[SiteLink | None, doc("Where to subscribe to a newsletter.")] = None
    licence: Annotated[
        Licence | None,
        doc("The licence of the texts and data: an SPDX id (`CC-BY-4.0`), or its address."),
    ] = None
    social: Annotated[tuple[SocialLink, ...], doc("Profiles of the site elsewhere.")] = ()
    robots: Annotated[Robots, doc("What search engines and crawlers may do.")] = Robots()
    social_cards: Annotated[
        bool, doc("An image of each briefing's title, shown where the briefing is shared.")
    ] = False
    image_credits: Annotated[
        bool, doc("Whether `check` warns of images without a credit, such as `Photo: A. Name`.")
    ] = False
    feeds: Annotated[
        bool, doc("Atom and JSON feeds, and the page that lists them; `false` for none.")
    ] = True
    first_url: Annotated[
        Url,
        doc("Where the site was first published, if it has moved; ids in feeds keep this address."),
    ] = ""
    search: Annotated[bool, doc("A page that searches all briefings, and the index it needs.")] = (
        False
    )
    pdf: Annotated[
        bool, doc("Each briefing as PDF beside its page. Needs `dossier-briefings[pdf]` and Pango.")
    ] = False


class Settings(SiteFile, frozen=True, kw_only=True):
    """All settings: those of the file with defaults filled in, and those of the command line.

    Both addresses end with a slash. `as_of` is the moment that the site is built for, in its zone.
    """

    as_of: str
    drafts: bool
    palette: Palette = PLAIN

    @property
    def parsing(self) -> ParsingSettings:
        """The settings that parsing may use, without any other."""
        names = ParsingSettings.__struct_fields__
        return ParsingSettings(**{name: getattr(self, name) for name in names})

    @property
    def base_path(self) -> str:
        """The path of `base_url`: `/` or `/repository/`."""
        return urlsplit(self.base_url).path

    @property
    def today(self) -> str:
        """The day in the site's time zone."""
        return self.as_of[:10]

    @property
    def now(self) -> int:
        """The instant that the site is built for."""
        return find_instant(self.as_of, self.timezone)

    def local_moment(self, moment: str) -> str:
        """Convert a moment to the site's time zone; leave a day as it is."""
        return local_moment(moment, self.timezone)

    def timestamp(self, moment: str) -> str:
        """Return the first moment of a day (RFC 3339); leave a moment as it is."""
        return first_moment(moment, self.timezone)


def settle(site: SiteFile, base_url: str | None, as_of: str | None, drafts: bool) -> Settings:
    """Fill in the defaults that depend on other settings, and apply the command line."""
    address = _with_slash(_encoded(base_url or site.base_url))
    decided = {
        "base_url": address,
        "first_url": _with_slash(_encoded(site.first_url or address)),
        "languages": site.languages or ("en",),
    }
    return Settings(
        **{**{name: getattr(site, name) for name in site.__struct_fields__}, **decided},
        as_of=find_now(as_of, site.timezone),
        drafts=drafts,
    )


def _encoded(url: str) -> str:
    """Write an address in ASCII: its host by IDNA, its path with percent signs."""
    if url.isascii():
        return url
    parts = urlsplit(url)
    with suppress(UnicodeError):  # no name of a host: it stays as it is
        parts = parts._replace(netloc=parts.netloc.encode("idna").decode())
    return urlunsplit(parts._replace(path=quote(parts.path, safe="/%~")))


def _with_slash(url: str) -> str:
    return url.rstrip("/") + "/"


FALLBACK = settle(SiteFile(title="", base_url="https://example.org/"), None, "0001-01-01", True)
"""Settings for reading the content where `site.yaml` has errors, only to find more problems."""
