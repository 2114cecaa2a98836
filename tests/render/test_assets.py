"""Style sheets and scripts that pages share: written once, linked with a version."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from dossier.kept_results import KeptResults
from dossier.render.assets import Assets
from dossier.theme.files import SITE_STYLES, Theme
from dossier.theme.references import References
from tests.helpers.linked import addresses, linked_files, styles_of
from tests.helpers.smallsite import ENTITIES, ROOT, SITE_YAML, SmallSite, briefing
from tests.helpers.templates import same_pages

Make = Callable[[str], SmallSite]
_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')
LINK = '<link rel="stylesheet" href="{{ view.head.root }}{{ asset("assets/own.css") }}">'


def directives(page: str) -> list[str]:
    """The directives of a page's policy."""
    return _POLICY.findall(page)[0].split("; ")


def test_pages_link_to_files_of_the_output(small_site: Make) -> None:
    """Every address of every page leads to a file that is there, by a relative path."""
    site = small_site(ENTITIES + briefing("a", companies="[tiktok]", regions="[FR]"))
    site.build()
    output = site.output()
    for page in filter(lambda file: file.endswith(".html") and file != "404.html", output):
        linked = linked_files(site, page)
        assert "assets/base.js" in linked, page
        shown = [one for one in linked if one.endswith(".css") and "print" not in one]
        assert len(shown) == 1, page  # no browser draws a page before its styles
        assert "--accent" in site.read(shown[0])
        assert set(linked) <= output.keys(), page


def test_two_pages_of_a_kind_link_to_the_same(small_site: Make) -> None:
    """Whatever one of them shows, so that a reader loads it once."""
    figures = "[{label: Users, value: 1, unit: '%', as_of: 2022, source: s}]"
    site = small_site(
        ENTITIES
        + briefing("a")
        + briefing("b", "| A |\n|---|\n| 1 |\n", figures=figures, sources="[{id: s, title: T}]")
    )
    site.build()
    first, second = (f"briefings/{name}/index.html" for name in "ab")
    assert linked_files(site, first) == linked_files(site, second)
    assert addresses(site, first) == addresses(site, second)
    assert "assets/briefing.css" in linked_files(site, first)
    assert "assets/briefing.css" not in linked_files(site, "index.html")


def test_only_a_page_that_shows_a_chart_loads_its_styles(small_site: Make) -> None:
    """They are long, and few pages need them."""
    table = "-- content/files/t.csv --\nYear,Shops\n2021,1\n2022,2\n"
    site = small_site(table + briefing("a", "![Shops](/files/t.csv)\n") + briefing("b"))
    site.build()
    assert "assets/media.css" in linked_files(site, "briefings/a/index.html")
    assert "assets/media.css" not in linked_files(site, "briefings/b/index.html")


def test_a_version_follows_from_the_text(small_site: Make) -> None:
    """It changes with the text alone; what stays the same stays in the browser's cache."""
    site = small_site(briefing("a"))
    site.build()
    before = addresses(site, "index.html")
    assert all(re.fullmatch(r"[\w.]+\?v=[0-9a-f]{8}", one) for one in before)
    tokens = (ROOT / "templates/assets/css/tokens.css").read_text("utf-8")
    site.write(f"-- templates/assets/css/tokens.css --\n{tokens}/* A note. */\n")
    site.build()
    assert addresses(site, "index.html") == before
    site.write(f"-- templates/assets/css/tokens.css --\n{tokens}b{{top:0}}\n")
    site.build()
    after = addresses(site, "index.html")
    assert [a != b for a, b in zip(before, after, strict=True)] == [
        one.startswith("home.css") for one in before
    ]


def test_what_is_published_has_no_needless_space_and_all_that_it_imports(small_site: Make) -> None:
    """In the order of the imports."""
    site = small_site(
        same_pages(LINK) + '-- templates/assets/own.css --\n/* All. */\n@import "parts/a.css";\n'
        '@import "parts/b.css";\nc { top: 0 }\n'
        "-- templates/assets/parts/a.css --\na { top: 0 }\n"
        "-- templates/assets/parts/b.css --\nb { top: 0 }\n"
    )
    site.build()
    assert site.read("assets/own.css") == "a{top:0}b{top:0}c{top:0}"


