"""Python code of templates: that of Jinja, with shorter ways for what pages do most often.

A page escapes some hundred values and calls some hundred macros and functions. Escaped text is
joined at once, so it need not be wrapped as `Markup` first; and a function that does not ask for
the context of a template is called without it.
"""

from __future__ import annotations

from keyword import iskeyword
from typing import Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import Markup, escape

try:
    from markupsafe import (  # type: ignore[attr-defined]
        _escape_inner as _escape_text,  # what `escape` calls for plain text
    )
except ImportError:  # another version names it differently
    _escape_text = escape

MESSAGES = frozenset({"_", "gettext", "ngettext", "pgettext", "npgettext"})
"""Functions that ask for the context."""


def printed(value: Any) -> str:
    """Return a value as it is written into a page, as `escape` does, but not as `Markup`."""
    kind = type(value)
    if kind is str:
        return _escape_text(value)
    return value if kind is Markup else escape(value)


class PageCode(CodeGenerator):
    """Writes the code of a template."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.printed(")

    def visit_Call(  # noqa: N802 - the library's name
        self, node: nodes.Call, frame: Frame, forward_caller: bool = False
    ) -> None:
        """Write a call; those that ask for the context, or unpack arguments, as Jinja does."""
        called = node.node
        is_message = isinstance(called, nodes.Name) and called.name in MESSAGES
        named = any(iskeyword(argument.key) for argument in node.kwargs)
        if is_message or named or node.dyn_args or node.dyn_kwargs:
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(called, frame)
        self.write("(")
        for argument in (*node.args, *node.kwargs):
            self.visit(argument, frame)
            self.write(", ")
        self.write("caller=caller)" if forward_caller else ")")
