"""Hierarchies of companies, regions and topics; detection of cycles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property


class Hierarchy:
    """Parents and children by id. Groups (`members`) add children, but never a parent.

    The graph must not have cycles: call `find_cycle` first.
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
        """List the children of a node."""
        return self._children.get(node, [])

    def members(self, node: str) -> tuple[str, ...]:
        """List the members of a group, without its children."""
        return self._members.get(node, ())

    def groups(self, node: str) -> list[str]:
        """List the groups that have a node as a member."""
        return self._groups.get(node, [])

    def ancestors(self, node: str) -> tuple[str, ...]:
        """List the ancestors of a node, from the root down."""
        if node not in self._ancestors:
            parent = self._parents.get(node)
            above = () if parent is None else (*self.ancestors(parent), parent)
            self._ancestors[node] = above
        return self._ancestors[node]

    def containers(self, node: str) -> frozenset[str]:
        """Return a node and everything that contains it: ancestors and groups."""
        if node not in self._containers:
            parent = self._parents.get(node)
            above = [*self.groups(node), *([parent] if parent is not None else [])]
            self._containers[node] = frozenset({node}).union(*(self.containers(n) for n in above))
        return self._containers[node]

    def within(self, nodes: Iterable[str]) -> list[str]:
        """Return nodes and everything that contains one of them, sorted by id for stable output."""
        return sorted(frozenset().union(*(self.containers(node) for node in nodes)))


def find_cycle(edges: Mapping[str, Iterable[str]]) -> list[str]:
    """Find a cycle in a graph, with the first id repeated at the end; empty if there is none."""
    return next(find_cycles(edges), [])


def find_cycles(edges: Mapping[str, Iterable[str]]) -> Iterator[list[str]]:
    """Find a cycle for each edge that closes one, in the form of `find_cycle`."""
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