def test_scripts_are_joined_in_order(small_site: Make) -> None:
    """Each on lines of its own, without comments."""
    script = '<script src="{{ asset("assets/own.js") }}" defer></script>'
    site = small_site(
        same_pages(script)
        + '-- templates/assets/own.js --\n// All.\nimport "./js/a.js"\nimport "./js/b.js"\n'
        "-- templates/assets/js/a.js --\n// One.\na()\n-- templates/assets/js/b.js --\nb()\n"
    )
    site.build()
    assert site.read("assets/own.js") == "a()\nb()"
    assert "script-src 'self'" in directives(site.read("index.html"))


def test_the_policy_allows_files_only_where_a_page_links_to_one(small_site: Make) -> None:
    """Nothing else is loosened: what is within a page still needs its hash."""
    site = small_site(briefing("a", aliases="[/old/]"))
    site.build()
    policy = directives(site.read("briefings/a/index.html"))
    assert "style-src 'self'" in policy
    [scripts] = [one for one in policy if one.startswith("script-src")]
    assert "'self'" in scripts.split()
    assert "'sha256-" in scripts
    redirect = directives(site.read("old/index.html"))
    assert not [one for one in redirect if one.startswith("style-src")]
    [scripts] = [one for one in redirect if one.startswith("script-src")]
    assert "'self'" not in scripts


def test_a_link_that_a_page_does_not_show_loosens_nothing(small_site: Make) -> None:
    """The policy follows the page, not the template."""
    site = small_site(
        same_pages("{% if not view %}" + LINK + "{% endif %}")
        + "-- templates/assets/own.css --\na{}\n"
    )
    site.build()
    assert "style-src" not in site.read("index.html")


def test_what_no_page_links_to_is_not_published(small_site: Make) -> None:
    """A site without a search has no script of it."""
    site = small_site(briefing("a"))
    site.build()
    assert not any("search" in file for file in site.output())
    assert SITE_STYLES not in site.output()


def test_the_404_page_finds_its_files_at_any_depth(small_site: Make) -> None:
    """By absolute addresses."""
    site = small_site(briefing("a"))
    site.build()
    linked = re.findall(r'(?:stylesheet" href|script src)="([^"?]+)', site.read("404.html"))
    assert "/site/assets/list.css" in linked
    assert all(address.startswith("/site/assets/") for address in linked)


def test_print_rules_come_last(small_site: Make) -> None:
    """After those of the page's kind, and before what a site says itself."""
    site = small_site(
        f"-- content/site.yaml --\n{SITE_YAML}accent: 1a5fb4\n"
        + briefing("a")
        + "-- templates/assets/css/site.css --\nb { top: 0 }\n"
    )
    site.build()
    kind, printed, accent, own = styles_of(site, "briefings/a/index.html")
    assert kind.startswith(":root{color-scheme")
    assert ".summary{" in kind
    assert printed.startswith("@media print")
    assert accent.startswith(":root{--accent:light-dark(#1a5fb4")
    assert own == "b{top:0}"


def test_a_page_from_right_to_left_turns_after_its_own_styles(small_site: Make) -> None:
    """Others do not load what turns."""
    yaml = SITE_YAML.replace("[en, fr]", "[en, ar]")
    site = small_site(f"-- content/site.yaml --\n{yaml}" + briefing("a") + briefing("b", lang="ar"))
    site.build()
    turned = linked_files(site, "ar/briefings/b/index.html")
    assert turned.index("assets/briefing.css") < turned.index("assets/css/rtl.css")
    assert "assets/css/rtl.css" not in linked_files(site, "briefings/a/index.html")


def test_a_bundle_of_the_theme_is_extended(small_site: Make) -> None:
    """A site's own file of its name imports the packaged one, and more."""
    site = small_site(
        briefing("a")
        + '-- templates/assets/briefing.css --\n@import "../dossier/assets/briefing.css";\n'
        '@import "css/ours.css";\n-- templates/assets/css/ours.css --\nh2 { color: teal }\n'
        "-- templates/assets/css/notices.css --\n.notice { top: 0 }\n"
    )
    assert site.build().warnings == ()
    sheet = site.read("assets/briefing.css")
    assert ".summary{" in sheet
    assert sheet.endswith(".notice{top:0}h2{color:teal}")


