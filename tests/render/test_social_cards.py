"""Social cards: images that say what the briefing says, small, and the same on every machine."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from io import BytesIO

import msgspec
import pytest
from PIL import Image, ImageChops

from dossier.content.brand.palette import PLAIN, TOKENS, read_palette
from dossier.pages.files.views import BriefingCardView, SiteCardView
from dossier.render import social_cards
from dossier.render.line_breaking import ELLIPSIS, break_lines, cut, fit_items
from dossier.render.social_cards import HEIGHT, MARGIN, WIDTH, draw_card
from tests.helpers.cards import CARD
from tests.helpers.smallsite import ENTITIES, ROOT, SITE_YAML, SmallSite, briefing
from tests.helpers.templates import project_templates

Make = Callable[[str], SmallSite]

CARDS = f"-- content/site.yaml --\n{SITE_YAML}social_cards: true\n"
SITE = CARDS + ENTITIES + briefing("a", companies="[tiktok]") + briefing("b")
LONG = "Whatever a headline says, it may go on and on until nobody reads it any more, and then some"


def image(view: BriefingCardView | SiteCardView) -> Image.Image:
    """A card, decoded."""
    return Image.open(BytesIO(draw_card(view))).convert("RGB")


def card(**changes: object) -> BriefingCardView:
    """A briefing's card with something else on it."""
    return msgspec.structs.replace(CARD, **changes)


def difference(one: BriefingCardView, other: BriefingCardView) -> tuple[int, int, int, int] | None:
    """The box in which two cards differ: left, top, right, bottom; None where they are the same."""
    return ImageChops.difference(image(one), image(other)).getbbox()


@pytest.mark.parametrize(
    "view",
    [
        CARD,
        card(title=LONG * 3, companies=("A very long name of a company",) * 9, status="withdrawn"),
        SiteCardView(palette=PLAIN, site_title="S", tagline="What it is", address="example.org"),
    ],
)
def test_a_card_is_a_small_image_of_the_size_that_networks_ask_for(
    view: BriefingCardView | SiteCardView,
) -> None:
    """A PNG of 1200 by 630 in 16 colours, below 30 kB even where it is full."""
    data = draw_card(view)
    opened = Image.open(BytesIO(data))
    assert (opened.format, opened.size, opened.mode) == ("PNG", (1200, 630), "P")
    assert len(opened.getcolors() or ()) <= 16
    assert len(data) < 30_000


def test_a_page_says_the_size_that_the_card_has(small_site: Make) -> None:
    """The template's numbers are those of the image."""
    site = small_site(SITE)
    site.build()
    sizes = re.findall(r'og:image:(width|height)" content="(\d+)"', site.read("index.html"))
    assert sizes == [("width", str(WIDTH)), ("height", str(HEIGHT))]


def test_the_colours_are_those_of_the_style_sheet(small_site: Make) -> None:
    """Paper, ink, soft and accent, as they are in light; other colours make other cards."""
    site = small_site(SITE + project_templates())
    site.build()
    before = Image.open(BytesIO(site.output()["card.png"])).convert("RGB")
    sheet = site.folder / "templates" / TOKENS
    palette = read_palette(site.folder / "templates")
    assert before.getpixel((0, 300)) == tuple(bytes.fromhex(palette.paper.light))
    assert before.getpixel((0, 0)) == tuple(bytes.fromhex(palette.accent.light))
    sheet.write_text(sheet.read_text("utf-8").replace(palette.accent.light, "123456"), "utf-8")
    site.build()
    after = Image.open(BytesIO(site.output()["card.png"])).convert("RGB")
    assert after.getpixel((0, 0)) == (0x12, 0x34, 0x56)


def test_the_same_card_is_the_same_bytes() -> None:
    """In a process that drew others before, and in a new one."""
    draw_card(card(title=LONG))
    program = (
        "import sys; from dossier.render.social_cards import draw_card; "
        "from tests.helpers.cards import CARD; sys.stdout.buffer.write(draw_card(CARD))"
    )
    fresh = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, check=True
    )
    assert fresh.stdout == draw_card(CARD)


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "Another title"},
        {"date": "2022-07-08"},
        {"lang": "fr"},
        {"companies": ("TikTok",)},
        {"site_title": "Other"},
        {"status": "superseded"},
        {"status": "withdrawn"},
    ],
)
def test_everything_that_a_card_says_is_seen(changes: dict[str, object]) -> None:
    """Another title, date, language, company, site or status makes another image."""
    assert difference(CARD, card(**changes))


