"""The shape of the code: imports go only downwards, through folders that fit on a screen."""

from __future__ import annotations

import ast
import subprocess
import sys
from fnmatch import fnmatch
from pathlib import Path

import pytest

from tests.helpers.smallsite import ROOT

PACKAGE = ROOT / "dossier"
MODULES = sorted(
    path.relative_to(PACKAGE).with_suffix("").as_posix()
    for path in PACKAGE.rglob("*.py")
    if path.name != "__init__.py"
)
FOLDERS = sorted({Path(module).parent.as_posix() for module in MODULES})

LAYERS = (
    (
        "problems",
        "sealed_file",
        "kept_results",
        "kept_rows",
        "fingerprint",
        "fingerprint_memory",
        "clock",
        "processes",
        "time_limit",
        "progress",
    ),
    ("language",),
    ("content",),
    ("site",),
    ("views",),
    ("market", "figures", "judgements", "history", "feeds", "search"),
    ("pages",),
    ("theme",),
    ("render",),
    ("build",),
    ("planning",),
    ("update",),
    ("pipeline",),
    ("preview", "scaffold"),
    ("commands",),
    ("cli",),
)
"""The folders and modules of the package, the lowest first. Those of one row, but for the basics,
never import one another."""

RANKS = {name: rank for rank, row in enumerate(LAYERS) for name in row}
BASICS = frozenset(LAYERS[0])


def imported(module: str) -> set[str]:
    """The modules of the package that a module imports, as paths."""
    tree = ast.parse((PACKAGE / f"{module}.py").read_text("utf-8"))
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            assert not any(alias.name.startswith("dossier") for alias in node.names), module
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("dossier"):
            source = (node.module or "").removeprefix("dossier").strip(".").replace(".", "/")
            for alias in node.names:
                inner = f"{source}/{alias.name}".strip("/")
                names.add(inner if (PACKAGE / f"{inner}.py").is_file() else source)
    return names - {""}  # the version, which stands in the package itself


@pytest.mark.parametrize("module", MODULES)
def test_a_module_imports_only_what_is_above_it(module: str) -> None:
    """Imports go only downwards; the subjects know nothing of one another."""
    own = module.split("/")[0]
    for other in imported(module):
        top = other.split("/")[0]
        allowed = top == own or RANKS[top] < RANKS[own] or {top, own} <= BASICS
        assert allowed, f"{module} imports {other}"


def test_the_modules_of_a_folder_stand_on_one_another_without_a_circle() -> None:
    """Within a folder, too, imports have a direction."""
    uses = {module: imported(module) for module in MODULES}
    done: set[str] = set()

    def visit(module: str, path: tuple[str, ...]) -> None:
        assert module not in path, " → ".join((*path, module))
        if module not in done:
            for other in uses[module]:
                visit(other, (*path, module))
            done.add(module)

    for module in MODULES:
        visit(module, ())


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_folder_fits_on_a_screen(folder: str) -> None:
    """A folder of more than about a dozen modules is two."""
    assert sum(Path(module).parent.as_posix() == folder for module in MODULES) <= 14


@pytest.mark.parametrize("module", MODULES)
def test_a_module_is_short_enough_to_read(module: str) -> None:
    """A module over about 300 lines is two."""
    assert len((PACKAGE / f"{module}.py").read_text("utf-8").splitlines()) <= 310


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=str)
def test_a_module_says_what_it_is(path: Path) -> None:
    """Every module and every folder opens with what it owns."""
    assert ast.get_docstring(ast.parse(path.read_text("utf-8")))


@pytest.mark.parametrize(
    "library",
    [
        "asyncio",
        "babel",
        "concurrent.futures",
        "hashlib",
        "jinja2",
        "multiprocessing",
        "ssl",
        "yaml",
    ],
)
def test_an_edit_does_not_load_what_only_others_need(library: str) -> None:
    """Most of the time that a small edit takes is that of starting."""
    script = f"import sys, dossier.pipeline; sys.exit('{library}' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script]).returncode == 0


def test_every_folder_of_tests_is_run(pytestconfig: pytest.Config) -> None:
    """Pytest passes over folders of some names: those of tests are none of them."""
    passed_over = pytestconfig.getini("norecursedirs")
    folders = {path.parent.name for path in (ROOT / "tests").rglob("test_*.py")}
    assert "build" in folders
    assert not [name for name in folders if any(fnmatch(name, p) for p in passed_over)]
