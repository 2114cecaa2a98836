"""The documentation is true: tables against the models, examples built, options named."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages import Catalog
from babel.messages.mofile import read_mo

from dossier.commands.parser import COMMANDS, build_parser
from dossier.content.models import FrontMatter
from tests.helpers import command_reference, view_reference
from tests.helpers.catalogue import (
    KEYWORDS,
    catalogue_files,
    extract_messages,
    read_catalogue,
)
from tests.helpers.field_table import ALL, render_table
from tests.helpers.smallsite import ENTITIES, ROOT, SmallSite, briefing, render_body

DOCS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


@pytest.mark.parametrize("record", ALL, ids=lambda record: record.__name__)
def test_the_table_of_a_record_is_in_the_documentation(record: type[FrontMatter]) -> None:
    """docs/front-matter.md has every field of every record, as the code has it."""
    assert render_table(record) in (ROOT / "docs/front-matter.md").read_text("utf-8")


def test_the_examples_for_authors_build(small_site: Callable[[str], SmallSite]) -> None:
    """What docs/front-matter.md shows as files makes a site without a problem."""
    text = (ROOT / "docs/front-matter.md").read_text("utf-8")
    files = re.findall(r"^```markdown file=(\S+)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    assert len(files) == 2
    site = small_site(ENTITIES + "".join(f"-- {path} --\n{body}" for path, body in files))
    assert site.problems() == []


def test_each_example_of_markdown_has_its_result() -> None:
    """docs/writing.md shows what becomes of each example."""
    text = (ROOT / "docs/writing.md").read_text("utf-8")
    examples = re.findall(
        r"^(```+)markdown\n(.*?)^\1\n+```html\n(.*?)\n```$", text, re.MULTILINE | re.DOTALL
    )
    assert len(examples) == text.count("```html") > 10
    for _, written, shown in examples:
        html, problems = render_body(written)
        html = re.sub(r'<a class="anchor".*?</a>', "", html.replace("\u00a0", " "))
        assert problems == []
        assert re.sub(r"\{(?:href|title|src)=", "{", html) == shown


def test_the_example_of_a_table_builds(small_site: Callable[[str], SmallSite]) -> None:
    """docs/writing.md shows a file, and a text that shows it as a table and as a chart."""
    text = (ROOT / "docs/writing.md").read_text("utf-8")
    files = re.findall(r"^```\w+ file=(\S+)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    files = [file for file in files if "sales" in file[0]]
    assert [path for path, _ in files] == ["content/files/sales.csv", "content/pages/sales.md"]
    site = small_site("".join(f"-- {path} --\n{body}" for path, body in files))
    assert site.problems() == []
    page = site.read("sales/index.html")
    assert "<caption><span>Sales by year</span></caption>" in page
    assert "Source: own estimates · <a" in page
    assert "150<span" in page
    assert page.count("</svg>") == 2


def test_the_example_of_an_image_builds(small_site: Callable[[str], SmallSite]) -> None:
    """docs/writing.md shows a drawing as a figure, and in a line."""
    text = (ROOT / "docs/writing.md").read_text("utf-8")
    files = re.findall(r"^```\w+ file=(\S+plant\S+)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    site = small_site("".join(f"-- {path} --\n{body}" for path, body in files))
    assert site.problems() == []
    page = site.read("plant/index.html")
    assert (
        '<img alt="A long, low building" src="../files/plant.svg" width="600" height="300">' in page
    )
    assert '<span class="credit">Photo: A. Name / Agency, CC BY 4.0</span></figcaption>' in page
    assert page.count('src="../files/plant.svg"') == 2
    assert page.count("<figure") == 1


def test_the_first_example_of_writing_builds(small_site: Callable[[str], SmallSite]) -> None:
    """The briefing at the top of docs/writing.md is valid."""
    text = (ROOT / "docs/writing.md").read_text("utf-8")
    example = re.search(r"^    ---\n.*?\[\[amazon\]\]\.$", text, re.MULTILINE | re.DOTALL)
    assert example
    body = "\n".join(line.removeprefix("    ") for line in example[0].splitlines())
    united_states = "-- content/regions/us.md --\n---\nname: United States\ncode: US\n---\n"
    site = small_site(f"{ENTITIES}{united_states}-- content/briefings/x.md --\n{body}\n")
    assert site.problems() == []


@pytest.mark.parametrize("reference", [command_reference, view_reference])
def test_a_reference_is_as_the_code_has_it(reference: ModuleType) -> None:
    """docs/command.md has every command and option, docs/templates.md every view and field."""
    name = "command" if reference is command_reference else "templates"
    generated = (ROOT / f"docs/{name}.md").read_text("utf-8").partition(reference.MARK)[2]
    assert generated == reference.render_reference(), f"run `python -m {reference.__name__}`"


def test_the_readme_names_every_command() -> None:
    """And leads to the page with their options."""
    readme = (ROOT / "README.md").read_text("utf-8")
    for name in command_reference.find_commands(build_parser(COMMANDS)):
        assert f"build.py {name.split()[0]}" in readme or name == "build"


def test_the_examples_of_templates_build(small_site: Callable[[str], SmallSite]) -> None:
    """What docs/templates.md shows as files makes a site without a problem."""
    text = (ROOT / "docs/templates.md").read_text("utf-8")
    files = re.findall(r"^```(?:jinja|css) file=(\S+)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    assert len(files) == 4
    script = "-- templates/assets/js/ours.js --\nconsole.log(1)\n"
    script += "-- templates/assets/css/ours.css --\nh2{color:teal}\n"
    script += "-- templates/assets/css/first-paint.css --\nh1{color:teal}\n"
    site = small_site(
        briefing("a") + script + "".join(f"-- {path} --\n{body}" for path, body in files)
    )
    assert site.problems() == []
    assert "This is no advice" in site.read("briefings/a/index.html")
    assert "Published in Zagreb" in site.read("index.html")


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)
def test_links_between_documents_lead_somewhere(path: Path) -> None:
    """A relative link of the documentation names a file that exists."""
    text = re.sub(r"```.*?```|`[^`]*`", "", path.read_text("utf-8"), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text):
        assert (path.parent / target).exists() or target.startswith("/"), target


def texts_of(catalog: Catalog) -> set[tuple[str, str]]:
    """The texts of a catalogue with their translations, plural forms included."""

    def plain(text: str | list[str] | tuple[str, ...]) -> str:
        return text if isinstance(text, str) else "|".join(text)

    return {(plain(m.id), plain(m.string)) for m in catalog if m.id and m.string}


def texts_in_code() -> set[str]:
    """The texts that code has translated, those in f-strings too, where Babel sees none."""
    found = set[str]()
    for path in sorted((ROOT / "dossier").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                for place in KEYWORDS.get(name, ()) or (1,) * (name in KEYWORDS):
                    given = node.args[place - 1] if len(node.args) >= place else None
                    if isinstance(given, ast.Constant) and isinstance(given.value, str):
                        found.add(given.value)
    return found


@pytest.mark.parametrize("path", catalogue_files(), ids=lambda path: path.parent.parent.name)
def test_a_catalogue_has_every_text_of_the_code(path: Path) -> None:
    """Wherever it stands: one that only an f-string has would be left in English."""
    have = {
        text
        for message in read_catalogue(path)
        for text in ([message.id] if isinstance(message.id, str) else message.id)
    }
    assert texts_in_code() - have == set()


@pytest.mark.parametrize("path", catalogue_files(), ids=lambda path: path.parent.parent.name)
def test_a_catalogue_translates_every_text(path: Path) -> None:
    """No interface text is left untranslated, and the compiled form is up to date."""
    catalog = read_catalogue(path)
    wanted = {message.id for message in extract_messages() if message.id}
    have = {
        m.id for m in catalog if m.id and all([m.string] if isinstance(m.id, str) else m.string)
    }
    assert wanted - have == set(), "run `python -m tests.helpers.catalogue`, then translate"
    assert have - wanted == set(), "run `python -m tests.helpers.catalogue`"
    with path.with_suffix(".mo").open("rb") as file:
        assert texts_of(read_mo(file)) == texts_of(catalog), "run the command again"


@pytest.mark.parametrize("path", catalogue_files(), ids=lambda path: path.parent.parent.name)
def test_a_translation_has_the_placeholders_of_its_text(path: Path) -> None:
    """`%(num)s` in a text is in its translation too."""
    for message in read_catalogue(path):
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        if ids[0]:
            expected = set(re.findall(r"%\(\w+\)s", ids[-1]))
            assert all(set(re.findall(r"%\(\w+\)s", s)) == expected for s in strings), ids
