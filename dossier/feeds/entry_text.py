"""Text of feed entries, in their own languages: title, summary and HTML.

Readers of feeds rarely return to an entry. So one that was superseded, withdrawn or corrected says
so first, and in its summary too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from markupsafe import Markup

from dossier.language.formatting import format_date
from dossier.language.labels import label, status_mark
from dossier.language.messages import gettext
from dossier.language.typography import quoted, typeset
from dossier.views.files import FeedEntry
from dossier.views.markup import link, links
from dossier.views.parts import ChangeRow, Replacement

_HEADING_LINK = re.compile(r'<a class="anchor" href="#[^"]*" title="[^"]*">#</a>')
_SCHEMES = {"http", "https", "mailto", "tel"}


def entry_title(entry: FeedEntry) -> str:
    """Build the title, after the briefing's status if it is not current."""
    word = status_mark(entry.lang, entry.status)
    return f"[{word}] {entry.title}" if word else entry.title


def entry_summary(entry: FeedEntry) -> str:
    """Build the summary as plain text, between the briefing's status and its latest change."""
    lang = entry.lang
    sentences = [entry.summary]
    if entry.replaced_by:
        named = ", ".join(_quoted(replacement, lang) for replacement in entry.replaced_by)
        sentences.insert(0, gettext(lang, "Replaced by %(briefings)s.") % {"briefings": named})
    if entry.withdrawn_date:
        sentences.insert(0, f"{_withdrawn(entry)} {entry.withdrawn_reason}")
    if entry.reconstructed:
        sentences.append(_reconstructed(entry))
    if entry.changes:
        newest = entry.changes[0]
        kind = label(lang, "event", newest.kind)
        changed = typeset(f"{kind} ({format_date(newest.date, lang)}):", lang)
        sentences.append(f"{changed} {newest.note}")
    return " ".join(sentences)


@lru_cache(maxsize=1 << 8)
def entry_html(entry: FeedEntry) -> str:
    """Build the full text: status, summary, body and changes. Each feed has it in both formats."""
    pieces = [*_status(entry), Markup("<p><strong>{}</strong></p>").format(entry.summary)]
    if entry.reconstructed:
        pieces.append(Markup("<p>{}</p>").format(_reconstructed(entry)))
    pieces.append(Markup(_for_readers(entry)))
    if entry.changes:
        rows = (_change(change, entry.lang) for change in entry.changes)
        heading = gettext(entry.lang, "Changes")
        pieces.append(Markup("<h2>{}</h2><ul>{}</ul>").format(heading, Markup("").join(rows)))
    return "".join(pieces)


def _for_readers(entry: FeedEntry) -> str:
    """Adapt the page's body: heading links are removed, links to anchors lead to the page."""
    from dossier.content.tables.paper import without_copies

    return _adapter().adapt(_HEADING_LINK.sub("", without_copies(entry.html)), entry.url)


class _Adapter:
    """Removes what readers of feeds do not show, by rules that take longer to set than to apply."""

    def __init__(self) -> None:
        import nh3

        self._url = ""
        allowed = {tag: set(names) for tag, names in nh3.ALLOWED_ATTRIBUTES.items()}
        self._cleaner = nh3.Cleaner(
            attributes=allowed | {"*": {"lang", "title"}},
            attribute_filter=self._from_afar,
            url_schemes=_SCHEMES,
            clean_content_tags={"script", "style", "svg"},
            link_rel=None,
        )

    def adapt(self, html: str, url: str) -> str:
        """Adapt the HTML of the page at an address."""
        self._url = url
        return self._cleaner.clean(html)

    def _from_afar(self, _tag: str, attribute: str, value: str) -> str:
        return self._url + value if attribute == "href" and value.startswith("#") else value


_adapter = cache(_Adapter)


def _reconstructed(entry: FeedEntry) -> str:
    said = gettext(entry.lang, "This briefing was reconstructed on %(date)s.")
    return said % {"date": format_date(entry.reconstructed, entry.lang)}


def _status(entry: FeedEntry) -> Iterator[Markup]:
    lang = entry.lang
    if entry.withdrawn_date:
        notice = Markup("<p><strong>{}</strong> {}</p><p>{}</p>")
        word = label(lang, "status", "withdrawn")
        yield notice.format(word, _withdrawn(entry), entry.withdrawn_reason)
    if entry.replaced_by:
        in_part = entry.status == "superseded in part"
        word = label(lang, "status", entry.status if in_part else "superseded")
        said = gettext(
            lang,
            "Events have overtaken this briefing. It was replaced by:",
        )
        if in_part:
            said = gettext(
                lang,
                "Events have overtaken this briefing in the regions named here; elsewhere it still "
                "stands. It was replaced by:",
            )
        rows = (_replacement(one, entry.root, lang) for one in entry.replaced_by)
        notice = Markup("<p><strong>{}</strong> {}</p><ul>{}</ul>")
        yield notice.format(word, said, Markup("").join(rows))


def _withdrawn(entry: FeedEntry) -> str:
    said = gettext(entry.lang, "This briefing no longer stands. It was withdrawn on %(date)s.")
    return said % {"date": format_date(entry.withdrawn_date, entry.lang)}


def _replacement(one: Replacement, root: str, lang: str) -> Markup:
    row = Markup("<li>{} ({}{})</li>")
    return row.format(
        link(root, one.briefing), format_date(one.date, lang), _where(one, root, lang)
    )


def _where(one: Replacement, root: str, lang: str) -> Markup:
    """Name the regions for which a briefing was replaced; empty for all."""
    if not one.regions:
        return Markup("")
    said = Markup.escape(gettext(lang, "for: %(regions)s"))
    return Markup(", {}").format(said % {"regions": links(root, one.regions)})


def _quoted(one: Replacement, lang: str) -> str:
    """Quote a briefing's title, followed by the regions that it is for."""
    title = quoted(one.briefing.title, lang)
    regions = ", ".join(region.title for region in one.regions)
    return f"{title} ({regions})" if regions else title


def _change(change: ChangeRow, lang: str) -> Markup:
    row = Markup("<li>{} <strong>{}</strong> {}</li>")
    kind = label(lang, "event", change.kind)
    return row.format(format_date(change.date, lang), kind, change.note)
