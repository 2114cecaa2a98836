"""Folding of case and accents: names that are the same, and the order that readers expect."""

from __future__ import annotations

import random

from dossier.language.folding import sort_key


def test_names_are_ordered_as_readers_look_them_up() -> None:
    """Case, accents and letters such as ø decide nothing; equal names keep a fixed order."""
    names = ["Aarhus", "Apple", "Århus", "eBay", "École", "Elan", "Élan", "Łódź", "Lyon", "Øresund",
             "Oslo", "Œuvre", "Straße", "strasse", "Zara"]  # fmt: skip
    expected = ["Aarhus", "Apple", "Århus", "eBay", "École", "Elan", "Élan", "Łódź", "Lyon"]
    shuffled = names[:]
    random.Random(1).shuffle(shuffled)
    found = sorted(shuffled, key=sort_key)
    assert found[:9] == expected
    assert found[-1] == "Zara"
    assert found.index("Œuvre") < found.index("Øresund") < found.index("Oslo")
    assert abs(found.index("Straße") - found.index("strasse")) == 1
