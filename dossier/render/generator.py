"""Python code of templates: that of Jinja, with shorter ways for what pages do most often.

A page escapes some hundred values, reads some hundred attributes and calls some hundred macros and
functions. Escaped text is joined at once, so it need not be wrapped as `Markup` first; a block
hands its texts on in a list, and a template joins them; an attribute is read as Python does, and
only where there is none as Jinja does; and a function that does not ask for the context of a
template is called without it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from keyword import iskeyword
from types import FunctionType, NoneType
from typing import Any, cast

from jinja2 import Environment, nodes
from jinja2.compiler import CodeGenerator, DependencyFinderVisitor, Frame
from jinja2.runtime import Macro, Undefined
from jinja2.utils import missing
from markupsafe import Markup, escape

try:
    from markupsafe import (  # type: ignore[attr-defined]
        _escape_inner as _escape_text,  # what `escape` calls for plain text
    )
except ImportError:  # another version names it differently
    _escape_text = escape

_PLAIN = {str, Markup, int, bool, NoneType, tuple}

MESSAGES = frozenset({"_", "gettext", "ngettext", "pgettext", "npgettext"})
"""Functions that ask for the context."""

_TEXTS = {"_": 1, "gettext": 1, "ngettext": 2}
"""How many texts some of them are given; a number follows on two."""

as_markup = cast("Callable[[str], Markup]", partial(str.__new__, Markup))
"""Marks a text as safe, as `Markup` does for one that is not marked yet."""


def printed(value: Any) -> str:
    """Return a value as it is written into a page, as `escape` does, but not as `Markup`.

    Raises `AttributeError` for what is missing.
    """
    kind = type(value)
    if kind is str:
        return _escape_text(value)
    if kind is int:
        return str(value)
    if value is missing:
        raise AttributeError
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


class Once:
    """Caches the results of macros, which are known by their code.

    Texts, numbers and tuples are compared by value, views and everything else by identity.
    """

    def __init__(self) -> None:
        self._made: dict[tuple[Any, ...], tuple[Any, ...]] = {}

    def __call__(self, macro: Any, *arguments: Any) -> Any:
        """Return the macro's result for some arguments, rendered at most once."""
        known = [a if type(a) in _PLAIN else id(a) for a in arguments]
        key = (id(macro.code), *known)
        if (made := self._made.get(key)) is None:
            # code and arguments are kept, so that nothing else can get their identity
            made = self._made[key] = macro(*arguments), macro.code, arguments
        return made[0]

    def forget(self) -> None:
        """Forget all results."""
        self._made.clear()


def names_in_code(environment: Environment) -> dict[str, Any]:
    """Return what the code of all templates knows by name, beside what Jinja imports there."""
    return {
        "undefined": environment.undefined,
        "concat": environment.concat,
        "cond_expr_undefined": Undefined,
        "printed": printed,
        "Macro": PageMacro,
        **{f"filter_{name}": function for name, function in environment.filters.items()},
        **{f"test_{name}": function for name, function in environment.tests.items()},
    }


