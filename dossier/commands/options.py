"""Options that several commands have, and the build options that they stand for."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from dossier.build.inputs import Options
from dossier.content.moments import parse_moment
from dossier.problems import FormError, missing_folder

EDITOR = "vscode://file/{path}:{line}"
"""Addresses that open a file in Visual Studio Code."""
TEMPLATES = Options().templates
"""The only folder of templates that may be missing: a site need not override anything."""


def form_type(parse: Callable[[str], str]) -> Callable[[str], str]:
    """Return a form of front matter as a type of the command line."""

    def convert(text: str) -> str:
        try:
            return parse(text)
        except FormError as error:
            raise argparse.ArgumentTypeError(f"{error}: {error.hint}") from None

    return convert


def add_templates_folder(parser: argparse.ArgumentParser) -> None:
    """Add the option that names the folder of overrides."""
    parser.add_argument(
        "--templates",
        type=Path,
        default=TEMPLATES,
        metavar="DIR",
        help="the folder with what the site overrides of the theme",
    )


def build_options(parsed: argparse.Namespace) -> Options:
    """Return what was given, as the build takes it. Raises `ProblemError` without the templates."""
    if parsed.templates != TEMPLATES and not parsed.templates.is_dir():
        raise missing_folder(parsed.templates.as_posix(), "--templates")
    return Options(
        content=parsed.content,
        templates=parsed.templates,
        output=getattr(parsed, "output", Path("output")),
        base_url=parsed.base_url,
        as_of=parsed.as_of,
        drafts=getattr(parsed, "drafts", True),
        strict=parsed.strict,
        force=getattr(parsed, "force", False),
        jobs=parsed.jobs,
        explain=getattr(parsed, "explain", None),
    )


def add_site_options(parser: argparse.ArgumentParser) -> None:
    """Add where a site is and what is made of it."""
    add = parser.add_argument
    add("--content", type=Path, default=Path("content"), metavar="DIR", help="the content folder")
    add_templates_folder(parser)
    add("--base-url", type=form_type(_parse_url), metavar="URL", help="where the site is published")
    add(
        "--as-of",
        type=form_type(parse_moment),
        metavar="DATE",
        help="build as of the end of a day (2022-07-31), or a moment (2022-07-31T18:00+02:00)",
    )
    add("--jobs", type=int, default=0, metavar="N", help="worker processes (default: one per CPU)")
    add("--strict", action="store_true", help="treat warnings as errors")


def add_drafts(parser: argparse.ArgumentParser) -> None:
    """Add the option that shows drafts."""
    parser.add_argument(
        "--drafts", action="store_true", help="show drafts and whatever has a future date"
    )


def add_serving(parser: argparse.ArgumentParser) -> None:
    """Add how a preview is served."""
    add = parser.add_argument
    add("--host", default="127.0.0.1", metavar="HOST", help="address to listen on (0.0.0.0: all)")
    add(
        "--port",
        type=_port,
        metavar="N",
        help="port to listen on (default: the first free one from 8000)",
    )
    add("--open", action="store_true", help="open a browser")
    add("--editor", default=EDITOR, metavar="PATTERN", help=f"file links (default: {EDITOR})")
    add("--poll", action="store_true", help="poll for changes instead of watching")


def add_output(parser: argparse.ArgumentParser) -> None:
    """Add the output folder."""
    parser.add_argument(
        "--output", type=Path, default=Path("output"), metavar="DIR", help="the output folder"
    )


def _parse_url(text: str) -> str:
    from dossier.content.value_types import parse_url  # loads tables, which few builds need

    return parse_url(text)


def _port(text: str) -> int:
    if text.isascii() and text.isdigit() and int(text) < 65536:
        return int(text)
    raise argparse.ArgumentTypeError(f"'{text}' is not a port: use a number from 0 to 65535")
