"""Trees of companies, regions and topics: who is above and below whom, and cycles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property


class Hierarchy:
    """Parents and children by id. Groups (`members`) add children, but never a parent.

    Built only from a graph without cycles: ask `find_cycle` first.
    """

    def __init__(
        self,
        parents: Mapping[str, str | None],
        members: Mapping[str, tuple[str, ...]] | None = None,
    ) -> None:
        self._parents = parents
        self._members = members or {}
        self._ancestors: dict[str, tuple[str, ...]] = {}
        self._containers: dict[str, frozenset[str]] = {}

    @cached_property
    def _children(self) -> dict[str, list[str]]:
        children: dict[str, list[str]] = {}
        for child, parent in self._parents.items():
            if parent is not None:
                children.setdefault(parent, []).append(child)
        return children

    @cached_property
    def _groups(self) -> dict[str, list[str]]:
        groups: dict[str, list[str]] = {}
        for group, members in self._members.items():
            for member in members:
                groups.setdefault(member, []).append(group)
        return groups

    @property
    def roots(self) -> list[str]:
        """The ids without a parent."""
        return [child for child, parent in self._parents.items() if parent is None]

    def children(self, node: str) -> list[str]:
        """The ids whose parent a node is."""
        return self._children.get(node, [])

    def members(self, node: str) -> tuple[str, ...]:
        """The ids that a group contains beside its children."""
        return self._members.get(node, ())

    def groups(self, node: str) -> list[str]:
        """The groups that name a node as a member."""
        return self._groups.get(node, [])

    def ancestors(self, node: str) -> tuple[str, ...]:
        """The parents of a node, from the root down."""
        if node not in self._ancestors:
            parent = self._parents.get(node)
            above = () if parent is None else (*self.ancestors(parent), parent)
            self._ancestors[node] = above
        return self._ancestors[node]

    def containers(self, node: str) -> frozenset[str]:
        """The node and all that contain it: parents, groups, and theirs."""
        if node not in self._containers:
            parent = self._parents.get(node)
            above = [*self.groups(node), *([parent] if parent is not None else [])]
            self._containers[node] = frozenset({node}).union(*(self.containers(n) for n in above))
        return self._containers[node]

    def within(self, nodes: Iterable[str]) -> list[str]:
        """The nodes and all that contain one of them, by id: output may follow this order."""
        return sorted(frozenset().union(*(self.containers(node) for node in nodes)))


def find_cycle(edges: Mapping[str, Iterable[str]]) -> list[str]:
    """The ids of one cycle of a graph, first one repeated at the end; empty where there is none."""
    return next(find_cycles(edges), [])


def find_cycles(edges: Mapping[str, Iterable[str]]) -> Iterator[list[str]]:
    """A cycle for each edge that closes one in a walk of the graph; each as `find_cycle` has it."""
    open_ids: dict[str, bool] = {}  # True while the walk is below a node, False afterwards
    for start in sorted(edges):
        if start in open_ids:
            continue
        trail = [(start, iter(edges[start]))]
        open_ids[start] = True
        while trail:
            node, following = trail[-1]
            after = next(following, None)
            if after is None:
                open_ids[node] = False
                trail.pop()
            elif open_ids.get(after):
                path = [name for name, _ in trail]
                yield [*path[path.index(after) :], after]
            elif after not in open_ids:
                open_ids[after] = True
                trail.append((after, iter(edges.get(after, ()))))
