"""Templates as files of small sites."""

from __future__ import annotations

from tests.helpers.smallsite import ROOT

PAGES = sorted((ROOT / "templates" / "pages").glob("*.html"))


def same_pages(text: str) -> str:
    """A templates folder in which every page is the given text."""
    return "".join(f"-- templates/pages/{path.name} --\n{text}\n" for path in PAGES)


def project_templates() -> str:
    """The project's templates as files of the small site."""
    paths = [path for path in (ROOT / "templates").rglob("*") if path.is_file()]
    return "".join(
        f"-- {path.relative_to(ROOT).as_posix()} --\n{path.read_text('utf-8')}" for path in paths
    )