def test_styles_within_a_page_stay_possible(small_site: Make) -> None:
    """In the block of that name, after those that are linked; the policy has their hash."""
    site = small_site(
        briefing("a") + '-- templates/pages/home.html --\n{% extends "dossier/pages/home.html" %}\n'
        '{% block styles %}{% include "assets/css/ours.css" %}{% endblock %}\n'
        "-- templates/assets/css/ours.css --\nh2 { color: teal }\n"
    )
    site.build()
    assert styles_of(site, "index.html")[1] == "h2{color:teal}"
    [policy] = [one for one in directives(site.read("index.html")) if one.startswith("style-src")]
    assert re.fullmatch(r"style-src 'self' 'sha256-[^ ]+'", policy)
    assert "<style>" not in site.read("briefings/a/index.html")


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ('{{ asset("assets/on.css") }}', "the template 'assets/on.css' is missing"),
        ("{{ asset(view.head.lang) }}", "a file linked by a variable"),
        ('{{ asset("base.html") }}', "'base.html' is no style sheet or script"),
        ('{{ asset("../own.css") }}', "the template '../own.css' is missing"),
    ],
)
def test_a_link_that_leads_nowhere_is_a_problem(
    small_site: Make, template: str, message: str
) -> None:
    """With its place."""
    site = small_site(same_pages("\n" + template) + "-- templates/assets/own.css --\na{}\n")
    problem = site.problems()[0]
    assert (problem.line, problem.message) == (2, message)


def test_an_import_that_leads_nowhere_is_a_problem_of_its_sheet(small_site: Make) -> None:
    """With its line."""
    site = small_site(
        same_pages(LINK) + '-- templates/assets/own.css --\n/* All. */\n@import "css/tex.css";\n'
    )
    problem = site.problems()[0]
    assert problem.path.endswith("templates/assets/own.css")
    assert (problem.line, problem.message) == (2, "the template 'assets/css/tex.css' is missing")


def test_a_page_may_not_take_the_place_of_a_file(small_site: Make) -> None:
    """An alias that needs a folder where a style sheet is."""
    site = small_site(briefing("a", aliases="[/assets/briefing.css/old/]"))
    messages = [problem.message for problem in site.problems()]
    assert any("assets/briefing.css" in message for message in messages), messages


def test_after_every_edit_the_output_is_that_of_a_clean_build(small_site: Make) -> None:
    """Pages, files and versions agree, whichever sheet was saved, added or removed."""
    site = small_site(ENTITIES + briefing("a", companies="[tiktok]"))
    site.build()
    text = (ROOT / "templates/assets/css/items.css").read_text("utf-8")
    own = site.folder / "templates/assets/css"
    edits = (
        f"-- templates/assets/css/items.css --\n{text}b{{top:0}}\n",
        "-- templates/assets/css/site.css --\nb { top: 1px }\n",
        "-- templates/assets/css/site.css --\nb { top: 2px }\n",
        "-- templates/assets/js/text.js --\nf()\n",
        "-- templates/assets/home.css --\nb { top: 3px }\n",
    )
    for edit in edits:
        site.write(edit)
        site.build()
        assert site.output() == site.output_of_a_clean_build(), edit
    assert "b{top:0}" in site.read("assets/briefing.css")
    assert site.read("assets/text.js").startswith("f()")
    for file in (own / "site.css", own / "items.css", Path(own, "../home.css")):
        file.unlink()
        site.build()
        assert site.output() == site.output_of_a_clean_build(), file
    assert SITE_STYLES not in site.output()


def test_a_sheet_of_one_kind_makes_only_its_pages_again(small_site: Make) -> None:
    """And itself; what else links elsewhere stays as it is."""
    site = small_site(ENTITIES + briefing("a", companies="[tiktok]"))
    site.build()
    before = site.output()
    site.write("-- templates/assets/css/briefing.css --\n.summary { top: 0 }\n")
    site.build()
    after = site.output()
    changed = {file for file in after if after[file] != before[file]}
    assert changed == {"assets/briefing.css", "briefings/a/index.html"}


def test_a_damaged_file_is_made_again(small_site: Make) -> None:
    """As any other."""
    site = small_site(briefing("a"))
    site.build()
    before = site.read("assets/briefing.css")
    (site.folder / "output/assets/briefing.css").write_text("x", "utf-8")
    (site.folder / "output/assets/base.js").unlink()
    assert site.build().written == 2
    assert site.read("assets/briefing.css") == before


def test_what_a_page_links_to_does_not_depend_on_the_pages_before_it(tmp_path: Path) -> None:
    """Links are looked for in another order, and found all the same."""
    template = "pages/briefing.html"
    assets = Assets(References(Theme(tmp_path)), KeptResults())
    links = [f'<a href="{assets.address(name)}">' for name in assets.names(template)]
    pages = ["", *links, *links[::-1], "".join(links), ""]
    found = [assets.linked(template, page) for page in pages]
    anew = [Assets(References(Theme(tmp_path)), KeptResults()).linked(template, p) for p in pages]
    assert found == anew
    assert found[0] == frozenset()
    assert found[-2] == {"style", "script"}
