"""A site's templates come first, the packaged ones second; a prefix reaches the packaged one."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from dossier.preview.session import Session
from dossier.problems import ProblemError
from dossier.theme.files import Theme
from tests.helpers.linked import linked_files, styles_of
from tests.helpers.smallsite import ENTITIES, ROOT, SmallSite, briefing

Make = Callable[[str], SmallSite]

EXTENDED = """\
-- templates/pages/briefing.html --
{% extends "dossier/pages/briefing.html" %}
{% block before_text %}
<p class="advice">Not advice.</p>
{% endblock %}
"""
FRAMED = """\
-- templates/base.html --
{% extends "dossier/base.html" %}
{% block head %}
<meta name="example" content="yes">
{% endblock %}
{% block masthead_after %}
<p class="banner">A banner</p>
{% endblock %}
{% block footer %}
{{ super() }}
<p>Made in Zagreb</p>
{% endblock %}
"""
STYLES = "-- templates/assets/css/site.css --\n.banner { color: teal }\n"


def test_a_site_without_templates_has_the_theme(small_site: Make) -> None:
    """Nothing has to be overridden."""
    site = small_site(briefing("a"))
    site.build()
    assert "The bottom line" in site.read("briefings/a/index.html")


def test_one_block_of_a_page_is_overridden(small_site: Make) -> None:
    """The rest of the page, and every other page, is the theme's."""
    site = small_site(ENTITIES + briefing("a", companies="[tiktok]"))
    site.build()
    before = site.output()
    site.write(EXTENDED)
    site.build()
    after = site.output()
    changed = {path for path in after if after[path] != before[path]}
    assert changed == {"briefings/a/index.html"}
    advice = '<p class="advice">Not advice.</p>\n'
    assert site.read("briefings/a/index.html").replace(advice, "").encode() == before[changed.pop()]


def test_the_skeleton_of_every_page_is_overridden_by_blocks(small_site: Make) -> None:
    """Packaged pages extend the site's own `base.html`."""
    site = small_site(ENTITIES + briefing("a") + FRAMED)
    site.build()
    for page in ("index.html", "briefings/a/index.html", "companies/tiktok/index.html"):
        text = site.read(page)
        assert text.index('<meta name="example"') < text.index("</head>")
        assert text.index("</header>") < text.index("A banner") < text.index("<main")
        assert (
            text.index("Back to the top") < text.index("Made in Zagreb") < text.index("</footer>")
        )


def test_the_site_s_styles_are_added_and_allowed(small_site: Make) -> None:
    """They come after those of the theme, as a file of their own."""
    site = small_site(briefing("a"))
    site.build()
    before = styles_of(site, "index.html")
    site.write(STYLES)
    assert site.build().written > 0
    assert styles_of(site, "index.html") == [*before, ".banner{color:teal}"]
    assert linked_files(site, "index.html").index("assets/css/site.css") == len(before)
    assert "style-src 'self'" in site.read("index.html").split('">')[1]


def test_an_explanation_names_the_folder_of_the_template(small_site: Make) -> None:
    """And all that a page has of the site's own."""
    site = small_site(briefing("a"))
    [_, source] = site.build(explain="briefings/a/").explanation.splitlines()
    assert source == "  made from briefings/a.md, with pages/briefing.html of Dossier's theme"
    site.write(EXTENDED + FRAMED)
    folder = f"{site.folder.as_posix()}/templates/"
    [_, source] = site.build(explain="briefings/a/").explanation.splitlines()
    assert source.endswith(f"pages/briefing.html of {folder}, and base.html of {folder}")
    [_, source] = site.build(explain="/").explanation.splitlines()
    assert source.endswith(f"pages/home.html of Dossier's theme, and base.html of {folder}")


