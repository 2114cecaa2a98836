"""Questions on a terminal: what `new site` has to know, and what `new region` offers."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Callable

from dossier.content.value_types import (
    parse_language,
    parse_text,
    parse_timezone,
    parse_url,
)
from dossier.problems import FormError
from dossier.scaffold.new_site import SiteRequest, refuse_folder

BASE_URL = "https://example.org/"
"""A placeholder: the Pages workflow builds with the address that GitHub gives the site."""
_ZONES = "/zoneinfo/"


def ask_for_site(parsed: Namespace) -> SiteRequest:
    """Return the request; asks for what no option gives, where there is somebody to ask.

    Raises `RefusedError` before the first question where the folder is not empty.
    """
    refuse_folder(parsed.folder)
    asking = _has_terminal()
    title = parsed.folder.resolve().name.replace("-", " ").capitalize()

    def settle(given: str | None, question: str, default: str, parse: Callable[[str], str]) -> str:
        if given is not None:
            return given
        return _ask(question, default, parse) if asking else default

    return SiteRequest(
        folder=parsed.folder,
        title=settle(parsed.title, "Title of the site", title, parse_text),
        base_url=settle(parsed.base_url, "Address, if you know it", BASE_URL, parse_url),
        language=settle(parsed.language, "Language (such as en or fr)", "en", parse_language),
        timezone=settle(parsed.timezone, "Time zone", local_timezone(), parse_timezone),
    )


def agreement() -> Callable[[str], bool] | None:
    """Return the question whether to write a missing parent too; None without a terminal."""
    return _agrees if _has_terminal() else None


def local_timezone() -> str:
    """Return the name of this machine's time zone; UTC where it does not say."""
    named = os.environ.get("TZ", "").lstrip(":")
    target = os.path.realpath("/etc/localtime")
    for name in (named, target.partition(_ZONES)[2] if _ZONES in target else ""):
        try:
            return parse_timezone(name.removeprefix("Etc/"))
        except FormError:
            continue
    return "UTC"


def _agrees(name: str) -> bool:
    question = f"{name} is not a region of this site yet. Write it too, as the parent? [Y/n]: "
    print(question, end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().lower() in ("", "y", "yes")


def _has_terminal() -> bool:
    return sys.stdin.isatty() and sys.stderr.isatty()


def _ask(question: str, default: str, parse: Callable[[str], str]) -> str:
    """Ask until the answer has the right form; none is the default."""
    while True:
        print(f"{question} [{default}]: ", end="", file=sys.stderr, flush=True)
        answer = sys.stdin.readline().strip()
        try:
            return parse(answer or default)
        except FormError as error:
            print(f"  {error}: {error.hint}", file=sys.stderr)
