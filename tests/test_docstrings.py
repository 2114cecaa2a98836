"""Docstrings keep to their form: functions say what they do, modules what they are."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.helpers.smallsite import ROOT

MODULES = sorted((ROOT / "dossier").rglob("*.py"))
NO_VERBS = {
    *("a", "an", "the", "this", "that", "these", "those", "all", "any", "each", "every", "some"),
    *("what", "which", "who", "whom", "whose", "when", "where", "whether", "why", "how"),
    *("by", "for", "from", "in", "of", "on", "as", "with", "without", "up", "is", "it", "its"),
}
"""Words that begin a noun phrase or a clause, and no instruction."""


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef]:
    """Find all functions and methods; properties are named like attributes, and are left out."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            decorators = " ".join(map(ast.unparse, node.decorator_list))
            if "property" not in decorators:
                yield node


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_the_docstring_of_a_function_begins_with_a_verb(path: Path) -> None:
    """As an instruction: "Build the page", not "The page" or "What a page has"."""
    tree = ast.parse(path.read_text("utf-8"))
    first = {
        node.name: doc.split()[0].strip("\"'`,:;.").casefold()
        for node in functions(tree)
        if (doc := ast.get_docstring(node))
    }
    assert {name: word for name, word in first.items() if word in NO_VERBS} == {}
