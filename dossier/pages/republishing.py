"""What a text carries where it is published elsewhere, if the licence of the site allows that."""

from __future__ import annotations

from html import escape

from dossier.content.models import Briefing
from dossier.language.formatting import format_date
from dossier.language.labels import label
from dossier.language.messages import gettext
from dossier.site.entries import Entry
from dossier.views.builder import Parts
from dossier.views.parts import Link


def licence_link(parts: Parts) -> Link | None:
    """Link the licence of the site; None where it has none that allows to publish its texts."""
    licence = parts.settings.licence or ""
    address = licence.removeprefix("https://").removeprefix("http://")
    if not (licence.startswith("CC") or address.startswith("creativecommons.org/")):
        return None
    brand = parts.brand.view("")
    return Link(path=brand.licence_url, title=brand.licence or brand.licence_url)


def republishing(parts: Parts, entry: Entry[Briefing]) -> str:
    """Write the lines in HTML: where a text is from, its state, its licence, its canonical."""
    licence = licence_link(parts)
    if licence is None:
        return ""
    lang, address = entry.lang, escape(parts.url(entry.path))
    status, site = parts.status.of(entry.id), escape(parts.settings.title)
    first = gettext(lang, "First published by %(site)s on %(date)s: %(link)s.") % {
        "site": site,
        "date": format_date(entry.moment[:10], lang),
        "link": f'<a href="{address}">{address}</a>',
    }
    state = "" if status == "current" else f"<strong>{label(lang, 'status', status)}.</strong> "
    under = gettext(lang, "Licence: %(licence)s.") % {
        "licence": f'<a rel="license" href="{escape(licence.path)}">{escape(licence.title)}</a>'
    }
    return f'<link rel="canonical" href="{address}">\n<p>{state}{first} {under}</p>'
