"""Examples for the commented fields of a new file, valid on the site.

They use the site's own names and suitable dates, so that uncommenting a field is enough.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dossier.content.models import AnyFrontMatter, Company, Kind, Region
from dossier.scaffold.inventory import Existing
from dossier.scaffold.territories import COUNTRIES

REVIEW_AFTER = 90
"""Days until a briefing is due for review."""


def find_examples(record: AnyFrontMatter, existing: Existing) -> dict[str, str]:
    """Find values for the placeholders in `template.FIELDS`; none where the site has nothing."""
    settings = existing.settings
    day = getattr(record, "date", settings.today)[:10]
    later = min(date.fromisoformat(day).toordinal() + REVIEW_AFTER, date.max.toordinal())
    company = _first(existing, "company", getattr(record, "companies", ()))
    examples = {
        "date": day,
        "later": date.fromordinal(later).isoformat(),
        "next_year": f"{min(int(day[:4]) + 1, 9999):04}-12-31",
        "lang": next(iter(settings.languages[1:]), ""),
        "company": company,
        "product": _product(existing, company),
        "region": _first(existing, "region", getattr(record, "regions", ())),
        "topic": _first(existing, "topic", ()),
    }
    if isinstance(record, Region):
        examples |= _region_examples(record, existing)
    return {name: text for name, text in examples.items() if text}


def _first(existing: Existing, kind: Kind, chosen: Sequence[str]) -> str:
    """Choose the first id in the front matter, or else the first of the site."""
    known = (document.id for document in existing.documents(kind))
    return next(iter(chosen), "") or next(known, "")


def _product(existing: Existing, company: str) -> str:
    document = existing.document("company", company)
    if document and isinstance(document.front_matter, Company) and document.front_matter.products:
        return document.front_matter.products[0]
    return "A product"


def _region_examples(record: Region, existing: Existing) -> dict[str, str]:
    """Find a free code, a parent region, and a member for a group."""
    regions = {
        d.id: d.front_matter
        for d in existing.documents("region")
        if isinstance(d.front_matter, Region)
    }
    below = ""
    if record.code is None:
        above = {record.parent}
        for region in regions.values():
            above.update(existing.find("region", region.parent or ""))
        free = (id_ for id_ in regions if id_ not in above and not regions[id_].members)
        below = next(free, "")
    return {
        "code": next((code for code in COUNTRIES if not existing.find("region", code)), ""),
        "above": next((id_ for id_ in regions if id_ != below), ""),
        "below": below,
    }
