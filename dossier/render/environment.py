"""Jinja environment of one language: what templates may use, optimised for many pages.

Some things make it faster, without any effect on templates: templates are looked up once, with the
same globals for all; they are compiled once for all languages, to code that `generator` writes, so
that nothing of a language may be worked out then; and `once` caches what a macro renders for the
same arguments.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, MutableMapping
from functools import cache, cached_property, partial
from pathlib import Path
from typing import Any, cast

import jinja2
from jinja2 import nodes
from jinja2.ext import InternationalizationExtension
from jinja2.runtime import Context
from jinja2.utils import missing
from markupsafe import Markup

from dossier.language.formatting import (
    format_date,
    format_number,
    language_name,
    territorial_locale,
)
from dossier.language.labels import EVENT_COUNTS, SIGNS, labels
from dossier.language.messages import translations
from dossier.language.typography import quoted
from dossier.render.compiled import CompiledTemplates
from dossier.render.csp import inline_text
from dossier.render.generator import CarefulCode, Once, PageCode, as_markup, names_in_code, printed
from dossier.theme.files import SITE_STYLES, Theme, is_asset
from dossier.views.markup import direction, link, links, menu_paths, time

_escapes = cache(jinja2.select_autoescape(["html"]))
_TAGS = ("{{", "{%", "{#")


class _Table(dict[str, Any]):
    """A dictionary whose items are attributes as well."""

    def __init__(self, items: Mapping[Any, Any]) -> None:
        super().__init__(items)
        vars(self).update(items)


class _Names(dict[str, Any]):
    """Names with their values; one that is unknown is `missing`."""

    __slots__ = ()

    def __missing__(self, name: str) -> Any:
        return missing


class PageContext(Context):
    """The names of a template, whether given or set, in one dictionary that is quick to copy.

    A page looks up some hundred and includes a dozen templates.
    """

    def __init__(
        self,
        environment: jinja2.Environment,
        parent: dict[str, Any],
        name: str | None,
        blocks: dict[str, Callable[[Context], Iterator[str]]],
        globals: MutableMapping[str, Any] | None = None,  # noqa: ARG002
    ) -> None:
        self.environment = environment
        self.parent = self.vars = _Names(parent)
        self.resolve_or_missing = self.vars.__getitem__  # type: ignore[assignment,method-assign]
        self.exported_vars: set[str] = set()
        self.name = name
        self.blocks = {name: [block] for name, block in blocks.items()} if blocks else {}

    @cached_property
    def eval_ctx(self) -> nodes.EvalContext:  # type: ignore[override]
        """What the template says of escaping, which few of its parts ask for."""
        return nodes.EvalContext(self.environment, self.name)


class _Template(jinja2.Template):
    """A template whose macros are made once: all templates see the same globals."""

    @classmethod
    def from_code(cls, environment: jinja2.Environment, *given: Any) -> jinja2.Template:
        """Make a template of its code."""
        template = super().from_code(environment, *given)
        names = cast("CarefulEnvironment", environment).names
        template.root_render_func.__globals__.update(names)
        return template

    @cached_property
    def needs_context(self) -> bool:
        """Whether it sets names or has blocks, or does not escape values as pages do."""
        used = self.root_render_func.__code__.co_names
        return "vars" in used or "blocks" in used or not _escapes(self.name)

    def _get_default_module(self, ctx: Context | None = None) -> Any:  # noqa: ARG002
        if self._module is None:
            self._module = self.make_module()
        return self._module


class _PageTemplate(_Template):
    """A template that is rendered with care once a value lacked an attribute."""

    _careful: jinja2.Template | None = None

    def render(self, *args: Any, **kwargs: Any) -> str:
        """Render a page."""
        if self._careful is None:
            names = self.globals | dict(*args, **kwargs)  # type: ignore[operator]
            context = PageContext(self.environment, names, self.name, self.blocks)
            try:
                return "".join(self.root_render_func(context))
            except (AttributeError, TypeError):
                if self.name is None:
                    raise
                environment = cast("PageEnvironment", self.environment)
                self._careful = environment.careful.get_template(self.name)
        return self._careful.render(*args, **kwargs)


class CarefulEnvironment(jinja2.Environment):
    """Templates for pages in one language. Not shared between threads."""

    template_class: type[jinja2.Template] = _Template
    code_generator_class: type[CarefulCode] = CarefulCode
    kind = ".careful"
    context_class = PageContext

    def __init__(
        self, theme: Theme, compiled: Path | None, address: Callable[[str], str], lang: str
    ) -> None:
        super().__init__(
            loader=_Loader(theme),
            autoescape=_escapes,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            cache_size=-1,
            extensions=[InternationalizationExtension],
            optimized=False,
            bytecode_cache=CompiledTemplates(compiled, self.kind) if compiled else None,
        )
        catalogue = translations(lang)
        self._text = cache(catalogue.gettext)
        self._plural = cache(catalogue.ngettext)
        self.said = cache(self._say)
        self.install_gettext_callables(  # type: ignore[attr-defined]
            catalogue.gettext, catalogue.ngettext, newstyle=True
        )
        self._once = Once()
        self.globals |= {
            "lang": lang,
            "asset": address,
            "own_dir": direction(lang, "en"),
            "link": link,
            "links": links,
            "menu_paths": menu_paths,
            "once": self._once,
        }
        self.globals |= {"labels": _Table(labels(lang)), "signs": _Table(SIGNS)}
        self.globals["event_counts"] = EVENT_COUNTS
        self.globals["site_styles"] = theme.find(SITE_STYLES) is not None
        self.filters |= {
            "time": cache(partial(time, lang=lang)),
            "date": cache(partial(format_date, lang=lang)),
            "number": cache(partial(format_number, lang=lang)),
            "quoted": partial(quoted, lang=lang),
            "dir": cache(partial(direction, page_lang=lang)),
            "language_name": language_name,
            "locale": territorial_locale,
        }
        self.names = names_in_code(self)
        self._found: dict[str, jinja2.Template] = {}

    def get_template(
        self,
        name: str | jinja2.Template,
        parent: str | None = None,
        globals: Any = None,
    ) -> jinja2.Template:
        """Load a template, looked up once: the folder does not change during a build."""
        if globals or not isinstance(name, str):
            return super().get_template(name, parent, globals)
        if (template := self._found.get(name)) is None:
            template = self._found[name] = super().get_template(name, parent)
        return template

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return the globals of a template: those of all, which no template changes."""
        return {**self.globals, **d} if d else self.globals

    def _say(self, text: str) -> Markup:
        """Translate an interface text, which is safe."""
        return Markup(self._text(text) % {})

    def filled(self, text: str, values: Mapping[str, str]) -> Markup:
        """Translate an interface text, and fill in values as they are `printed`."""
        return as_markup(self._text(text) % values)

    def counted(self, one: str, many: str, number: int, values: Mapping[str, str]) -> Markup:
        """Translate one of two interface texts, and fill in the number and values."""
        return as_markup(self._plural(one, many, number) % {"num": printed(number), **values})

    def included(
        self,
        name: str | list[str | jinja2.Template],
        context: Context | None,
        own: Mapping[str, Any],
        may_be_missing: bool = False,
    ) -> str:
        """Render what a template includes, with its variables, if any, and those of the place."""
        try:
            template: Any = (
                self.get_template(name) if isinstance(name, str) else self.select_template(name)
            )
        except jinja2.TemplateNotFound:
            if may_be_missing:
                return ""
            raise
        if context is None:
            return str(template.module)
        if own or template.needs_context or not _escapes(context.name):
            context = PageContext(self, context.vars, template.name, template.blocks)
            if own:
                context.vars |= {name: value for name, value in own.items() if value is not missing}
        return "".join(template.root_render_func(context))

    def forget(self) -> None:
        """Forget cached results: later views are other objects."""
        self._once.forget()

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """Parse a template; one without tags stays as it is.

        A style sheet or script is never a template, whatever it contains.
        """
        asset = is_asset(name or "")
        if asset or not any(tag in source for tag in _TAGS):
            plain_text = inline_text(name or "", source) if asset else source.removesuffix("\n")
            text = nodes.TemplateData(plain_text, lineno=1)
            plain = nodes.Template([nodes.Output([text], lineno=1)], lineno=1)
            plain.set_environment(self)
            return plain
        return super()._parse(source, name, filename)


class PageEnvironment(CarefulEnvironment):
    """The same, with code that is quick as long as values have the attributes that are read."""

    template_class = _PageTemplate
    code_generator_class = PageCode
    kind = ""

    def __init__(
        self, theme: Theme, compiled: Path | None, address: Callable[[str], str], lang: str
    ) -> None:
        self._given = theme, compiled, address, lang
        super().__init__(*self._given)

    @cached_property
    def careful(self) -> CarefulEnvironment:
        """The templates for pages whose values lack attributes."""
        return CarefulEnvironment(*self._given)

    def forget(self) -> None:
        """Forget cached results: later views are other objects."""
        super().forget()
        if "careful" in vars(self):
            self.careful.forget()


class _Loader(jinja2.BaseLoader):
    """Loads the files of the theme."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme

    def get_source(
        self,
        environment: jinja2.Environment,  # noqa: ARG002
        template: str,
    ) -> tuple[str, str, Callable[[], bool]]:
        """Read a template."""
        inside = ".." not in template.split("/")
        if (file := self._theme.find(template) if inside else None) is None:
            raise jinja2.TemplateNotFound(template)
        return file.read_text("utf-8"), str(file), lambda: True
