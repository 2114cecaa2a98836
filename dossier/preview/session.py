"""Site of a preview: updated after each save, with pages made on demand.

While there are errors, the last good site stays. Used by one thread only; independent of servers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from contextlib import suppress
from pathlib import Path

import msgspec

from dossier.build.blueprint import Blueprint
from dossier.build.inputs import Inputs, Options
from dossier.content.brand.palette import TOKENS
from dossier.content.documents import Bodies, Body, Document
from dossier.content.moments import find_instant, find_now
from dossier.content.reading.reader import read_document
from dossier.planning.plan import plan
from dossier.preview.affected_pages import (
    MOST_LOOKED_AT,
    KnownReads,
    Save,
    build_view,
    compare_content,
)
from dossier.preview.renamed_pages import RenamedPages
from dossier.problems import Problem, ProblemError
from dossier.render.files import write_file
from dossier.render.renderer import Renderer
from dossier.site.due_text import due_text
from dossier.site.reads import recording
from dossier.site.resolve import reword
from dossier.theme.files import Theme
from dossier.views.files import ResourceView
from dossier.views.outputs import AssetFile, FileOutput, PageOutput, ViewOutput
from dossier.views.parts import TemplateView, View

_REMEMBERED = 256
"""The most pages kept as they were last shown."""


class Rendered(msgspec.Struct, frozen=True):
    """A page as a build writes it, or as it was last shown, with the problem that keeps it old."""

    text: str
    problems: tuple[Problem, ...] = ()


class Session:
    """A site that is being written; `blueprint` is the last good one, if any."""

    def __init__(self, options: Options) -> None:
        self.options = msgspec.structs.replace(options, drafts=True)
        self.blueprint: Blueprint | None = None
        self.save: Save | None = None
        """What the last update changed; None where there was nothing to compare."""
        self._content_problems: tuple[Problem, ...] = ()
        self._template_problems: tuple[Problem, ...] = ()
        self._inputs: Inputs | None = None
        self._renderer: Renderer | None = None
        self._templates: Mapping[str, str] = {}
        self._behind = True  # whether the blueprint is older than the content
        self._documents: dict[str, Document] = {}
        self._bodies: Bodies | None = None
        self._edited: dict[str, Body] = {}
        self._rendered: dict[str, Rendered] = {}
        self._shown: dict[str, str] = {}
        self._assets: dict[str, str] = {}
        self._reads: KnownReads = {}
        self._renamed = RenamedPages()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The problems of content and templates, sorted; including warnings."""
        return tuple(sorted({*self._content_problems, *self._template_problems}))

    @property
    def waiting(self) -> list[str]:
        """What a build does not tell yet, in words, the next first."""
        if self.blueprint is None:
            return []
        titles = {one.path: one.front_matter for one in self.blueprint.documents}
        return [
            due_text(getattr(titles[due.source], "title", ""), due.what, due.moment)
            for due in self.blueprint.builders.site.waiting
        ]

    def update(self, touched: Set[Path] | None = None) -> bool:
        """Update the site after a save; return whether anything changed.

        `touched` are absolute paths, None for any. Never raises: errors become problems, which a
        later save may fix.
        """
        try:
            return self._update(touched)
        except ProblemError as error:
            self._content_problems = error.problems
        except (Exception, SystemExit) as error:
            self._content_problems = (_unexpected(error),)
        self._inputs = None  # earlier results cannot be relied upon
        return True

    def look_ahead(self) -> Iterator[None]:
        """Find out what each page reads, one page per step, so that a save is compared quickly."""
        for page in self.blueprint.pages[:MOST_LOOKED_AT] if self.blueprint else ():
            if page.file not in self._reads and self.blueprint:
                build_view(self.blueprint, page, self._reads)
            yield

    def share_nothing(self) -> None:
        """Stop using processes: they cannot be forked safely once there are threads."""
        self.options = msgspec.structs.replace(self.options, jobs=1)

    def page(self, file: str) -> Rendered:
        """Render a page of the last good site, by its output file."""
        if file not in self._rendered:
            self._rendered[file] = self._render(file)
            self._shown.pop(file, None)
            self._shown[file] = self._rendered[file].text
            if len(self._shown) > _REMEMBERED:
                del self._shown[next(iter(self._shown))]
        return self._rendered[file]

    def asset(self, output: AssetFile) -> str:
        """Return a style sheet or script that pages link to; with an error, as it last was."""
        assert self._renderer
        with suppress(ProblemError):
            self._assets[output.file] = self._renderer.asset(output.file)
        return self._assets.get(output.file, "")

    def file(self, output: FileOutput) -> bytes:
        """Render a file for programs of the last good site."""
        assert self.blueprint
        view = self._view(output)
        assert isinstance(view, ResourceView)
        return write_file(view)

    def moved_to(self, file: str) -> str | None:
        """Find the path of the page of a file that was renamed, by its output file before."""
        return self._renamed.follow(self.blueprint, file) if self.blueprint else None

    def fingerprint(self, path: str) -> str:
        """Return the fingerprint of a content file as it was last read; empty for none."""
        return self._inputs.content.get(path, "") if self._inputs else ""

    def _update(self, touched: Set[Path] | None) -> bool:
        before, now = self._inputs, Inputs(self.options, self._inputs, touched)
        content = _differing(before.content, now.content) if before else set(now.content)
        templates = _differing(before.templates, now.templates) if before else set(now.templates)
        self._behind |= TOKENS in templates
        stale = self._behind or not self._is_up_to_date()
        if before and not (content or templates or stale):
            return False
        self._inputs = now
        self._renamed.note(now.content)
        self._keep_bodies(content)
        old = self.blueprint
        self.save = None
        if content or stale:
            self._take_in(content, now)
        unloaded = not self._renderer or not self._templates
        changed = self._load_templates() if templates or unloaded else frozenset()
        if templates or unloaded or self._is_planned_anew(old):
            self._link_assets(old)
        if old and self.blueprint and (old is not self.blueprint or changed):
            options = self.options
            files = [(options.content / path).as_posix() for path in content]
            theme = Theme(options.templates)
            files += [theme.scanned_path(name).as_posix() for name in templates]
            anew = self._is_planned_anew(old)
            changes = compare_content(old, self.blueprint, None if anew else content)
            if changes.facts:
                self._reads.clear()
            self.save = Save(old, self.blueprint, files, changes, changed, self._reads)
        self._rendered.clear()
        if self._renderer:
            self._renderer.forget()
        return True

    def _take_in(self, content: Set[str], inputs: Inputs) -> None:
        """Update the blueprint, quickly where only words changed."""
        blueprint = None if self._behind else self._reworded(content)
        if blueprint is None:
            self._behind = True
            try:
                blueprint = plan(self.options, inputs, pdf=False)
            except ProblemError as error:
                self._content_problems = error.problems
                return
            if self.blueprint:
                self._renamed.keep(self.blueprint)
            self._documents = {document.path: document for document in blueprint.documents}
            self._bodies, self._edited = blueprint.builders.site.bodies, {}
        self.blueprint, self._behind = blueprint, False
        self._content_problems = blueprint.warnings

    def _reworded(self, content: Set[str]) -> Blueprint | None:
        """Replace words of documents in the blueprint; None where facts or warnings changed."""
        old = self.blueprint
        if old is None or not self._is_up_to_date() or not content <= self._documents.keys():
            return None
        try:
            parsed = [read_document(self.options.content, path, old.settings) for path in content]
        except (ProblemError, OSError):
            return None  # a full update finds all problems
        documents = {one.document.path: one.document for one in parsed}
        if any(
            one.fingerprints.facts != self._documents[path].fingerprints.facts
            or one.warnings != self._documents[path].warnings
            for path, one in documents.items()
        ):
            return None
        self._documents |= documents
        self._edited = {**self._edited, **{one.document.path: one.body for one in parsed}}
        assert self._bodies
        site = reword(old.builders.site, _overlaid(self._bodies, self._edited), documents.values())
        parts = {path: one.fingerprints for path, one in documents.items()}
        return msgspec.structs.replace(
            old,
            documents=tuple(self._documents.values()),
            parts={**old.parts, **parts},
            builders=old.builders.reworded(site),
        )

    def _keep_bodies(self, content: Iterable[str]) -> None:
        """Keep the bodies of files that changed, for the last good site: planning may drop them."""
        if self.blueprint and self._bodies:
            kept = {}
            for path in self._documents.keys() & content:
                with suppress(ProblemError, OSError):
                    kept[path] = self._edited[path] if path in self._edited else self._bodies(path)
            self._edited |= kept
            site = self.blueprint.builders.site
            held = site.reworded(_overlaid(self._bodies, dict(self._edited)), {})
            builders = self.blueprint.builders.reworded(held)
            self.blueprint = msgspec.structs.replace(self.blueprint, builders=builders)

    def _load_templates(self) -> frozenset[str]:
        """Load the templates; return those that changed, themselves or in what they include."""
        engine = self._inputs.engine if self._inputs and self.options.cache else ""
        self._renderer = Renderer(self.options.templates, engine)
        self._template_problems = ()
        if self.blueprint is None:
            return frozenset()
        before, names = self._templates, {page.template for page in self.blueprint.pages}
        try:
            self._templates = self._renderer.fingerprints(names)
            self._renderer.prepare(names, self.blueprint.settings.language)
        except ProblemError as error:
            self._template_problems = error.problems
        return frozenset(name for name in names if before.get(name) != self._templates.get(name))

    def _link_assets(self, old: Blueprint | None) -> None:
        """Plan the style sheets and scripts that pages link to; those of before with an error."""
        if self.blueprint is None or self._renderer is None:
            return
        names = [one.file for one in old.assets] if old else []
        with suppress(ProblemError):
            names = self._renderer.linked(page.template for page in self.blueprint.pages)
        self.blueprint = self.blueprint.with_assets(names)

    def _render(self, file: str) -> Rendered:
        assert self.blueprint and self._renderer
        page = self.blueprint.outputs[file]
        assert isinstance(page, PageOutput)
        try:
            view = self._view(page)
            assert isinstance(view, TemplateView)
            return Rendered(self._renderer.render(page.template, view))
        except ProblemError as error:
            return Rendered(self._shown.get(file, ""), error.problems)
        except (Exception, SystemExit) as error:
            return Rendered(self._shown.get(file, ""), (_unexpected(error),))

    def _view(self, output: ViewOutput) -> View:
        assert self.blueprint
        with recording():
            return self.blueprint.builders.view(output)

    def _is_planned_anew(self, old: Blueprint | None) -> bool:
        """Tell whether the last good site has other outputs than the one before."""
        return not (old and self.blueprint and old.outputs is self.blueprint.outputs)

    def _is_up_to_date(self) -> bool:
        if self.blueprint is None:
            return True
        zone = self.blueprint.settings.timezone
        now = find_instant(find_now(self.options.as_of, zone), zone)
        return self.blueprint.builders.site.period.covers(now)


def _differing(before: Mapping[str, str], now: Mapping[str, str]) -> set[str]:
    if before.keys() == now.keys():
        return {path for path, fingerprint in now.items() if before[path] != fingerprint}
    return {path for path, _ in before.items() ^ now.items()}


def _overlaid(bodies: Bodies, edited: Mapping[str, Body]) -> Bodies:
    return lambda path: edited[path] if path in edited else bodies(path)


def _unexpected(error: BaseException) -> Problem:
    message = f"internal error: {error!r}"
    return Problem("build.py", 0, 0, message, "save the file again; if this persists, report it")
