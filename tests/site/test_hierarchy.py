"""Who is above and below whom, and whether anyone is above himself."""

from __future__ import annotations

from graphlib import CycleError, TopologicalSorter
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from dossier.site.hierarchy import Hierarchy, find_cycle, find_cycles

REGIONS = Hierarchy(
    {"world": None, "europe": "world", "france": "europe", "asia": "world", "g7": None},
    {"g7": ("france", "asia")},
)

EDGES = st.dictionaries(
    st.sampled_from("abcdef"), st.lists(st.sampled_from("abcdefg"), max_size=4), max_size=6
)


def test_a_tree_knows_parents_children_and_roots() -> None:
    """Parents come from the root down, children in the order given."""
    assert REGIONS.roots == ["world", "g7"]
    assert REGIONS.children("world") == ["europe", "asia"]
    assert REGIONS.ancestors("france") == ("world", "europe")
    assert REGIONS.ancestors("world") == REGIONS.members("world") == ()


def test_a_group_contains_its_members_but_is_no_parent() -> None:
    """What names a member rolls up to the group; the member's ancestors stay as they are."""
    assert REGIONS.members("g7") == ("france", "asia")
    assert REGIONS.groups("france") == ["g7"]
    assert REGIONS.containers("france") == {"france", "europe", "world", "g7"}
    assert "g7" not in REGIONS.ancestors("france")
    assert REGIONS.within(["world", "asia"]) == ["asia", "g7", "world"]


@given(EDGES)
def test_a_cycle_is_found_if_and_only_if_there_is_one(edges: dict[str, list[str]]) -> None:
    """What is found is a closed walk along edges of the graph; nothing is found where none is."""
    try:
        TopologicalSorter(edges).prepare()
        assert find_cycle(edges) == []
    except CycleError:
        cycle = find_cycle(edges)
        assert len(cycle) > 1
        assert cycle[0] == cycle[-1]
        assert all(b in edges[a] for a, b in pairwise(cycle))
        assert len(set(cycle)) == len(cycle) - 1


def test_every_separate_circle_is_found() -> None:
    """One cycle does not hide another."""
    edges = {"a": ["b"], "b": ["a"], "c": ["c"], "d": ["a"]}
    assert list(find_cycles(edges)) == [["a", "b", "a"], ["c", "c"]]


def test_a_long_chain_is_no_problem() -> None:
    """The walk needs no recursion."""
    edges = {str(i): [str(i + 1)] for i in range(20_000)}
    assert find_cycle(edges) == []
    assert len(find_cycle(edges | {"20000": ["0"]})) == 20_002
