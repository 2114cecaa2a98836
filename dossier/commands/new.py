"""The options of `new`, by kind of content."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from dossier.commands.options import form_type
from dossier.commands.site import add_new_site
from dossier.content.models import KINDS
from dossier.content.value_types import parse_language


def add_new_kinds(parser: argparse.ArgumentParser) -> None:
    """Add a command for each kind of content, and `new site`."""
    kinds = parser.add_subparsers(title="kinds", required=True, metavar="KIND", dest="kind")
    for kind in KINDS:
        add = kinds.add_parser(kind, help=f"a new {kind}").add_argument
        named = kind not in ("briefing", "page")
        text = "its name, or its code" if kind == "region" else "its name" if named else "its title"
        add("title", metavar="NAME" if named else "TITLE", help=text)
        add("--content", type=Path, metavar="DIR", help="the content folder")
        add("--id", metavar="ID", help="its permanent id and address (default: from the title)")
        if named:
            add("--parent", metavar=kind.upper(), help=f"its parent {kind}")
        else:
            add("--lang", type=form_type(parse_language), metavar="LANG", help="its language")
        if kind == "region":
            add("--code", metavar="CODE", help="its ISO 3166-1 or UN M49 code, such as FR")
            _add_region_options(add)
        if kind == "briefing":
            _add_briefing_options(add)
    add_new_site(kinds)


def _add_briefing_options(add: Callable[..., argparse.Action]) -> None:
    for option, name in (
        ("--company", "companies"),
        ("--region", "regions"),
        ("--topic", "topics"),
    ):
        text = f"a {option[2:]} it is about: an id, name, alias or code; may be repeated"
        add(option, dest=name, action="append", metavar=option[2:].upper(), help=text)
    add("--summary", metavar="TEXT", help="the bottom line, in a sentence or two")
    add("--translation-of", metavar="BRIEFING", help="the briefing it translates")
    add("--publish", action="store_true", help="publish it with the next build, not as a draft")


def _add_region_options(add: Callable[..., argparse.Action]) -> None:
    text = "for a group, a region that it contains; may be repeated"
    add("--member", dest="members", action="append", metavar="REGION", help=text)
    text = "also write the continent that it lies in, if the site does not have it"
    add("--with-parent", action="store_true", help=text)
