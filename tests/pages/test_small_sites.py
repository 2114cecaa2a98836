"""Pages of sites with few briefings: no heading without content, no counter at zero."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.helpers.smallsite import ENTITIES, SmallSite, briefing

Make = Callable[[str], SmallSite]
SETTINGS = "-- content/site.yaml --\ntitle: T\nbase_url: https://e.org/\nsearch: true\n"
JUDGED = briefing(
    "judged", judgements="[{text: It ends, likelihood: likely, confidence: low, by: 2030}]"
)
SITES = {
    "none": SETTINGS,
    "one": SETTINGS + briefing("a"),
    "two": SETTINGS + ENTITIES + briefing("a", companies="[tiktok]") + JUDGED,
    "three": SETTINGS + ENTITIES + briefing("a") + briefing("b", regions="[FR]") + JUDGED,
}
ZERO = re.compile(r">\s*0(?:\s+\w+)?\s*<")
EMPTY = re.compile(r"<h([23])[^>]*>(?:(?!</h\1>).)*</h\1>\s*(?:</section>|<h\1)", re.DOTALL)


@pytest.mark.parametrize("name", SITES)
def test_no_page_of_a_small_site_has_a_gap(small_site: Make, name: str) -> None:
    """Whatever it lacks: companies, moves, figures, judgements, briefings."""
    site = small_site(SITES[name])
    site.build()
    pages = [path for path in site.output() if path.endswith("index.html")]
    assert len(pages) > 8
    for path in pages:
        _, _, main = site.read(path).partition("<main")
        main = re.sub(r"<(svg|script|form)\b.*?</\1>", "", main, flags=re.DOTALL)
        assert not ZERO.findall(main), path
        assert not EMPTY.search(main), path
        assert "<ul></ul>" not in main, path


def test_the_record_keeps_its_scale_before_anything_is_scored(small_site: Make) -> None:
    """Without columns of zeros; they come with the first outcome."""
    site = small_site(SITES["two"])
    site.build()
    page = site.read("record/index.html")
    assert "55–80%" in page
    assert "Came true" not in page
    site.write(JUDGED.replace("by: 2030", "by: 2025, outcome: true, resolved: 2025"))
    site.build()
    assert "Came true" in site.read("record/index.html")
