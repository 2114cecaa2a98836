"""Other values for fields, drawn from the annotations of the models: a new field needs no code."""

from __future__ import annotations

from typing import Any, NamedTuple

from hypothesis import strategies as st

from dossier.content.brand.models import MenuLink
from dossier.content.decode import Decoder
from dossier.content.documents import FieldPath
from dossier.content.field_types import FieldType, field_types
from dossier.content.front_matter import compose_front_matter
from dossier.content.models import FRONT_MATTER, Briefing, FrontMatter, Judgement, Move, Source
from dossier.content.settings import SiteFile
from dossier.content.source_text import decode_text
from dossier.content.validation import check_front_matter
from tests.helpers.field_table import ALL
from tests.helpers.site_values import Document, Holder, SiteValues, change_references

Values = st.SearchStrategy[Any]
ABSENT = object()
"""What stands for a field that is left out."""

FIELDS = [(record, name) for record in ALL for name in field_types(record)]
"""Every field that an author can write."""

WORDS = [
    "Other words",
    "A “quoted” title: what is known?",
    "L'été à 100 %",
    "<b>Fish & chips</b> #1",
    "ラーメン",
    "a",
]
PARTIAL_DATES = ["2023-04", "2022", "2024", "2023-02-14", "2021-12", "2026"]
DAYS = ["2023-07-07", "2024-02-29", "2023-03-02", "2022-01-01", "2026-01-01"]

FORMS: dict[str, Values] = {
    "text": st.sampled_from(WORDS),
    "day": st.sampled_from(DAYS),
    "moment": st.sampled_from([*DAYS, "2023-03-02T00:30+09:00", "2023-06-30T23:59:59Z"]),
    "partial date": st.sampled_from(PARTIAL_DATES),
    "url": st.sampled_from(["https://example.net/other", "http://example.com/a?b=c&d=%20#e"]),
    "language": st.sampled_from(["fr", "en"]),
    "slug": st.sampled_from(["other", "s2", "a-b_c"]),
    "former id": st.sampled_from(["former", "old-1", "old-2"]),
    "site path": st.sampled_from(["/former/", "/old/other.html", "/fr/ancien/", "/a,b/%20c/"]),
    "region code": st.sampled_from(["ES", "GB", "419", "US", "202"]),
    "wikidata id": st.sampled_from(["Q312", "Q42"]),
    "time zone": st.sampled_from(["Asia/Tokyo", "America/New_York", "UTC"]),
    "colour": st.sampled_from(["8a1c2c", "#036", "333333"]),
    "file": st.sampled_from(["/files/sales.svg", "/files/logo.svg"]),
    "link": st.sampled_from(["/changes/", "/market/#x", "https://example.net/a", "a@example.org"]),
    "licence": st.sampled_from(["cc0-1.0", "MIT", "https://example.org/licence"]),
    "markdown": st.sampled_from(["*Other* [words](/changes/)", "Two\n\nparagraphs & <b>"]),
    "menu name": st.sampled_from(["market", "changes", "record"]),
    "bool": st.sampled_from(["true", "false"]),
    "number": st.sampled_from(["7", "0.25", "-3", "1500000"]),
}
"""Values of each form that is no reference."""

LISTS: dict[tuple[type[FrontMatter], str], list[list[str]]] = {
    (SiteFile, "languages"): [["en", "fr", "de"], ["fr", "en"]],
}


class Place(NamedTuple):
    """A field of a document, or of a record in one."""

    path: str
    document: Document
    holder: Holder
    name: str

    def __repr__(self) -> str:
        return f"{self.path}: {self.holder.record.__name__}.{self.name}"


def places(site: SiteValues, record: type[FrontMatter], name: str) -> list[Place]:
    """Where a field is or could be written, those first where it is."""
    found = [
        Place(path, document, holder, name)
        for path, document in site.documents.items()
        for holder in document.holders()
        if holder.record is record
    ]
    return sorted(found, key=lambda place: name not in place.holder.values)


@st.composite
def change_field(draw: st.DrawFn, site: SiteValues, record: type[FrontMatter], name: str) -> str:
    """Another value for a field somewhere, or none; what belongs to it is changed with it."""
    place = draw(st.sampled_from(places(site, record, name)))
    values, field = place.holder.values, field_types(record)[name]
    before = values.get(name, ABSENT)
    options = [_values(site, place, field)]
    if field.item and isinstance(before, list) and len(before) > 1:
        options += [st.permutations(before), st.just(before[1:])]
    if field.optional and before is not ABSENT:
        options.append(st.just(ABSENT))
    value = draw(st.one_of(options).filter(lambda value: value != before))
    values.pop(name, None)
    if value is not ABSENT:
        values[name] = value
    _complete(draw, site, place, before)
    _drop_contradictions(place.document)
    return f"{place}: {'left out' if value is ABSENT else value}"


