"""Redirects in a real browser: where they lead, and what they keep."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest

from tests.helpers.chromium import Pages, at_server
from tests.helpers.smallsite import ENTITIES, SmallSite, briefing

RENAMED = ENTITIES.replace("name: TikTok\n", "name: TikTok\nformer_ids: [tt]\n")


class _SlowPages(Pages):
    """Takes its time for pages of today, so that a refresh would come first if there was one."""

    def send_head(self) -> Any:
        if "/tiktok/" in self.path or "/briefings/a/" in self.path:
            time.sleep(0.5)
        return super().send_head()


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> SmallSite:
    """A site with former addresses."""
    aliases = '["/two%20words/"]'
    text = RENAMED + briefing("a", companies="[tiktok]", aliases=aliases)
    site = SmallSite(tmp_path_factory.mktemp("renamed"), text)
    site.build()
    return site


@pytest.fixture(scope="module")
def url(built: SmallSite) -> Iterator[str]:
    """The address of its front page, on a server that is slow."""
    with at_server(built.folder / "output", _SlowPages) as address:
        yield address


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ("companies/tt/?q=1#section:members", "companies/tiktok/?q=1#section:members"),
        ("two%20words/#x", "briefings/a/#x"),
    ],
)
def test_a_redirect_keeps_query_and_fragment(browser, url: str, before: str, now: str) -> None:  # type: ignore[no-untyped-def]
    """And is no step in the history of the browser."""
    page = browser.new_page()
    page.goto(url)
    page.goto(url + before)
    page.wait_for_url(url + now)
    page.wait_for_timeout(1000)
    assert page.url == url + now
    page.go_back()
    assert page.url == url
    page.close()


def test_without_scripts_a_redirect_leads_on_as_well(browser, url: str) -> None:  # type: ignore[no-untyped-def]
    """By a refresh."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{url}companies/tt/")
    page.wait_for_url(f"{url}companies/tiktok/")
    context.close()


def test_a_redirect_works_from_a_disk(browser, built: SmallSite) -> None:  # type: ignore[no-untyped-def]
    """It leads to the page, not to the listing of its folder."""
    page = browser.new_page()
    page.goto(f"{(built.folder / 'output/companies/tt/index.html').as_uri()}#x")
    page.wait_for_url("**/companies/tiktok/index.html#x")
    page.close()
