"""Nothing early: what is held back, or dated ahead, is in no byte of the output."""

from __future__ import annotations

import gzip
import html
import json
import re
from collections.abc import Callable, Iterator
from io import BytesIO
from itertools import count
from typing import Any

from pypdf import PdfReader

from dossier.content.field_types import FieldType, field_types
from dossier.content.models import Briefing, FrontMatter
from tests.helpers.smallsite import ENTITIES, SITE_YAML, SmallSite, briefing
from tests.render.test_pdf import needs_pango

Make = Callable[[str], SmallSite]

ALL_OUTPUTS = f"-- content/site.yaml --\n{SITE_YAML}search: true\npdf: true\nsocial_cards: true\n"
KNOWN = {
    "company": "amazon",
    "region": "france",
    "topic": "live-shopping",
    "briefing": "shown",
    "language": "en",
}
"""References to what is published anyway."""

TOLD_LATER = {
    ("Briefing", "date"),
    ("Briefing", "updated"),
    ("Briefing", "reconstructed"),
    ("Change", "date"),
    ("Withdrawal", "date"),
    ("Judgement", "resolved"),
}
"""The dates from which something is told."""

MAY_LIE_AHEAD = {
    ("Briefing", "review_by"),
    ("Source", "date"),
    ("Figure", "as_of"),
    ("Move", "date"),
    ("Judgement", "by"),
}
"""The dates of what is expected, which are told before they come."""

DATES = ("day", "moment", "partial date")