def _values(site: SiteValues, place: Place, field: FieldType) -> Values:
    """Values for a field."""
    record, name = place.holder.record, place.name
    if (record, name) in LISTS:
        return st.sampled_from(LISTS[record, name])
    if (record, name) == (Move, "product"):
        return _products(site, place.holder.values.get("company", ""))
    return _typed(site, place, field)


def _typed(site: SiteValues, place: Place, field: FieldType) -> Values:
    if field.item:
        least = 0 if field.optional else 1
        return st.lists(
            _typed(site, place, field.item), min_size=max(least, 1), max_size=3, unique_by=repr
        )
    if field.record:
        return _records(site, place, field.record)
    if field.choices:
        return st.sampled_from(field.choices)
    if field.form == "source":
        known = [source["id"] for source in place.document.values.get("sources", [])]
        return st.sampled_from(known or ["none"])
    if documents := site.of_kind(field.form):
        return st.sampled_from(list(documents))
    return FORMS[field.form]


@st.composite
def _records(
    draw: st.DrawFn, site: SiteValues, place: Place, record: type[FrontMatter]
) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name, field in field_types(record).items():
        inner = Place(place.path, place.document, Holder(record, values), name)
        if not field.optional or draw(st.booleans()):
            values[name] = draw(_values(site, inner, field))
            _complete(draw, site, inner, ABSENT)
    return values


def _products(site: SiteValues, company: str) -> Values:
    known = site.of_kind("company").get(company)
    return st.sampled_from((known and known.values.get("products")) or WORDS)


def _complete(draw: st.DrawFn, site: SiteValues, place: Place, before: Any) -> None:
    """Change what has to agree with a field that was changed."""
    (record, values), name = place.holder, place.name
    if record is Briefing:
        _complete_status(draw, site, place)
    elif record is Judgement and name in ("outcome", "resolved"):
        other = "resolved" if name == "outcome" else "outcome"
        if name in values:
            values.setdefault(other, "true" if other == "outcome" else "2024-05")
        else:
            values.pop(other, None)
    elif issubclass(record, MenuLink):
        _complete_line(values, name)
    elif record is Move and name == "company":
        values["product"] = draw(_products(site, values["company"]))
    elif record is Source and name == "id" and before is not ABSENT:

        def change(text: str) -> str:
            return str(values["id"]) if text == before else text

        change_references(Briefing, place.document.values, "source", change)
        place.document.body = place.document.body.replace(f"@{before}", f"@{values['id']}")


def _complete_line(values: dict[str, Any], name: str) -> None:
    """Make a line of the menu lead to one thing."""
    ways = [way for way in (name, "page", "link", "menu") if way != "label" and values.get(way)]
    for way in ways[1:]:
        if way != ways[0]:
            del values[way]
    if not ways:
        values["page"] = "changes"
    if "page" not in values:
        values.setdefault("label", "Label")


def _complete_status(draw: st.DrawFn, site: SiteValues, place: Place) -> None:
    values, name = place.holder.values, place.name
    partners = {"superseded": "superseded_by", "withdrawn": "withdrawn"}
    status = next((status for status, partner in partners.items() if partner == name), "")
    if status and name in values:
        values["status"] = status
    elif status and values.get("status") == status:
        del values["status"]
    for status, partner in partners.items():
        if values.get("status") != status:
            values.pop(partner, None)
        elif partner not in values:
            field = field_types(Briefing)[partner]
            values[partner] = draw(_typed(site, place._replace(name=partner), field))


def _drop_contradictions(document: Document) -> None:
    """Leave out what a changed date makes untrue, such as an update before the publication."""
    while document.kind:
        source = decode_text(document.text().encode(), "")
        node, _ = compose_front_matter(source)
        record = Decoder(source, 1).record(node, FRONT_MATTER[document.kind])
        place = (
            next((place for place, *_ in check_front_matter(record, "UTC")), None)
            if record
            else None
        )
        if place is None:
            return
        _drop(document.values, place)


def _drop(values: Any, path: FieldPath) -> None:
    """Leave out a field of a document, and with it the whole item of a list that it is part of."""
    outer, *inner = path
    if inner and isinstance(values[outer], list):
        del values[outer][inner[0]]
    else:
        values.pop(outer, None)
