"""Names that the search knows: whose they are, and which briefings are about what."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from tests.helpers.smallsite import ENTITIES, SITE_YAML, SmallSite, briefing

Make = Callable[[str], SmallSite]

ON = "-- content/site.yaml --\n" + SITE_YAML + "search: true\n"
SITE = ENTITIES + ON + briefing("a", companies="[twitch]", regions="[FR]", date="2023-02-03")


def names(site: SmallSite) -> dict[str, Any]:
    """The file, after a build."""
    site.build()
    return json.loads(site.read("search/names.json"))  # type: ignore[no-any-return]


def test_a_subject_has_all_names_by_which_readers_may_look_for_it(small_site: Make) -> None:
    """Its own, aliases, former names, products; a region's in each language of the site."""
    twitch = "name: Twitch\naliases: [TTV]\nformer_names: [Justin.tv]\nproducts: [Bits]\n"
    germany = (
        "-- content/regions/germany.md --\n---\nname: Germany\ncode: DE\naliases: [BRD]\n---\n"
    )
    found = names(small_site(SITE.replace("name: Twitch\n", twitch) + germany))["subjects"]
    by_id = {one["id"]: one for one in found}
    assert by_id["twitch"]["names"] == ["Twitch", "TTV", "Justin.tv", "Bits"]
    assert by_id["germany"]["names"] == ["Germany", "Allemagne", "BRD"]
    assert by_id["live-shopping"] == {
        "kind": "topic",
        "id": "live-shopping",
        "path": "topics/live-shopping/",
        "names": ["Live shopping"],
    }


def test_a_subject_counts_the_briefings_on_its_page(small_site: Make) -> None:
    """Those of what it owns or contains, without translations."""
    translation = briefing("a-fr", lang="fr", translation_of="a", date="2023-02-03")
    found = names(small_site(SITE + translation))["subjects"]
    counts = {one["id"]: one.get("count", 0) for one in found}
    assert counts == {
        "amazon": 1,
        "tiktok": 0,
        "twitch": 1,
        "europe": 1,
        "france": 1,
        "live-shopping": 0,
    }


def test_a_briefing_has_its_subjects_and_what_contains_them(small_site: Make) -> None:
    """By their places in the list of subjects."""
    found = names(small_site(SITE))
    (one,) = found["briefings"]
    ids = [subject["id"] for subject in found["subjects"]]
    assert [ids[place] for place in one["about"]] == ["twitch", "france"]
    assert [ids[place] for place in one["within"]] == ["amazon", "europe"]
    assert (one["path"], one["title"]) == ("briefings/a/", "Title of a")
    assert (one["date"], one["year"], one["lang"]) == ("2023-02-03", "2023", "en")


def test_versions_are_of_one_original_and_what_was_replaced_names_its_replacement(
    small_site: Make,
) -> None:
    """By their places in the list of briefings; only where it holds nowhere any more."""
    old = briefing("old", regions="[FR]", status="superseded", superseded_by="[a]")
    translation = briefing("a-fr", lang="fr", translation_of="a", date="2023-02-03")
    found = names(small_site(SITE + old + translation))["briefings"]
    assert [(one["path"], one["original"]) for one in found] == [
        ("briefings/a/", 0),
        ("fr/briefings/a-fr/", 0),
        ("briefings/old/", 2),
    ]
    assert (found[2]["status"], found[2]["replaced_by"]) == ("superseded", [0])


def test_the_file_tells_nothing_early(small_site: Make) -> None:
    """No draft, and nothing of a later day."""
    later = briefing("x", title="Secret", date="2027-01-01") + briefing("y", status="draft")
    found = names(small_site(SITE + later))
    assert [one["path"] for one in found["briefings"]] == ["briefings/a/"]


def test_a_new_title_is_in_the_file_and_the_page_stays(small_site: Make) -> None:
    """The page shows no briefing."""
    site = small_site(SITE)
    names(site)
    before = site.read("search/index.html")
    site.write(
        briefing("a", title="Other", companies="[twitch]", regions="[FR]", date="2023-02-03")
    )
    assert [one["title"] for one in names(site)["briefings"]] == ["Other"]
    assert site.read("search/index.html") == before


def test_a_site_without_search_has_no_such_file(small_site: Make) -> None:
    """Nor a page."""
    site = small_site(SITE.replace("search: true\n", ""))
    site.build()
    assert not [path for path in site.output() if path.startswith("search/")]
