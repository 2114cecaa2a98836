"""`site.yaml` and what the command line adds to it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from dossier.content.settings import Settings
from dossier.content.settings_file import read_settings
from dossier.problems import ProblemError
from tests.helpers.smallsite import SETTINGS, SITE_YAML, SmallSite, briefing, places

FIRST = "title: S\nbase_url: https://example.org/site\n"


def settings_of(tmp_path: Path, text: str | bytes, **options: str) -> Settings:
    (tmp_path / "site.yaml").write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_settings(tmp_path, **options)  # type: ignore[arg-type]


def problems_of(tmp_path: Path, text: str | bytes) -> list[str]:
    with pytest.raises(ProblemError) as caught:
        settings_of(tmp_path, text)
    return places(caught.value.problems)


def test_two_lines_make_a_site(tmp_path: Path) -> None:
    """A title and an address are enough; the rest has defaults, and escaping is one of them."""
    settings = settings_of(tmp_path, FIRST)
    assert (settings.title, settings.tagline) == ("S", "")
    assert (settings.base_url, settings.base_path) == ("https://example.org/site/", "/site/")
    assert (settings.feeds, settings.first_url) == (True, settings.base_url)
    assert (settings.languages, settings.language) == (("en",), "en")
    assert (settings.timezone, settings.html, settings.drafts) == ("UTC", "escaped", False)


def test_the_command_line_wins(tmp_path: Path) -> None:
    """The address and the day that are given there stand above the file and the clock."""
    settings = settings_of(tmp_path, FIRST, base_url="https://b.org", as_of="2022-07-31")
    assert (settings.base_url, settings.base_path) == ("https://b.org/", "/")
    assert (settings.today, settings.as_of) == ("2022-07-31", "2022-07-31T23:59:59+00:00")


@pytest.mark.parametrize(
    ("zone", "day"), [("UTC", "2022-07-06"), ("Europe/Paris", "2022-07-07")], ids=["utc", "paris"]
)
def test_today_is_the_day_in_the_sites_zone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, zone: str, day: str
) -> None:
    """SOURCE_DATE_EPOCH stands for the clock, so that a build can be repeated."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1657144800")  # 2022-07-06T22:00Z
    settings = settings_of(tmp_path, f"{FIRST}timezone: {zone}\n")
    assert settings.today == day
    assert settings.now == 1657144800


@pytest.mark.parametrize(
    ("moment", "local"),
    [
        ("2022-07-05", "2022-07-05"),
        ("2022-07-05T23:30:00+00:00", "2022-07-06T01:30:00+02:00"),
        ("2022-12-31T20:00:00-05:00", "2023-01-01T02:00:00+01:00"),
    ],
)
def test_a_moment_falls_on_the_day_of_the_sites_clocks(moment: str, local: str) -> None:
    """A day stays a day; a moment is told in the zone of the site."""
    paris = msgspec.structs.replace(SETTINGS, timezone="Europe/Paris")
    assert paris.local_moment(moment) == local


def test_ids_begin_with_the_first_address(tmp_path: Path) -> None:
    """Which a site that has moved names, whatever the command line says."""
    text = f"{FIRST}first_url: https://old.example.org/x\n"
    settings = settings_of(tmp_path, text, base_url="https://b.org")
    assert settings.first_url == "https://old.example.org/x/"


@pytest.mark.parametrize(
    "text", ["\ufeff" + FIRST, FIRST.replace("\n", "\r\n")], ids=["bom", "crlf"]
)
def test_a_byte_order_mark_and_line_ends_change_nothing(tmp_path: Path, text: str) -> None:
    """The file is read as every other."""
    assert settings_of(tmp_path, text, as_of="2022-01-01") == settings_of(
        tmp_path, FIRST, as_of="2022-01-01"
    )


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "1:1: the file is empty | begin with `title:`"),
        ("title: S\n", "1:1: the field 'base_url' is missing | Where it is published"),
        (FIRST + "languges: [en]\n", "3:1: unknown field 'languges' | did you mean 'languages'?"),
        (
            FIRST + "html: sanitized\n",
            "3:7: 'sanitized' is not a valid value | did you mean 'sanitised'?",
        ),
        (
            FIRST + "timezone: Paris\n",
            "3:11: 'Paris' is not a time zone | write one such as Europe/Paris",
        ),
        (FIRST + "languages: [en, english]\n", "3:17: 'english' is not a language"),
        ("title: S\nbase_url: example.org\n", "2:11: 'example.org' is not a web address"),
        (FIRST + "title: S\n", "3:1: 'title' is given twice"),
    ],
    ids=["empty", "missing", "unknown", "policy", "zone", "language", "address", "twice"],
)
def test_a_mistake_is_a_problem_where_it_stands(tmp_path: Path, text: str, problem: str) -> None:
    """Positions are those of site.yaml."""
    assert problems_of(tmp_path, text)[0].startswith(problem)


def test_a_site_needs_its_file(tmp_path: Path) -> None:
    """Where site.yaml is missing, what to write is said."""
    with pytest.raises(ProblemError, match="the file is missing") as caught:
        read_settings(tmp_path)
    assert "`title:` and `base_url:`" in caught.value.problems[0].hint


def test_a_file_that_is_not_utf8_is_a_problem(tmp_path: Path) -> None:
    """No traceback for a file in another encoding."""
    [found] = problems_of(tmp_path, b"title: caf\xe9\n")
    assert "not UTF-8 text" in found


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("https://example.org/société/", "https://example.org/soci%C3%A9t%C3%A9/"),
        ("https://bücher.example/a", "https://xn--bcher-kva.example/a/"),
        ("https://example.org/soci%C3%A9t%C3%A9", "https://example.org/soci%C3%A9t%C3%A9/"),
    ],
)
def test_the_address_of_a_site_is_written_as_addresses_are(
    tmp_path: Path, written: str, address: str
) -> None:
    """With a host by IDNA and a path in percent signs: programs read it so."""
    (tmp_path / "site.yaml").write_text(f'title: T\nbase_url: "{written}"\n', "utf-8")
    assert read_settings(tmp_path).base_url == address


def test_a_default_that_is_written_out_is_the_same_wherever_settings_come_from(
    small_site: Callable[[str], SmallSite],
) -> None:
    """From the file or from what the last build kept: no page is made again for it."""
    defaults = "html: escaped\ntimezone: UTC\npdf: false\n"
    site = small_site("-- content/site.yaml --\n" + SITE_YAML + defaults + briefing("a"))
    site.build()
    site.write(briefing("a", "Another body."))
    edited = site.build()
    assert site.build(force=True).rendered > edited.rendered == 1