def test_an_asset_of_the_theme_is_overridden_by_its_name(small_site: Make) -> None:
    """A file of the same name takes its place."""
    site = small_site("-- templates/assets/css/base.css --\nbody { margin: 7px }\n")
    site.build()
    styles = site.read("assets/home.css")
    assert "body{margin:7px}" in styles
    assert "body{margin:0" not in styles


def test_colours_outside_of_pages_are_those_of_the_site_s_style_sheet(small_site: Make) -> None:
    """The icon and the browser's toolbar read them from the file that overrides ours."""
    tokens = (ROOT / "templates/assets/css/tokens.css").read_text("utf-8")
    changed = re.sub(r"--band:[^;]*;", "--band:#123456;", tokens)
    changed = re.sub(r"--accent:[^;]*;", "--accent:#123456;", changed)
    site = small_site(f"-- templates/assets/css/tokens.css --\n{changed}")
    site.build()
    assert "%23123456" in site.read("index.html")


def test_a_build_after_an_override_comes_or_goes_is_a_clean_build(small_site: Make) -> None:
    """Fingerprints know both folders."""
    site = small_site(ENTITIES + briefing("a"))
    site.build()
    theme = site.output()
    site.write(EXTENDED + FRAMED + STYLES)
    site.build()
    own = site.output()
    shutil.rmtree(site.folder / "output")
    site.build()
    assert site.output() == own
    shutil.rmtree(site.folder / "templates")
    site.build()
    assert site.output() == theme


def test_a_template_that_extends_itself_is_told_the_way_out(small_site: Make) -> None:
    """The packaged template has a prefix."""
    site = small_site('-- templates/pages/home.html --\n{% extends "pages/home.html" %}\n')
    with pytest.raises(ProblemError) as caught:
        site.build()
    [problem] = caught.value.problems
    assert problem.path.endswith("templates/pages/home.html")
    assert (problem.line, problem.hint) == (1, "the packaged one is 'dossier/pages/home.html'")


def test_a_template_that_is_missing_has_a_place(small_site: Make) -> None:
    """With the name that was meant."""
    site = small_site('-- templates/pages/home.html --\n\n{% extends "dossier/pages/hom.html" %}\n')
    with pytest.raises(ProblemError) as caught:
        site.build()
    [problem] = caught.value.problems
    assert (problem.line, problem.message) == (
        2,
        "the template 'dossier/pages/hom.html' is missing",
    )


def test_the_preview_follows_both_folders(small_site: Make) -> None:
    """An override that comes, changes and goes is shown at once."""
    site = small_site(briefing("a"))
    session = Session(site.options)
    session.update()
    page = "briefings/a/index.html"
    assert "Not advice" not in session.page(page).text
    path = site.folder / "templates/pages/briefing.html"
    site.write(EXTENDED)
    assert session.update({path.resolve()})
    assert "Not advice" in session.page(page).text
    assert session.save
    assert [Path(file).name for file in session.save.files] == ["briefing.html"]
    path.unlink()
    assert session.update({path.resolve()})
    assert "Not advice" not in session.page(page).text


def test_rescanning_finds_what_scanning_finds(tmp_path: Path) -> None:
    """In either folder, whatever was touched."""
    packaged, overlay = tmp_path / "packaged", tmp_path / "overlay"
    for folder in (packaged, overlay):
        folder.mkdir()
        (folder / "base.html").write_text("1")
    theme = Theme(overlay, packaged)
    before = theme.scan()
    assert list(before) == ["base.html", "dossier/base.html"]
    (packaged / "base.html").write_text("2")
    (overlay / "new.html").write_text("3")
    touched = {(packaged / "base.html").resolve(), (overlay / "new.html").resolve()}
    assert theme.rescan(before, touched) == theme.scan()


def test_the_theme_s_own_folder_overrides_nothing() -> None:
    """In the generator's own repository `templates/` is the theme."""
    theme = Theme(ROOT / "templates")
    assert theme.own_files() == []
    assert all(not name.startswith("dossier/") for name in theme.scan())
