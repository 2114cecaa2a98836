"""A renderer that knows what earlier builds found out: of the theme, and of dates and numbers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from dossier.build.inputs import Inputs, Options
from dossier.fingerprint import digest
from dossier.kept_results import KeptResults
from dossier.language.formatting import FORMATTED, keep_formatted
from dossier.render.renderer import Renderer

_OF_THEME = "theme"


@contextmanager
def kept_renderer(options: Options, inputs: Inputs) -> Iterator[Renderer]:
    """Make a renderer, and keep what it has found out by the end of the block, if that succeeds."""
    if options.cache is None:
        yield Renderer(options.templates)
        return
    of_theme = KeptResults()
    of_theme.keep_in(options.cache / _OF_THEME, digest(inputs.engine, inputs.theme))
    keep_formatted(options.cache, inputs.engine)
    yield Renderer(options.templates, inputs.engine, of_theme)
    of_theme.save()
    FORMATTED.save()
