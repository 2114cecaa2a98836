"""Dossier: a static site generator for briefing sites."""

import sys

__version__ = "0.1.0"

# msgspec asks typing_extensions for names that typing has since Python 3.11; to load it takes a
# fifth of the time of a build with nothing to do
if sys.modules.setdefault("typing_extensions", None) is None:  # type: ignore[arg-type]
    import msgspec  # noqa: F401

    del sys.modules["typing_extensions"]
