"""What documents say against one another, beyond references: names and depths."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.helpers.smallsite import SmallSite

Make = Callable[[str], SmallSite]


@pytest.mark.parametrize(
    ("kind", "first", "second"),
    [
        ("companies", "name: Acme", "name: ACME"),
        ("companies", "name: A\naliases: [Acme]", "name: Acme"),
        ("companies", "name: A\naliases: [X, Acmé]", "name: B\naliases: [acme]"),
        ("topics", "name: Live shopping", "name: Live  Shopping"),
        ("regions", "name: France\ncode: FR", "name: République\ncode: FR"),
    ],
)
def test_a_name_of_two_is_a_warning(small_site: Make, kind: str, first: str, second: str) -> None:
    """With the place of one and the file of the other."""
    site = small_site(
        f"-- content/{kind}/a.md --\n---\n{first}\n---\n"
        f"-- content/{kind}/b.md --\n---\n{second}\n---\n"
    )
    (problem,) = site.problems()
    assert problem.severity == "warning"
    assert problem.path.endswith(f"{kind}/b.md")
    assert problem.line > 1
    assert f"is a name in '{kind}/a.md' too" in problem.message


def test_names_of_different_kinds_may_be_the_same(small_site: Make) -> None:
    """A topic may be called as a company is."""
    site = small_site(
        "-- content/companies/a.md --\n---\nname: Twitch\naliases: [twitch]\n---\n"
        "-- content/topics/b.md --\n---\nname: Twitch\n---\n"
    )
    assert site.problems() == []


@pytest.mark.parametrize("kind", ["companies", "topics", "regions"])
def test_a_hierarchy_too_deep_to_show_is_an_error(small_site: Make, kind: str) -> None:
    """Fifteen hundred levels end in no traceback."""
    files = [
        f"-- content/{kind}/c{n}.md --\n---\nname: C {n}\nparent: c{n + 1}\n---\n"
        for n in range(1500)
    ]
    site = small_site("".join(files) + f"-- content/{kind}/c1500.md --\n---\nname: C 1500\n---\n")
    (problem,) = site.problems()
    assert problem.message == "it is more than 50 levels below others"
    assert problem.line == 3
