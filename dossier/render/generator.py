"""Python code of templates: that of Jinja, with shorter ways for what pages do most often.

A page escapes some hundred values, reads some hundred attributes and calls some hundred macros and
functions. Escaped text is joined at once, so it need not be wrapped as `Markup` first; each part of
a page is joined before it is handed on; an attribute is read without a call of Jinja's; and a
function that does not ask for the context of a template is called without it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from keyword import iskeyword
from types import FunctionType
from typing import Any, cast

from jinja2 import Environment, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Macro
from jinja2.utils import missing
from markupsafe import Markup, escape

try:
    from markupsafe import (  # type: ignore[attr-defined]
        _escape_inner as _escape_text,  # what `escape` calls for plain text
    )
except ImportError:  # another version names it differently
    _escape_text = escape

MESSAGES = frozenset({"_", "gettext", "ngettext", "pgettext", "npgettext"})
"""Functions that ask for the context."""

as_markup = cast("Callable[[str], Markup]", partial(str.__new__, Markup))
"""Marks a text as safe, as `Markup` does for one that is not marked yet."""


def printed(value: Any) -> str:
    """Return a value as it is written into a page, as `escape` does, but not as `Markup`."""
    kind = type(value)
    if kind is str:
        return _escape_text(value)
    if kind is int:
        return str(value)
    return value if kind is Markup else escape(value)


class PageMacro(Macro):
    """A macro whose code is called at once if it gets only arguments of its signature."""

    def __init__(self, environment: Environment, function: FunctionType, *given: Any) -> None:
        super().__init__(environment, function, *given)
        self.code = function.__code__
        self._is_plain = not (self.caller or self.catch_kwargs or self.catch_varargs)

    def __call__(self, *args: Any, **kwargs: Any) -> str:
        """Return what the macro writes for some arguments."""
        if self._is_plain and len(args) == self._argument_count and not kwargs:
            text = self._func(*args)
        else:
            lacking = self.arguments[len(args) :]
            unknown = kwargs.keys() - lacking or len(args) > self._argument_count
            if unknown or not self._is_plain:
                return super().__call__(*args, **kwargs)
            text = self._func(*args, *[kwargs.get(name, missing) for name in lacking])
        return as_markup(text) if self._default_autoescape else text


class PageCode(CodeGenerator):
    """Writes the code of a template."""

    def write_commons(self) -> None:
        """Write the first lines of each function."""
        super().write_commons()
        self.writeline("printed = environment.printed")
        self.writeline("Macro = environment.macro")

    def blockvisit(self, body: Iterable[nodes.Node], frame: Frame) -> None:
        """Write statements; those of a whole function collect its text, and hand it on once."""
        if frame.buffer is not None:
            super().blockvisit(body, frame)
            return
        self.buffer(frame)
        super().blockvisit(body, frame)
        extends = frame.toplevel and self.has_known_extends  # then there is hardly ever a text
        self.writeline(f"yield from {frame.buffer}" if extends else f"yield concat({frame.buffer})")

    def visit_Include(self, node: nodes.Include, frame: Frame) -> None:  # noqa: N802
        """Write how a template is included; what few templates do, as Jinja does."""
        name = node.template.value if isinstance(node.template, nodes.Const) else None
        if not isinstance(name, str) or node.ignore_missing or not node.with_context:
            super().visit_Include(node, frame)
            return
        self.start_write(frame, node)
        own = self.dump_local_context(frame)
        self.write(f"environment.included({name!r}, context, {own})")
        self.end_write(frame)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("(" if _message(node) else "printed(")

    def _output_child_to_const(self, node: nodes.Expr, frame: Frame, finalize: Any) -> str:
        """Work out what a text is; all else may depend on the language, which is not known yet."""
        if isinstance(node, (nodes.TemplateData, nodes.Const)):
            return super()._output_child_to_const(node, frame, finalize)
        raise nodes.Impossible

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802
        """Write how an attribute is read; Jinja looks for an item where there is none."""
        owner, found = self.temporary_identifier(), self.temporary_identifier()
        self.write(f"({found} if ({found} := getattr(({owner} := ")
        self.visit(node.node, frame)
        self.write(f"), {node.attr!r}, missing)) is not missing ")
        self.write(f"else environment.getattr({owner}, {node.attr!r}))")

    def visit_Call(  # noqa: N802 - the library's name
        self, node: nodes.Call, frame: Frame, forward_caller: bool = False
    ) -> None:
        """Write a call; those that ask for the context, or unpack arguments, as Jinja does."""
        called = node.node
        if (text := _message(node)) and frame.eval_ctx.autoescape and not frame.eval_ctx.volatile:
            self._write_message(text, node.kwargs, frame)
            return
        is_message = isinstance(called, nodes.Name) and called.name in MESSAGES
        if is_message or node.dyn_args or node.dyn_kwargs:
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(called, frame)
        self.write("(")
        for argument in node.args:
            self.visit(argument, frame)
            self.write(", ")
        for named in node.kwargs:
            is_word = iskeyword(named.key)
            self.write(f"**{{{named.key!r}: " if is_word else f"{named.key}=")
            self.visit(named.value, frame)
            self.write("}, " if is_word else ", ")
        self.write("caller=caller)" if forward_caller else ")")

    def _write_message(self, text: str, values: list[nodes.Keyword], frame: Frame) -> None:
        """Write how a text is translated, with the values that it names."""
        if not values:
            self.write(f"environment.said({text!r})")
            return
        self.write(f"environment.filled({text!r}, {{")
        for named in values:
            self.write(f"{named.key!r}: printed(")
            self.visit(named.value, frame)
            self.write("), ")
        self.write("})")


def _message(node: nodes.Expr) -> str:
    """Return the text that an expression translates; empty where it does something else."""
    if not isinstance(node, nodes.Call) or len(node.args) != 1 or node.dyn_args or node.dyn_kwargs:
        return ""
    called, text = node.node, node.args[0]
    is_message = isinstance(called, nodes.Name) and called.name in ("_", "gettext")
    return str(text.value) if is_message and isinstance(text, nodes.Const) else ""
