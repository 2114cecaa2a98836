"""What an update of Dossier, or a slip, makes of a site's own templates without an error.

An original that has changed since it was copied, a block that the packaged template does not have
any more, a file that nothing uses: each is a warning, since the site can still be built.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import jinja2
from jinja2 import meta, nodes

from dossier import __version__
from dossier.problems import Problem, suggest
from dossier.theme.copies import original_mark, read_mark
from dossier.theme.files import PREFIX, Theme
from dossier.theme.imports import find_imports


def find_theme_problems(theme: Theme) -> list[Problem]:
    """Return a warning for each thing to look at among the site's own templates."""
    own = {name: theme.path(name).read_text("utf-8", "replace") for name in theme.own_files()}
    if not own:
        return []
    trees = {name: tree for name in own if (tree := _parse(theme, name)) is not None}
    problems = [
        *(problem for name, text in own.items() for problem in _copy_problems(theme, name, text)),
        *(
            problem
            for name, tree in trees.items()
            for problem in _block_problems(theme, name, tree)
        ),
        *_unused_problems(theme, trees, set(own)),
    ]
    return [_with_line(problem, own) for problem in problems]


def _copy_problems(theme: Theme, name: str, text: str) -> Iterator[Problem]:
    mark, now = read_mark(text), original_mark(theme, name)
    if mark is None:
        return
    if now is None:
        message = f"copied from Dossier {mark.version}; Dossier {__version__} has no such template"
        yield _warning(theme, name, 1, message, "see the changelog for what replaced it")
    elif mark.fingerprint != now.fingerprint:
        message = f"copied from Dossier {mark.version}; the original has changed since"
        way_out = (
            f"to compare: python build.py templates diff {name}\n"
            f"    once the copy has what it needs: python build.py templates accept {name}"
        )
        yield _warning(theme, name, 1, message, way_out)


def _block_problems(theme: Theme, name: str, tree: nodes.Template) -> Iterator[Problem]:
    """Find blocks of a template that extends another, and that fill nothing there."""
    known = _inherited_blocks(theme, tree)
    if known is None:
        return
    for block in tree.body:
        if isinstance(block, nodes.Block) and block.name not in known:
            message = f"the block '{block.name}' is in none of the templates that this one extends"
            way_out = suggest(block.name, known) or f"there are {', '.join(sorted(known))}"
            yield _warning(theme, name, block.lineno, message, way_out)


def _unused_problems(
    theme: Theme, trees: Mapping[str, nodes.Template], own: set[str]
) -> Iterator[Problem]:
    packaged = set(theme.packaged_files())
    if own <= packaged:
        return
    names = (*own, *(PREFIX + name for name in packaged))
    used = {to for name in names for to in _references(theme, name, trees)}
    for name in sorted(own - packaged - used):
        message = "no template of this name is part of the theme, and none names it"
        yield _warning(theme, name, 0, message, suggest(name, packaged))


def _inherited_blocks(theme: Theme, tree: nodes.Template) -> set[str] | None:
    """Collect the blocks of all that a template extends; None where it extends nothing known."""
    found: set[str] = set()
    seen: set[str] = set()
    while (parent := tree.find(nodes.Extends)) is not None:
        name = parent.template.value if isinstance(parent.template, nodes.Const) else ""
        above = None if name in seen else _parse(theme, name)
        if above is None:
            return None
        seen.add(name)
        found |= {block.name for block in above.find_all(nodes.Block)}
        tree = above
    return found if seen else None


def _references(
    theme: Theme, name: str, trees: Mapping[str, nodes.Template]
) -> Iterator[str | None]:
    """Find what a file names: a template others and files to link to, a style sheet others."""
    path = theme.path(name)
    if path.suffix != ".html":
        yield from (to for to, _ in find_imports(name, path.read_text("utf-8", "replace")))
    elif tree := trees.get(name) or _parse(theme, name):
        yield from meta.find_referenced_templates(tree)
        for call in tree.find_all(nodes.Call):
            if isinstance(call.node, nodes.Name) and call.node.name == "asset":
                yield from (one.value for one in call.args if isinstance(one, nodes.Const))


def _parse(theme: Theme, name: str) -> nodes.Template | None:
    """Parse a template; None for style sheets, scripts, and what has an error."""
    path = theme.path(name)
    if path.suffix != ".html" or not path.is_file():
        return None
    try:
        return jinja2.Environment(extensions=["jinja2.ext.i18n"]).parse(path.read_text("utf-8"))
    except (jinja2.TemplateSyntaxError, UnicodeDecodeError):
        return None  # reported where the template is loaded


def _warning(theme: Theme, name: str, line: int, message: str, hint: str) -> Problem:
    path = (theme.overlay / name).as_posix()
    return Problem(path, line, 1 if line else 0, message, hint, name, "warning")


def _with_line(problem: Problem, texts: Mapping[str, str]) -> Problem:
    """Put the line of a problem as its excerpt, in place of the template's name."""
    lines = texts[problem.source].splitlines()
    source = lines[problem.line - 1] if 0 < problem.line <= len(lines) else ""
    return Problem(
        problem.path, problem.line, problem.column, problem.message, problem.hint, source, "warning"
    )
