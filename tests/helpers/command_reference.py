"""The commands and their options, from the parser: `python -m tests.helpers.command_reference`.

Writes the generated part of `docs/command.md`.
"""

from __future__ import annotations

from argparse import Action, ArgumentParser
from pathlib import Path

from dossier.commands.parser import COMMANDS, build_parser
from tests.helpers.smallsite import ROOT

MARK = "<!-- what follows is made by python -m tests.helpers.command_reference -->\n\n"


def find_commands(
    parser: ArgumentParser, prefix: str = ""
) -> dict[str, tuple[str, ArgumentParser]]:
    """Return the commands of a parser, and theirs, with a line each: `check`, `new briefing`."""
    found = {}
    for action in parser._actions:
        if isinstance(action.choices, dict):
            lines = {choice.dest: choice.help or "" for choice in action._get_subactions()}
            for name, command in action.choices.items():
                found[prefix + name] = lines[name], command
                found |= find_commands(command, f"{prefix}{name} ")
    return found


def render_reference() -> str:
    """Render every command with its options."""
    lines: list[str] = []
    for name, (about, command) in find_commands(build_parser(COMMANDS)).items():
        actions = [action for action in command._actions if _is_shown(action)]
        words = [str(action.metavar) for action in actions if not action.option_strings]
        lines += [f"## {name}", "", f"    python build.py {' '.join([name, *words])}", ""]
        lines += [f"{about[:1].upper()}{about[1:]}.", ""]
        if actions:
            lines += ["| option | meaning |", "|---|---|", *map(_row, actions), ""]
    return "\n".join(lines)


def _is_shown(action: Action) -> bool:
    return "--help" not in action.option_strings and not isinstance(action.choices, dict)


def _row(action: Action) -> str:
    names = " ".join(filter(None, (*action.option_strings[-1:], _value(action))))
    return f"| `{names}` | {(action.help or '').replace('|', chr(92) + '|')} |"


def _value(action: Action) -> str:
    if action.nargs == 0:
        return ""
    if action.choices:
        return " \\| ".join(map(str, action.choices))
    return str(action.metavar or action.dest.upper())


if __name__ == "__main__":
    path = Path(ROOT / "docs/command.md")
    head = path.read_text("utf-8").partition(MARK)[0]
    path.write_text(head + MARK + render_reference(), "utf-8")
