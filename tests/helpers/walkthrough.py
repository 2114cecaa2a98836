"""Walkthroughs of the documentation: carries out, in a site's folder, what a page tells its reader.

A fence says what its example is: `run` for commands, `file=PATH` for a whole file, `add=PATH` for
lines to add to one. An example without such a word is only shown.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

from tests.helpers.smallsite import ROOT

_FENCE = re.compile(
    r"^```(?P<language>\w+) (?:run|(?P<how>file|add)=(?P<path>\S+))\n(?P<text>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)


def walk(page: Path, folder: Path) -> Path:
    """Carry out a page of the documentation in a folder; return the one that it ends in."""
    for example in _FENCE.finditer(page.read_text("utf-8")):
        if example["how"] is None:
            for line in example["text"].splitlines():
                folder = _run(shlex.split(line), folder)
            continue
        target = folder / example["path"]
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("w" if example["how"] == "file" else "a", encoding="utf-8") as file:
            file.write(example["text"])
    return folder


def _run(command: list[str], folder: Path) -> Path:
    """Run a command in a folder, with this very Dossier; return the folder it leads to."""
    if command[0] == "cd":
        return folder / command[1]
    programs = {"dossier": [sys.executable, ROOT / "build.py"], "python": [sys.executable]}
    done = subprocess.run(
        [*programs.get(command[0], command[:1]), *command[1:]],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, f"{shlex.join(command)}\n{done.stdout}{done.stderr}"
    return folder
