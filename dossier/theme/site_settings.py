"""Settings of a site with its colours: those of the theme, and what follows from an accent."""

from __future__ import annotations

from pathlib import Path

import msgspec

from dossier.content.brand.accent import accent_problem, with_accent
from dossier.content.brand.palette import TOKENS, Palette, read_palette
from dossier.content.documents import DocumentProblem
from dossier.content.settings import SETTINGS_FILE, Settings
from dossier.problems import Problem, ProblemError, missing_folder
from dossier.theme.files import Theme


def read_site_settings(
    content: Path,
    templates: Path,
    *,
    base_url: str | None = None,
    as_of: str | None = None,
    drafts: bool = False,
    known: Settings | None = None,
) -> tuple[Settings | None, list[Problem]]:
    """Read `site.yaml` and the palette: the settings, or the problems with them.

    Settings that are `known` already are not read. Raises `ProblemError` where there is no content
    folder.
    """
    if not content.is_dir():
        raise missing_folder(content.as_posix(), "--content")
    try:
        settings = known
        if settings is None:
            from dossier.content.settings_file import read_settings  # loads YAML

            settings = read_settings(content, base_url=base_url, as_of=as_of, drafts=drafts)
        palette = read_palette(Theme(templates).folder_of(TOKENS))
        if settings.accent:
            palette = _accented(palette, settings.accent, content)
    except ProblemError as error:
        return None, list(error.problems)
    return msgspec.structs.replace(settings, palette=palette), []


def _accented(palette: Palette, accent: str, content: Path) -> Palette:
    """Apply the accent of the site. Raises `ProblemError` where it is too faint."""
    if problem := accent_problem(palette, accent):
        found = DocumentProblem(SETTINGS_FILE, ("accent",), *problem)
        from dossier.content.reading.locate import locate_problem

        raise ProblemError(locate_problem(found, content))
    return with_accent(palette, accent)
