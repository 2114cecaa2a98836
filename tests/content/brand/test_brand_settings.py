"""The brand in `site.yaml`: what each setting accepts, and what is said where it does not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from dossier.content.brand.licence import licence_name, licence_url
from dossier.content.settings_file import read_settings
from dossier.problems import ProblemError
from tests.helpers.smallsite import places

FIRST = "title: S\nbase_url: https://example.org\n"


def read(folder: Path, text: str) -> tuple[Any, list[str]]:
    """The settings that a text makes, or what is wrong with it."""
    (folder / "site.yaml").write_text(FIRST + text, "utf-8")
    try:
        return read_settings(folder), []
    except ProblemError as error:
        return None, places(error.problems)


@pytest.mark.parametrize("written", ["1a5fb4", '"#1A5FB4"', "'1A5FB4'"])
def test_a_colour_is_written_with_or_without_its_sign(tmp_path: Path, written: str) -> None:
    """And in three digits where that is enough."""
    assert read(tmp_path, f"accent: {written}\n")[0].accent == "1a5fb4"
    assert read(tmp_path, "accent: 08f\n")[0].accent == "0088ff"


def test_a_colour_that_yaml_takes_for_a_comment_is_a_problem(tmp_path: Path) -> None:
    """It would be lost without a word; a setting that is empty is left out."""
    _, problems = read(tmp_path, "accent: #1a5fb4\n")
    assert problems == [
        "3:8: a value is missing here | write the colour without the `#`, which begins a comment"
    ]
    assert read(tmp_path, "accent:\n")[0].accent is None


@pytest.mark.parametrize(
    ("written", "link"),
    [
        ("desk@example.org", "mailto:desk@example.org"),
        ("mailto:desk@example.org", "mailto:desk@example.org"),
        ("https://example.org/a?b", "https://example.org/a?b"),
        ("about", "about"),
        ("/about/#corrections", "/about/#corrections"),
    ],
)
def test_a_link_is_an_address_or_a_page(tmp_path: Path, written: str, link: str) -> None:
    """By mail, on the web or of the site."""
    assert read(tmp_path, f"contact: {written}\n")[0].contact == link


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("accent: teal", "3:9: 'teal' is not a colour"),
        ("contact: write to us", "3:10: 'write to us' is not something to link to"),
        ("contact: javascript:alert(1)", "3:10: 'javascript:alert(1)' is not something to link to"),
        ("logo: logo.svg", "3:7: 'logo.svg' is not a file of this site"),
        ("favicon: /files/../a.svg", "3:10: '/files/../a.svg' is not a file of this site"),
        ("licence: CC-BY-4", "3:10: 'CC-BY-4' is not the SPDX id of a licence"),
        ("licence: MIT OR CC0-1.0", "3:10: 'MIT OR CC0-1.0' is not the SPDX id of a licence"),
        ("menu: [{label: A}]", "3:8: this line of the menu leads nowhere"),
        ("menu: [{link: /a/}]", "3:8: this line of the menu has no label"),
        (
            "menu: [{label: A, page: b, link: /c/}]",
            "3:34: a line of the menu has either `page` or `link`",
        ),
        (
            "menu: [{label: A, menu: [{label: B, menu: [c]}]}]",
            "3:37: unknown field 'menu'",
        ),
        ("robots: noindex", "3:9: 'noindex' is neither true nor false"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(tmp_path: Path, text: str, problem: str) -> None:
    """And with a way out."""
    _, [found] = read(tmp_path, f"{text}\n")
    message, _, hint = found.partition(" | ")
    assert message == problem
    assert hint


@pytest.mark.parametrize(
    ("licence", "name", "url"),
    [
        ("CC-BY-4.0", "CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"),
        ("CC-BY-NC-SA-3.0-DE", "CC BY-NC-SA 3.0 DE",
         "https://creativecommons.org/licenses/by-nc-sa/3.0/de/"),
        ("CC0-1.0", "CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
        ("ODbL-1.0", "ODbL-1.0", "https://spdx.org/licenses/ODbL-1.0.html"),
        ("https://example.org/terms", "", "https://example.org/terms"),
    ],
)  # fmt: skip
def test_a_licence_has_a_name_and_an_address(licence: str, name: str, url: str) -> None:
    """Those that Creative Commons gives its own; of an address, no name is known."""
    assert (licence_name(licence), licence_url(licence)) == (name, url)


def test_the_case_of_a_licence_does_not_matter(tmp_path: Path) -> None:
    """SPDX ids are compared without it."""
    assert read(tmp_path, "licence: cc-by-sa-4.0\n")[0].licence == "CC-BY-SA-4.0"
