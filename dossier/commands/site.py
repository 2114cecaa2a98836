"""The commands about a site of one's own: `new site`, `templates`, `compare`, `schema`."""

from __future__ import annotations

import argparse
import shlex
import sys
from pathlib import Path
from typing import Any

from dossier.commands.options import add_templates_folder, form_type
from dossier.problems import render_problems

Commands = Any
"""What `add_subparsers` returns; argparse keeps its type to itself."""


def add_templates(commands: Commands) -> None:
    """Add `templates`, with `copy`, `diff` and `accept`."""
    parser = commands.add_parser("templates", help="list what a site can override")
    parser.set_defaults(run=_templates, action="", undone="nothing was written")
    add_templates_folder(parser)
    actions = parser.add_subparsers(title="actions", metavar="ACTION", dest="action")
    for action, text in (
        ("copy", "copy a packaged template into the site, to change it"),
        ("diff", "compare the packaged template with the site's own"),
        ("accept", "mark a copy as one of the packaged template as it is now"),
    ):
        acting = actions.add_parser(action, help=text)
        acting.add_argument("path", metavar="PATH", help="its name, such as pages/company.html")


def add_compare(commands: Commands) -> None:
    """Add `compare`."""
    parser = commands.add_parser("compare", help="list the pages that differ from another build")
    parser.set_defaults(run=_compare)
    parser.add_argument("before", type=Path, metavar="DIR", help="the other output folder")
    parser.add_argument(
        "--output", type=Path, default=Path("output"), metavar="DIR", help="the output folder"
    )


def add_schema(commands: Commands) -> None:
    """Add `schema`."""
    parser = commands.add_parser("schema", help="write JSON Schemas, by which editors check fields")
    parser.set_defaults(run=_schema, undone="nothing was written")
    add = parser.add_argument
    add("--output", type=Path, default=Path(".vscode"), metavar="DIR", help="the folder for them")


def add_new_site(kinds: Commands) -> None:
    """Add `new site`; its options are asked for on a terminal where they are left out."""
    from dossier.content.value_types import parse_language, parse_text, parse_timezone, parse_url

    parser = kinds.add_parser("site", help="a site of your own, in a new folder")
    parser.set_defaults(run=_new_site)
    add = parser.add_argument
    add("folder", type=Path, metavar="DIR", help="the folder, new or empty")
    add("--title", type=form_type(parse_text), metavar="TITLE", help="the name of the site")
    add("--base-url", type=form_type(parse_url), metavar="URL", help="where it will be published")
    add("--language", type=form_type(parse_language), metavar="LANG", help="its language: en, fr")
    add(
        "--timezone",
        type=form_type(parse_timezone),
        metavar="ZONE",
        help="where it is written: Europe/Paris",
    )


def _templates(parsed: argparse.Namespace) -> int:
    from dossier.theme.copies import accept_original, compare_template, copy_template
    from dossier.theme.files import Theme
    from dossier.theme.listing import list_theme

    theme = Theme(parsed.templates)
    match parsed.action:
        case "copy":
            print(copy_template(theme, parsed.path).as_posix())
        case "diff":
            print(compare_template(theme, parsed.path), end="")
        case "accept":
            print(accept_original(theme, parsed.path).as_posix())
        case _:
            for file in list_theme(theme):
                own = f"  [{file.own}]" if file.own else ""
                print(f"{file.name:<30} {file.about}{own}")
    return 0


def _compare(parsed: argparse.Namespace) -> int:
    from dossier.build.compare import compare_outputs, render_comparison

    print(render_comparison(compare_outputs(parsed.before, parsed.output)))
    return 0


def _schema(parsed: argparse.Namespace) -> int:
    from dossier.scaffold.json_schema import write_schemas

    print("\n".join(path.as_posix() for path in write_schemas(parsed.output)))
    return 0


def _new_site(parsed: argparse.Namespace) -> int:
    from dossier.scaffold.ask import ask_for_site
    from dossier.scaffold.create import RefusedError
    from dossier.scaffold.new_site import create_site

    try:
        notes = create_site(ask_for_site(parsed))
    except RefusedError as error:
        print(render_problems(error.problems), file=sys.stderr)
        return 2
    for note in notes:
        print(note, file=sys.stderr)
    folder = parsed.folder.as_posix()
    print(f"{folder}: a site that builds. Next: cd {shlex.quote(folder)} && python build.py")
    return 0
