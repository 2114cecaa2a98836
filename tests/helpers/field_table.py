"""The tables of `docs/front-matter.md`, from the models: `python -m tests.helpers.field_table`."""

from __future__ import annotations

import msgspec

from dossier.content.brand.models import (
    Logo,
    MenuLine,
    MenuLink,
    Publisher,
    Robots,
    SocialLink,
)
from dossier.content.field_types import FieldType, field_types
from dossier.content.models import (
    FRONT_MATTER,
    Change,
    Figure,
    FrontMatter,
    Judgement,
    Move,
    SharedImage,
    Source,
    SupersededBy,
    Withdrawal,
)
from dossier.content.settings import SiteFile

NESTED: tuple[type[FrontMatter], ...] = (
    Source,
    Figure,
    Move,
    Judgement,
    Change,
    SupersededBy,
    Withdrawal,
    SharedImage,
)
BRAND: tuple[type[FrontMatter], ...] = (
    Logo,
    MenuLine,
    MenuLink,
    Publisher,
    SocialLink,
    Robots,
)
ALL: tuple[type[FrontMatter], ...] = (*FRONT_MATTER.values(), *NESTED, SiteFile, *BRAND)


def render_table(cls: type[FrontMatter]) -> str:
    """Render the fields of a model as a Markdown table, the required ones first."""
    required = {field.name for field in msgspec.structs.fields(cls) if field.required}
    types = sorted(field_types(cls).items(), key=lambda field: field[0] not in required)
    rows = [
        f"| `{name}`{' **required**' if name in required else ''} | {_kind(field)} "
        f"| {field.description} |"
        for name, field in types
    ]
    return "\n".join(["| field | holds | meaning |", "|---|---|---|", *rows])


def _kind(field: FieldType) -> str:
    if field.item is not None:
        return f"list of {_kind(field.item)}"
    if field.record is not None:
        return f"[{field.record.__name__.lower()}](#{field.record.__name__.lower()})"
    if field.choices:
        return " · ".join(f"`{choice}`" for choice in field.choices)
    references = ("company", "region", "topic", "briefing", "source")
    return f"{field.form} id" if field.form in references else field.form


if __name__ == "__main__":
    for record in ALL:
        print(f"## {record.__name__}\n\n{record.__doc__}\n\n{render_table(record)}\n")
