"""What templates may see, from the view classes: `python -m tests.helpers.view_reference`.

Prints the generated part of `docs/templates.md`.
"""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec

from dossier.theme.files import Theme
from dossier.theme.listing import describe_templates, template_views
from tests.helpers.smallsite import ROOT


def render_reference() -> str:
    """Render every template of a page with its view, then every type that a view is made of."""
    views = template_views()
    lines = ["## Pages", ""]
    for template, view in views.items():
        lines += _section(f"`{template}`", view)
    lines += ["## Types", ""]
    for cls in sorted(_parts(views.values()), key=lambda cls: cls.__name__):
        lines += _section(cls.__name__, cls)
    lines += ["## Other files", "", "| file | what it is |", "|---|---|"]
    about = describe_templates(Theme(ROOT / "templates"))
    lines += [f"| `{name}` | {text} |" for name, text in about.items() if name not in views]
    return "\n".join(lines) + "\n"


def _section(title: str, cls: type[msgspec.Struct]) -> list[str]:
    text = inspect.cleandoc(cls.__doc__ or "")
    text = re.sub(r"^pages/\w+\.html: ", "", text)
    hints = get_type_hints(cls, include_extras=False)
    notes = _notes(cls)
    rows = [
        f"| `{field.name}` | {_type(hints[field.name])} | {notes.get(field.name, '')} |"
        for field in msgspec.structs.fields(cls)
    ]
    table = ["", "| field | type | |", "|---|---|---|", *rows] if rows else []
    return [f"### {title}", "", text[:1].upper() + text[1:], *table, ""]


def _notes(cls: type) -> dict[str, str]:
    """The strings below the fields of a class and of those that it extends."""
    found: dict[str, str] = {}
    for base in reversed(cls.__mro__):
        if not issubclass(base, msgspec.Struct) or base is msgspec.Struct:
            continue
        [tree] = ast.parse(textwrap.dedent(inspect.getsource(base))).body
        assert isinstance(tree, ast.ClassDef)
        for field, note in zip(tree.body, tree.body[1:], strict=False):
            if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name):
                constant = note.value if isinstance(note, ast.Expr) else None
                if isinstance(constant, ast.Constant) and isinstance(constant.value, str):
                    found[field.target.id] = " ".join(constant.value.split())
    return found


def _type(hint: Any) -> str:
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return " or ".join(_type(one) for one in arguments)
    if origin is Literal:
        return " · ".join(f"`{value}`" for value in arguments)
    if origin is tuple:
        items = [one for one in arguments if one is not Ellipsis]
        return f"list of {_type(items[0])}" if len(items) == 1 else _several(items)
    if origin is not None and len(arguments) == 2:
        return f"{_type(arguments[1])} by {_type(arguments[0])}"
    if hint is type(None):
        return "none"
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        return f"[{hint.__name__}](#{hint.__name__.lower()})"
    return {str: "text", int: "number", float: "number", bool: "yes or no"}.get(hint, str(hint))


def _several(items: list[Any]) -> str:
    return f"({', '.join(map(_type, items))})"


def _parts(views: Any) -> set[type[msgspec.Struct]]:
    """Every type that fields of views lead to, the views themselves left out."""
    found: set[type[msgspec.Struct]] = set()
    todo = list(views)
    own = set(todo)
    while todo:
        for hint in get_type_hints(todo.pop()).values():
            for cls in _structs(hint):
                if cls not in found and cls not in own:
                    found.add(cls)
                    todo.append(cls)
    return found


def _structs(hint: Any) -> Iterator[type[msgspec.Struct]]:
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        yield hint
    for one in get_args(hint):
        yield from _structs(one)


MARK = "<!-- what follows is made by python -m tests.helpers.view_reference -->\n\n"

if __name__ == "__main__":
    path = Path(ROOT / "docs/templates.md")
    head = path.read_text("utf-8").partition(MARK)[0]
    path.write_text(head + MARK + render_reference(), "utf-8")
