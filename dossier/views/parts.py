"""Parts shared by views: links, rows, items, trees. Frozen and plain, like all views."""

from __future__ import annotations

import msgspec

from dossier.content.brand.palette import Palette


class View(msgspec.Struct, frozen=True, kw_only=True, array_like=True):
    """A part of what a template sees.

    Encoded, for the fingerprint of a view, its values stand one after another: their names, which
    its class says, are a tenth of what there is to hash.
    """


class Link(View, frozen=True, kw_only=True):
    """A link to a page of the site. `lang` is set where the title's language is not the page's."""

    path: str
    title: str
    lang: str = ""


class MenuItem(View, frozen=True, kw_only=True):
    """An entry of the menu. `lang` is set where the label's language is not the page's.

    It leads to `url`, where there is one, or to the path; one with `items` only opens these.
    """

    path: str
    label: str
    lang: str = ""
    current: bool = False
    url: str = ""
    items: tuple[MenuItem, ...] = ()


class Translation(View, frozen=True, kw_only=True):
    """The same page in a language; `url` is absolute, for search engines."""

    lang: str
    path: str
    url: str


class SharePreview(View, frozen=True, kw_only=True):
    """The preview of a shared page (https://ogp.me).

    `image` is the absolute address of an image or a social card, or empty, with its media `type`,
    its size in pixels (0 if unknown) and its text. Only briefings have dates: of publication and of
    the last change.
    """

    image: str = ""
    type: str = ""
    width: int = 0
    height: int = 0
    alt: str = ""
    published: str = ""
    modified: str = ""


class FeedLink(View, frozen=True, kw_only=True):
    """A feed: the paths of its two forms, and the title of what it follows."""

    title: str
    atom: str
    json: str


class Address(View, frozen=True, kw_only=True):
    """A link of site.yaml: to a `path` of the site or, where there is one, to a `url`."""

    path: str = ""
    url: str = ""
    label: str = ""


class SiteLogo(View, frozen=True, kw_only=True):
    """The image in the masthead. Without `text`, the title of the site stands beside it."""

    path: str
    text: str = ""


class Brand(View, frozen=True, kw_only=True):
    """What site.yaml says of the site beyond its name; empty or none where it says nothing.

    `styles` is the accent as a style sheet, which the policy allows as an element of its own.
    `icon` is a path; `licence` is a name, which may be missing beside `licence_url`. `footer` is
    HTML, in the language of the site.
    """

    styles: str = ""
    logo: SiteLogo | None = None
    icon: str = ""
    icon_type: str = ""
    publisher: str = ""
    publisher_url: str = ""
    licence: str = ""
    licence_url: str = ""
    contact: Address | None = None
    sourcing: Address | None = None
    corrections: Address | None = None
    newsletter: Address | None = None
    social: tuple[Address, ...] = ()
    footer: str = ""
    noindex: bool = False


class Head(View, frozen=True, kw_only=True):
    """The parts that every page has. `root` links to the site's root, `canonical` is absolute.

    `search` is the path of that page, where there is one. `position` is the
    page's number in a long list, where there are several. `site_lang` is the language of the
    site's own texts (tagline, labels of pages) where it is not the page's. `structured_data`
    is JSON-LD that is safe in a `script`; empty where there is none.
    `palette` has the colours for what no style sheet reaches.
    `follow` is the path of the page that lists the feeds, empty where there are none.
    """

    site_title: str
    tagline: str
    title: str
    description: str
    path: str
    root: str
    canonical: str
    lang: str
    menu: tuple[MenuItem, ...]
    palette: Palette
    brand: Brand = Brand()
    changes: str = ""
    search: str = ""
    follow: str = ""
    feeds: tuple[FeedLink, ...] = ()
    site_lang: str = ""
    crumbs: tuple[Link, ...] = ()
    translations: tuple[Translation, ...] = ()
    position: int = 1
    preview: SharePreview = SharePreview()
    structured_data: str = ""


class Replacement(View, frozen=True, kw_only=True):
    """A briefing that replaced this one, or that it replaced; for some regions, or for all."""

    briefing: Link
    date: str
    regions: tuple[Link, ...] = ()


class Item(View, frozen=True, kw_only=True):
    """A briefing in a list. `minutes` is its reading time."""

    path: str
    title: str
    summary: str
    date: str
    lang: str
    minutes: int
    status: str
    updated: str = ""
    reconstructed: str = ""
    """The day on which it was written, if that was long after its date."""
    companies: tuple[Link, ...] = ()
    regions: tuple[Link, ...] = ()
    translations: tuple[Link, ...] = ()
    replaced: tuple[Replacement, ...] = ()
    """The briefings that it replaced in the list, directly or indirectly."""


class Numbered(View, frozen=True, kw_only=True):
    """A page of a long list, by number. `gap` means that pages before it are left out."""

    number: int
    path: str
    gap: bool = False


class Paging(View, frozen=True, kw_only=True):
    """The position of a page in a long list of `total` items, with `first` to `last` on it.

    `pages` are the first, the last and those near this one.
    """

    number: int
    total: int
    first: int
    last: int
    pages: tuple[Numbered, ...]
    previous: str | None = None
    next: str | None = None


class SourceMark(View, frozen=True, kw_only=True):
    """A reference to a source: its number or publisher, and the path and anchor of its entry."""

    label: str
    anchor: str
    path: str | None = None
    """None where the entry is on the same page."""


class MoveRow(View, frozen=True, kw_only=True):
    """A move: who did what where, on what basis."""

    anchor: str
    company: Link
    product: str
    regions: tuple[Link, ...]
    stage: str
    date: str
    basis: str
    sources: tuple[SourceMark, ...]
    disputed: str = ""
    note: str = ""


class Place(View, frozen=True, kw_only=True):
    """A place that cites a source: in the text, or a row of figures, moves or judgements."""

    kind: str
    number: int
    anchor: str


class SourceRow(View, frozen=True, kw_only=True):
    """A source of a briefing; `same_origin` are the others that repeat the same one."""

    number: int
    anchor: str
    title: str
    publisher: str = ""
    date: str = ""
    url: str = ""
    reliability: str = ""
    relays: str = ""
    same_origin: tuple[SourceMark, ...] = ()
    archived: str = ""
    note: str = ""
    places: tuple[Place, ...] = ()


class ChangeRow(View, frozen=True, kw_only=True):
    """A change after publication."""

    anchor: str
    date: str
    kind: str
    note: str


class Download(View, frozen=True, kw_only=True):
    """A file to download: its label, its file name, and its address."""

    name: str
    file: str
    address: str


class HeadingLink(View, frozen=True, kw_only=True):
    """An entry of a table of contents."""

    level: int
    anchor: str
    text: str


class Count(View, frozen=True, kw_only=True):
    """A company, region or topic with the number of briefings about it."""

    link: Link
    count: int
    latest: str = ""


class TreeNode(View, frozen=True, kw_only=True):
    """A company, region or topic in its tree. Regions may have a `code`, or be a `group`."""

    link: Link
    count: int
    code: str = ""
    latest: str = ""
    group: bool = False
    children: tuple[TreeNode, ...] = ()


class TemplateView(View, frozen=True, kw_only=True):
    """The base of all views: everything that a template sees."""

    head: Head


class YearLink(View, frozen=True, kw_only=True):
    """A link to the beginning of a year in the list of all briefings."""

    year: str
    count: int
    path: str