class CarefulCode(CodeGenerator):
    """Writes the code of a template, whatever its values are."""

    def write_commons(self) -> None:
        """Write the first line of each function; none has to be a generator."""
        self.writeline("resolve = context.resolve_or_missing")

    def pull_dependencies(self, nodes: Iterable[nodes.Node]) -> None:
        """Name filters and tests; only those that are unknown are looked for in each function."""
        found = DependencyFinderVisitor()
        for node in nodes:
            found.visit(node)
        known = self.environment.filters.keys(), self.environment.tests.keys()
        self.filters |= {name: f"filter_{name}" for name in found.filters & known[0]}
        self.tests |= {name: f"test_{name}" for name in found.tests & known[1]}
        if found.filters - known[0] or found.tests - known[1]:
            super().pull_dependencies(nodes)

    def blockvisit(self, body: Iterable[nodes.Node], frame: Frame) -> None:
        """Write statements; those of a whole function collect its text, and hand it on once."""
        if frame.buffer is not None:
            super().blockvisit(body, frame)
            return
        self.buffer(frame)
        super().blockvisit(body, frame)
        if not frame.toplevel:  # a block, to be joined with what is around it
            self.writeline(f"return {frame.buffer}")
        elif not self.extends_so_far:
            self.writeline(f"return (concat({frame.buffer}),)")
        elif self.has_known_extends:  # then there is hardly ever a text
            self.writeline(f"yield from {frame.buffer}")
        else:
            self.writeline(f"yield concat({frame.buffer})")

    def visit_Block(self, node: nodes.Block, frame: Frame) -> None:  # noqa: N802
        """Write how the texts of a block are added to those around it."""
        if frame.toplevel and self.has_known_extends:
            return
        is_conditional = frame.toplevel and self.extends_so_far
        if is_conditional:
            self.writeline("if parent_template is None:")
            self.indent()
        blocks = f"context.blocks[{node.name!r}]"
        if node.required:
            message = f"Required block {node.name!r} not found"
            self.writeline(f"if len({blocks}) <= 1: raise TemplateRuntimeError({message!r})", node)
        context = self.derive_context(frame) if node.scoped else self.get_context_ref()
        self.writeline(f"{frame.buffer}.extend({blocks}[0]({context}))", node)
        self.outdent(bool(is_conditional))

    def visit_Include(self, node: nodes.Include, frame: Frame) -> None:  # noqa: N802
        """Write how a template is included."""
        self.start_write(frame, node)
        self.write("environment.included(")
        self.visit(node.template, frame)
        # at the top level, the context has them all
        own = "{}" if frame.toplevel else self.dump_local_context(frame)
        given = ("context", own) if node.with_context else ("None", "{}")
        self.write(f", {', '.join(given)}{', True' if node.ignore_missing else ''})")
        self.end_write(frame)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("(" if _translated(node) else "printed(")
            self.expect_known(node)

    def expect_known(self, node: nodes.Expr) -> None:
        """Hear that a name is written next to where one that is unknown is an error anyway."""

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
        texts = _translated(node)
        if texts and frame.eval_ctx.autoescape and not frame.eval_ctx.volatile:
            self._write_message(texts, node, frame)
            return
        is_message = isinstance(called, nodes.Name) and called.name in MESSAGES
        if is_message or node.dyn_args or node.dyn_kwargs:
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.expect_known(called)
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

    def _write_message(self, texts: tuple[str, ...], node: nodes.Call, frame: Frame) -> None:
        """Write how a text is translated, with the number and the values that it names."""
        number, values = node.args[len(texts) :], node.kwargs
        if not number and not values:
            self.write(f"environment.said({texts[0]!r})")
            return
        self.write(f"environment.{'counted' if number else 'filled'}({', '.join(map(repr, texts))}")
        for counted in number:
            self.write(", ")
            self.visit(counted, frame)
        self.write(", {")
        for named in values:
            self.write(f"{named.key!r}: printed(")
            self.expect_known(named.value)
            self.visit(named.value, frame)
            self.write("), ")
        self.write("})")


class PageCode(CarefulCode):
    """Writes the code of a template whose values have all attributes that it does not test.

    It raises `AttributeError` where a value has only an item of the name, or neither, that or
    `TypeError` where a name is unknown.
    """

    _may_be_missing = False
    _known: nodes.Expr | None = None

    def expect_known(self, node: nodes.Expr) -> None:
        """Write a name without a look whether there is one."""
        self._known = node

    def visit_Name(self, node: nodes.Name, frame: Frame) -> None:  # noqa: N802
        """Write a name."""
        if node is self._known:
            self.write(frame.symbols.ref(node.name))
        else:
            super().visit_Name(node, frame)

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802
        """Write how an attribute is read."""
        if self._may_be_missing or iskeyword(node.attr):
            super().visit_Getattr(node, frame)
            return
        self.write("(")
        self.expect_known(node.node)
        self.visit(node.node, frame)
        self.write(f").{node.attr}")

    def visit_Test(self, node: nodes.Test, frame: Frame) -> None:  # noqa: N802
        """Write a test, which may ask whether there is an attribute."""
        outside, self._may_be_missing = self._may_be_missing, True
        super().visit_Test(node, frame)
        self._may_be_missing = outside


def _translated(node: nodes.Expr) -> tuple[str, ...]:
    """Return the text that an expression translates, or those for one and for many; else none."""
    if not isinstance(node, nodes.Call) or node.dyn_args or node.dyn_kwargs:
        return ()
    count = _TEXTS.get(node.node.name, 0) if isinstance(node.node, nodes.Name) else 0
    texts = [one.value for one in node.args[:count] if isinstance(one, nodes.Const)]
    has_number = len(node.args) == count + 1
    return tuple(texts) if len(texts) == count and has_number == (count == 2) else ()