class Marks:
    """Values for every field, each with a mark that is found nowhere else."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._numbers = count(10)

    def text(self) -> str:
        """A word that is one more mark."""
        self.found.append(f"markq{next(self._numbers)}z")
        return self.found[-1]

    def year(self) -> str:
        """A year to come that is one more mark."""
        self.found.append(str(2700 + next(self._numbers)))
        return self.found[-1]

    def record(self, cls: type[FrontMatter], without: tuple[str, ...] = ()) -> dict[str, Any]:
        """A record with all of its fields."""
        fields = field_types(cls).items()
        return {name: self._value(name, field) for name, field in fields if name not in without}

    def _value(self, name: str, field: FieldType) -> Any:
        if field.item:
            return [self._value(name, field.item)]
        if field.record:
            return self.record(field.record)
        if field.choices:
            return field.choices[-1]
        if field.form in DATES:
            return f"{self.year()}-03-04"
        if field.form == "number":
            self.found.append(f"7391{next(self._numbers)}")
            return f"0.{self.found[-1]}"
        if field.form == "source" or (field.form == "slug" and name == "id"):
            return "markqsourcez"
        text = KNOWN.get(field.form) or self.text()
        by_form = {"bool": "true", "url": f"https://{text}.example/", "site path": f"/{text}/"}
        by_form["file"] = f"/files/{text}.svg"
        return by_form.get(field.form, text)


def as_front_matter(values: dict[str, Any]) -> dict[str, str]:
    """Fields as YAML."""
    return {name: json.dumps(value) for name, value in values.items()}


def texts_of(site: SmallSite) -> Iterator[tuple[str, str]]:
    """All that each file of the output says, also where it is compressed or printed."""
    for path, data in site.output().items():
        found = data
        if path.endswith(".pdf"):
            pdf = PdfReader(BytesIO(data))
            pages = " ".join(page.extract_text() for page in pdf.pages)
            found = f"{pages} {pdf.metadata}".encode()
        elif data[:2] == b"\x1f\x8b":
            found = gzip.decompress(data)
        yield path, html.unescape(f"{path} {found.decode('utf-8', 'replace')}")


def leaks(site: SmallSite, marks: Marks) -> list[tuple[str, str]]:
    """The files that hold a mark, each with it."""
    known = re.compile(rf"(?<![\w+/])({'|'.join(marks.found)})(?![\w+/])|markq\w*", re.IGNORECASE)
    return [(path, found[0]) for path, text in texts_of(site) for found in known.finditer(text)]


def test_each_date_is_told_later_or_may_lie_ahead() -> None:
    """A new one has to be decided upon: see `site/schedule.py`."""
    found, todo = set(), [Briefing]
    while todo:
        record = todo.pop()
        for name, field in field_types(record).items():
            inner = field.item or field
            todo += [inner.record] if inner.record else []
            found |= {(record.__name__, name)} if inner.form in DATES else set()
    assert found == TOLD_LATER | MAY_LIE_AHEAD


@needs_pango
def test_no_field_of_a_briefing_that_is_held_back_is_anywhere(small_site: Make) -> None:
    """Of a draft, or of one that is dated ahead, whatever its status; nor its files."""
    marks, text = Marks(), ENTITIES + ALL_OUTPUTS
    own: dict[str, set[str]] = {"draft": set(), "current": set()}
    own |= {"superseded": {"superseded_by"}, "withdrawn": {"withdrawn"}}
    replaced = []
    for status, fields in own.items():
        left_out = {"superseded_by", "withdrawn", "translation_of"} - fields
        values = marks.record(Briefing, tuple(left_out))
        values |= {"status": status, "date": "2025-01-01" if status == "draft" else "2639-01-01"}
        id_, picture = marks.text(), marks.text()
        body = (
            f"{marks.text()} [@markqsourcez] [[tiktok]]\n\n## {marks.text()}\n\n"
            f"![{marks.text()}](/files/{picture}.svg)\n\nN[^1] [data](/files/{picture}.csv)\n\n"
            f"[^1]: {marks.text()}"
        )
        text += briefing(id_, body, **as_front_matter(values))
        text += f"-- content/files/{picture}.svg --\n<svg/>\n-- content/files/{picture}.csv --\na\n"
        text += f"-- content{values['image']['file']} --\n<svg/>\n"
        text += briefing(f"old-{status}", status="superseded", superseded_by=f"[{id_}]")
        replaced.append(f"old-{status}")
    site = small_site(text + briefing("shown", companies="[tiktok]", regions="[FR]"))
    assert len(site.build().held) == len(own)
    marks.found.append("2639")
    assert leaks(site, marks) == []
    for id_ in replaced:
        assert "Superseded" not in site.read(f"briefings/{id_}/index.html")
    site.build(as_of="2640-01-01")
    assert {path.rpartition(".")[2] for path, _ in leaks(site, marks)} >= {
        *("html", "xml", "json", "markdown", "pdf", "csv", "svg", "pf_fragment")
    }


@needs_pango
def test_nothing_dated_ahead_in_a_briefing_is_anywhere(small_site: Make) -> None:
    """No update, change, withdrawal or outcome, until its day; the day after, it is told."""
    marks = Marks()
    change, withdrawal = field_types(Briefing)["changes"].item, field_types(Briefing)["withdrawn"]
    assert change and change.record and withdrawal.record
    correction = marks.record(change.record) | {"kind": "correction"}
    changes = as_front_matter({"changes": [marks.record(change.record), correction]})
    withdrawn = as_front_matter({"withdrawn": marks.record(withdrawal.record)})
    judgement = {
        **{"text": "It comes.", "likelihood": "likely", "confidence": "high", "by": "2025-01"},
        **{"outcome": "true", "resolved": f"{marks.year()}-02"},
    }
    common = {"companies": "[tiktok]", "updated": f"{marks.year()}-03-04"}
    site = small_site(
        ENTITIES
        + ALL_OUTPUTS
        + briefing("changed", **common, **changes, judgements=json.dumps([judgement]))
        + briefing("gone", status="withdrawn", **withdrawn)
        + briefing("gone-fr", lang="fr", translation_of="gone", status="withdrawn", **withdrawn)
    )
    site.build()
    assert leaks(site, marks) == []
    assert "Withdrawn" not in site.read("briefings/gone/index.html")
    assert "Overdue" in site.read("record/index.html")
    site.build(as_of="2900-01-01")
    assert {mark for _, mark in leaks(site, marks)} == {*marks.found}
