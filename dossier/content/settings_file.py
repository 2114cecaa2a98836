"""Reading of `content/site.yaml`."""

from __future__ import annotations

from pathlib import Path

import msgspec

from dossier.content.brand.models import menu_findings
from dossier.content.settings import SETTINGS_FILE, Settings, SiteFile, settle
from dossier.content.source_text import SourceText, decode_text
from dossier.content.yaml.decode_ordinary import decode_ordinary
from dossier.problems import Problem, ProblemError


def read_settings(
    content: Path,
    *,
    base_url: str | None = None,
    as_of: str | None = None,
    drafts: bool = False,
) -> Settings:
    """Read the settings of a content folder.

    `base_url` and `as_of` (a day or a moment) come from the command line and override the file and
    the clock.
    Raises `ProblemError` where `site.yaml` is missing or wrong.
    """
    path = content / SETTINGS_FILE
    name = path.as_posix()
    try:
        source = decode_text(path.read_bytes(), name)
    except FileNotFoundError:
        hint = f"every site has one: write `title:` and `base_url:` into {name}"
        raise ProblemError(Problem(name, 0, 0, "the file is missing", hint)) from None
    site = decode_ordinary(source.text, SiteFile) if source.is_clean else None
    if site is None or list(menu_findings(site.menu or ())):
        site = _decode_with_places(source)
    return settle(site, base_url, as_of, drafts)


def _decode_with_places(source: SourceText) -> SiteFile:
    """Decode what is not ordinary. Raises `ProblemError` with whatever is wrong, and where."""
    from dossier.content.decode import Decoder  # loads YAML
    from dossier.content.yaml.nodes import compose, find_node, problem_at

    node = compose(source, source.text)
    if node is None:
        raise ProblemError(source.problem(1, 1, "the file is empty", "begin with `title:`"))
    decoder = Decoder(source)
    site = decoder.record(node, SiteFile)
    found = () if site is None else menu_findings(site.menu or ())
    problems = [problem_at(source, find_node(node, at), 0, *what) for at, *what in found]
    problems += decoder.problems
    if site is None or problems:
        raise ProblemError(*(msgspec.structs.replace(p, severity="error") for p in problems))
    return site
