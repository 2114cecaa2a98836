"""The shape of the code: imports go only downwards, in the order that ARCHITECTURE.md gives."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.smallsite import ROOT

PACKAGE = ROOT / "dossier"
MODULES = sorted(
    path.relative_to(PACKAGE).with_suffix("").as_posix()
    for path in PACKAGE.rglob("*.py")
    if path != PACKAGE / "__init__.py"
)


def layers() -> dict[str, int]:
    """The rank of each module: its row in ARCHITECTURE's table, the lowest layer first."""
    text = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    table = text[text.index("## The rooms") : text.index("## The rules")]
    rows = re.findall(r"^\| (`.*?) \|", table, re.MULTILINE)
    return {name: n for n, row in enumerate(rows) for name in re.findall(r"`([\w/]+)`", row)}


def rank(module: str, ranks: dict[str, int]) -> int:
    """The rank of `plan/parts` is that of `plan/`."""
    return ranks[f"{module.split('/')[0]}/" if "/" in module else module]


def imported(module: str) -> set[str]:
    """The modules of the package that a module imports, as paths."""
    tree = ast.parse((PACKAGE / f"{module}.py").read_text("utf-8"))
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("dossier."):
            names.add((node.module or "").removeprefix("dossier.").replace(".", "/"))
        elif isinstance(node, ast.Import):
            assert not any(alias.name.startswith("dossier") for alias in node.names), module
    return {f"{name}/__init__" if (PACKAGE / name).is_dir() else name for name in names}


@pytest.mark.parametrize("module", MODULES)
def test_a_module_imports_only_what_is_above_it_in_the_table(module: str) -> None:
    """Imports go only downwards; modules of one row may use one another."""
    ranks = layers()
    for other in imported(module):
        assert rank(other, ranks) <= rank(module, ranks), f"{module} imports {other}"


@pytest.mark.parametrize(
    ("folder", "order"),
    [
        (
            "plan",
            "planned checks feed_links menu parts replaced downloads charts evidence figures rows "
            "market_rows market_scopes market_matrix timeline market market_data history "
            "event_feed briefings feeds terms lists search record resources viewer __init__",
        ),
        ("preview", "desk guard watch saves session page author server __init__"),
    ],
)
def test_the_modules_of_a_folder_stand_on_one_another_without_a_circle(
    folder: str, order: str
) -> None:
    """Within a folder, too, imports have a direction."""
    modules = order.split()
    assert {f"{folder}/{name}" for name in modules} == {
        module for module in MODULES if module.startswith(f"{folder}/")
    }
    for position, module in enumerate(modules):
        for other in imported(f"{folder}/{module}"):
            if other.startswith(f"{folder}/"):
                assert modules.index(other.removeprefix(f"{folder}/")) < position


@pytest.mark.parametrize("module", MODULES)
def test_a_module_is_short_enough_to_read(module: str) -> None:
    """A module over about 300 lines is two; the models and views are lists of fields."""
    limit = 400 if module in ("models", "views") else 310
    assert len((PACKAGE / f"{module}.py").read_text("utf-8").splitlines()) <= limit


@pytest.mark.parametrize("module", MODULES)
def test_a_module_says_what_it_is(module: str) -> None:
    """Every module opens with what it owns."""
    assert ast.get_docstring(ast.parse(Path(PACKAGE / f"{module}.py").read_text("utf-8")))


@pytest.mark.parametrize("library", ["asyncio", "concurrent.futures", "multiprocessing", "ssl"])
def test_an_edit_does_not_load_what_only_others_need(library: str) -> None:
    """Most of the time that a small edit takes is that of starting."""
    script = f"import sys, dossier.pipeline; sys.exit('{library}' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script]).returncode == 0
