"""Briefings with moves, and the places of these."""

from __future__ import annotations

from tests.helpers.smallsite import briefing

PLACES = """\
-- content/regions/germany.md --
---
name: Germany
code: DE
parent: europe
---
-- content/regions/pair.md --
---
name: Two of them
members: [FR, DE]
---
"""


SOURCES = "[{id: s, title: A source, publisher: The Wire}]"


def move(stage: str, date: str, **more: str) -> str:
    """A move as YAML: TikTok Shop in France, officially, unless something else is said."""
    fields = {"company": "tiktok", "product": "TikTok Shop", "regions": "[FR]"}
    fields |= {"stage": stage, "date": date, "basis": "official", "sources": "[s]"} | more
    return "{" + ", ".join(f"{name}: {value}" for name, value in fields.items()) + "}"


def telling(id_: str, *moves: str, **fields: str) -> str:
    """A briefing that tells some moves."""
    return briefing(id_, sources=SOURCES, moves=f"[{', '.join(moves)}]", **fields)
