"""Renderer of views through templates. A page is a pure function of (template, view).

Templates see only the view and the page's language; undefined fields are errors. Each page gets a
policy that allows its styles and scripts if they are files that its template includes or links to,
or the accent of the site. Jinja is loaded with the first template, since in most edits another
process renders.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Mapping, Set
from contextlib import suppress
from functools import cache, cached_property, lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from dossier.fingerprint import digest
from dossier.kept_results import KeptResults
from dossier.problems import Problem, ProblemError
from dossier.render.assets import Assets
from dossier.render.csp import (
    allow,
    allow_files,
    combine,
    declared,
    inline_elements,
    inline_text,
    parse_policy,
    with_data,
    with_policy,
)
from dossier.theme.files import Theme, is_asset
from dossier.theme.references import References, problem_at
from dossier.views.parts import TemplateView

if TYPE_CHECKING:
    from dossier.render.environment import PageEnvironment

_BEGINNING = 64
"""The letters by which a long text is looked for."""


class Renderer:
    """The templates of a site, ready to render. Not shared between threads.

    `templates` is the site's own folder, which may be missing. Compiled templates are kept for the
    next build for the `engine` whose fingerprint is given. `kept` has what follows from the theme
    alone.
    """

    def __init__(self, templates: Path, engine: str = "", kept: KeptResults | None = None) -> None:
        self._theme = Theme(templates)
        self._engine = engine
        kept = kept or KeptResults()
        self._references = References(self._theme)
        self._files = Assets(self._references, kept)
        self._environments: dict[str, PageEnvironment] = {}
        self._closure = kept.of(self._find_closure)
        self._declared = cache(kept.of(self._read_declared))
        self._assets = cache(self._read_assets)
        self._policy = lru_cache(maxsize=256)(self._make_policy)
        self._consists_of_assets = cache(kept.of(self._check_assets))

    def __reduce__(self) -> tuple[type[Renderer], tuple[Path, str]]:
        return Renderer, (self._theme.overlay, self._engine)

    def render(self, template: str, view: TemplateView) -> str:
        """Render a page.

        Raises `ProblemError`, with the template's own path and line, where it cannot be rendered.
        """
        environment = self._environment(view.head.lang)
        try:
            page = environment.get_template(template).render(view=view)
        except Exception as error:
            raise ProblemError(self._error_problem(template, error)) from None
        given = ("style", view.head.brand.styles)
        own = tuple(
            one
            for one in inline_elements(page)
            if one == given or self._consists_of_assets(template, *one)
        )
        policy = self._policy(template, self._files.linked(template, page), own)
        data = view.head.structured_data
        return with_policy(page, with_data(policy, data) if _holds(page, data) else policy)

    def linked(self, templates: Iterable[str]) -> list[str]:
        """List the style sheets and scripts that pages of some templates may link to."""
        return sorted({name for one in set(templates) for name in self._files.names(one)})

    def asset(self, name: str) -> str:
        """Return the text of a style sheet or script that pages link to."""
        return self._files.text(name)

    def prepare(self, templates: Iterable[str], lang: str) -> None:
        """Load the templates for pages in a language.

        Raises `ProblemError` with every template that cannot be loaded.
        """
        environment = self._environment(lang)
        problems: list[Problem] = []
        names = {name for one in set(templates) for name in self._closure(one)}
        for name in sorted(names):
            if is_asset(name) or not self._theme.find(name):
                continue  # one without tags, or one that may be missing
            try:
                environment.get_template(name)
            except Exception as error:
                problems.append(self._error_problem(name, error))
        if problems:
            raise ProblemError(*problems)

    def load(self, lang: str) -> None:
        """Load the templates of all kinds of pages, while other processes read documents.

        What is wrong with one is reported by the pages that use it.
        """
        pages = [name for name in self._theme.packaged_files() if name.startswith("pages/")]
        with suppress(ProblemError):
            self.linked(pages)
            self.prepare(pages, lang)

    def forget(self) -> None:
        """Forget cached results of views, which a later site does not share."""
        for environment in self._environments.values():
            environment.forget()

    def fingerprints(self, templates: Iterable[str]) -> dict[str, str]:
        """Fingerprint each template together with all that it includes or links to.

        Raises `ProblemError` where one includes another by a variable: the parts of a page must be
        known without rendering it.
        """
        found = {}
        for template in sorted(set(templates)):
            names = sorted(self._references.closure(template))
            texts = self._references.fingerprint
            found[template] = digest(*(part for name in names for part in (name, texts(name))))
        return found

    def describe(self, template: str) -> str:
        """Say which folder a template is from, and what of the site's own it includes."""
        own = set(self._theme.own_files())
        from_site = f" of {self._theme.overlay.as_posix()}/"
        packaged = from_site if len(self._theme.folders) == 1 else " of Dossier's theme"
        also = sorted((self._references.closure(template) & own) - {template})
        text = template + (from_site if template in own else packaged)
        return f"{text}, and {', '.join(also)}{from_site}" if also else text

    def _environment(self, lang: str) -> PageEnvironment:
        if lang not in self._environments:
            self._environments[lang] = self._make_environment(lang)
        return self._environments[lang]

    @cached_property
    def _make_environment(self) -> Callable[[str], PageEnvironment]:
        from dossier.render.compiled import compiled_folder
        from dossier.render.environment import PageEnvironment

        compiled = compiled_folder(self._engine) if self._engine else None
        return partial(PageEnvironment, self._theme, compiled, self._files.address)

    def _make_policy(
        self, template: str, linked: Set[str], own: tuple[tuple[str, str], ...]
    ) -> str:
        """Build the policy of pages that link to such files, and hold some styles and scripts."""
        given = map(parse_policy, self._declared(template))
        return combine((*given, allow_files(linked), allow(own)))

    def _find_closure(self, template: str) -> list[str]:
        """List a template and all that it is made of, or that it links to."""
        return sorted(self._references.closure(template))

    def _read_declared(self, template: str) -> list[str]:
        """Read what a template and those that it includes allow."""
        texts = map(self._references.text, self._closure(template))
        return [found for found in map(declared, texts) if found]

    def _read_assets(self, template: str, tag: str) -> Mapping[str, str]:
        """Read a template's styles or scripts, the longest first: one may contain another."""
        ending = ".css" if tag == "style" else ".js"
        names = [name for name in self._closure(template) if name.endswith(ending)]
        texts = {name: inline_text(name, self._references.text(name)) for name in names}
        filled = [(name, text) for name, text in texts.items() if text]
        return dict(sorted(filled, key=lambda item: -len(item[1])))

    def _check_assets(self, template: str, tag: str, text: str) -> bool:
        """Tell whether an element consists only of files, which the policy may allow.

        Raises `ProblemError` if it contains a file and other text.
        """
        assets, rest = self._assets(template, tag), text
        for part in assets.values():
            rest = rest.replace(part, "")
        if not rest.strip(" \n"):
            return True
        for name, part in assets.items():
            if part in text:
                hint = f"write nothing beside it: <{tag}>{{% include … %}}</{tag}>"
                raise ProblemError(self._mixed_problem(template, name, hint))
        return False

    def _mixed_problem(self, template: str, asset: str, hint: str) -> Problem:
        """Build the problem of a file that must be alone in its element."""
        message = f"'{asset}' must be alone in its element"
        for name in sorted(self._references.closure(template)):
            text = self._references.text(name)
            found = re.search(rf"""["']{re.escape(asset)}["']""", text)
            if found:
                line = text.count("\n", 0, found.start()) + 1
                return self._problem(os.fspath(self._theme.path(name)), line, message, hint)
        return self._problem(None, 0, message, hint)

    def _error_problem(self, template: str, error: Exception) -> Problem:
        """Find the place of an error: the one Jinja names, or the innermost frame of a template."""
        import jinja2

        if isinstance(error, jinja2.TemplateSyntaxError):
            return self._problem(error.filename, error.lineno, str(error))
        if isinstance(error, jinja2.TemplateNotFound):
            message = f"the template '{error.name}' is missing"
            return Problem(self._theme.overlay.as_posix(), 0, 0, message)
        message = str(error) if isinstance(error, jinja2.TemplateError) else repr(error)
        return self._runtime_problem(template, error, message)

    def _runtime_problem(self, template: str, error: Exception, message: str) -> Problem:
        """Build the problem of an error, at the innermost frame of a template."""
        roots = tuple(f"{folder.as_posix()}/" for folder in self._theme.folders)
        import traceback

        frames = traceback.extract_tb(error.__traceback__)
        own = [frame for frame in frames if Path(frame.filename).as_posix().startswith(roots)]
        if own:
            return self._problem(own[-1].filename, own[-1].lineno or 0, message)
        return self._problem(self._theme.path(template).as_posix(), 0, message)

    def _problem(self, filename: str | None, line: int, message: str, hint: str = "") -> Problem:
        return problem_at(Path(filename or self._theme.overlay), line, message, hint)


def _holds(page: str, text: str) -> bool:
    """Tell whether a page has a long text: by its beginning, which is found sooner."""
    return page.startswith(text, page.find(text[:_BEGINNING])) or text in page