@pytest.mark.parametrize(
    "title",
    [
        LONG,
        LONG * 5,
        "W" * 40,
        "W" * 400,
        "Très\u00a0long\u202f: " + "mot\u00a0" * 60,
        "Ûȷ " * 20,
        "Gypsy jug qqq",
    ],
)
def test_a_title_stays_in_its_place(title: str) -> None:
    """However long: between the companies and the lower rule, and within the margins."""
    box = difference(card(title=title, site_title=""), card(title="", site_title=""))
    assert box is not None
    left, top, right, bottom = box
    assert left >= MARGIN - 4  # a letter may begin a little before its place
    assert right <= WIDTH - MARGIN + 4
    assert top > 184
    assert bottom <= 524


@pytest.mark.parametrize(
    ("changes", "empty"),
    [
        ({"companies": ("A company with a long name",) * 5}, {"companies": ()}),
        ({"site_title": LONG * 2}, {"site_title": "Site"}),
        ({"status": "superseded"}, {}),
    ],
)
def test_nothing_leaves_the_frame(changes: dict[str, object], empty: dict[str, object]) -> None:
    """What does not fit is cut with an ellipsis."""
    box = difference(card(**changes), card(**empty))
    assert box is not None
    assert MARGIN - 4 <= box[0] < box[2] <= WIDTH - MARGIN + 4
    assert box[3] < HEIGHT - 30


def test_a_text_that_the_font_does_not_have_is_left_out() -> None:
    """No boxes for letters, the site's name for a title; Greek and Cyrillic are drawn."""
    assert difference(card(title="抖音 opens a shop"), card(title="Site")) is None
    assert difference(card(companies=("抖音", "TikTok")), card(companies=("TikTok",))) is None
    assert difference(card(lang="ja"), card(lang="ja", date="2022-07-08"))
    assert difference(card(title="Ελλάδα, Україна"), card(title="Site"))


def test_french_is_drawn() -> None:
    """Accents, ligatures, guillemets, and the narrow space before a colon."""
    text = "« L’œuvre »\u202f: là où ça naît, Noël, Ÿ, Œ, É — 3\u202f€…"
    assert social_cards._drawable(text) == text.replace("\u202f", "\u00a0")


def test_a_card_is_drawn_only_when_what_it_shows_changed(
    small_site: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither for a text nor for a summary; once for a title."""
    site = small_site(SITE)
    site.build(jobs=1)
    drawn = []
    monkeypatch.setattr(social_cards, "draw_card", lambda view: drawn.append(view.title) or b"x")
    site.write(briefing("a", "New text.", companies="[tiktok]", summary="New summary."))
    site.build(jobs=1)
    assert drawn == []
    site.write(briefing("a", "New text.", companies="[tiktok]", title="New"))
    site.build(jobs=1)
    assert drawn == ["New"]
    site.write("-- content/companies/tiktok.md --\n---\nname: TikTok Inc\n---\n")
    site.build(jobs=1)
    assert drawn == ["New", "New"]


def test_without_cards_the_library_is_not_loaded(small_site: Make) -> None:
    """A build pays for no image that it does not draw."""
    site = small_site(SITE.replace("social_cards: true", "social_cards: false"))
    program = (
        "import sys; from dossier.cli import main; main(sys.argv[1:]); "
        "sys.exit('PIL' in sys.modules)"
    )
    options = ["--content", "content", "--output", "output", "--templates", str(ROOT / "templates")]
    done = subprocess.run(
        [sys.executable, "-c", program, "build", *options],
        cwd=site.folder,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        check=False,
        capture_output=True,
    )
    assert done.returncode == 0
    assert site.output()
    assert not any(path.endswith(".png") for path in site.output())


def test_lines_are_as_few_as_possible_and_balanced() -> None:
    """The last is not a single word where it need not be."""
    assert break_lines("aaa bbb ccc ddd", len, 11) == ["aaa bbb", "ccc ddd"]
    assert break_lines("aaa bbb ccc ddd", len, 15) == ["aaa bbb ccc ddd"]
    assert break_lines("", len, 10) == []


def test_a_line_ends_at_a_space_that_may_break() -> None:
    """A no-break space holds its words together; a word too wide is broken."""
    assert break_lines("un deux\u00a0: trois", len, 8) == ["un", "deux\u00a0:", "trois"]
    assert break_lines("abcdefgh i", len, 3) == ["abc", "def", "gh", "i"]


def test_what_does_not_fit_ends_with_an_ellipsis() -> None:
    """A text within itself, a list after an item."""
    assert cut("abcdef", len, 6) == "abcdef"
    assert cut("abc def", len, 5) == "abc" + ELLIPSIS
    assert fit_items(["aa", "bb", "cc"], ", ", len, 10) == "aa, bb, cc"
    assert fit_items(["aa", "bb", "cc"], ", ", len, 9) == "aa, bb, …"
    assert fit_items(["abcdef"], ", ", len, 4) == "abc" + ELLIPSIS
    assert fit_items([], ", ", len, 4) == ""
