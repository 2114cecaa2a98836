"""Images on a site: where they appear, what is wrong with them, what a change makes."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from io import BytesIO

import pytest
from PIL import Image
from pypdf import PdfReader

from dossier.content.images import renditions
from dossier.pipeline import check
from dossier.preview.responses import answer
from dossier.preview.session import Session
from dossier.problems import ProblemError
from tests.helpers.linked import styles_of
from tests.helpers.pictures import PLACE, picture
from tests.helpers.smallsite import ROOT, SITE_YAML, SmallSite, briefing
from tests.render.test_pdf import needs_pango

COPIES = ("-480.webp", "-900.webp", "-480.jpg")
Make = Callable[[str], SmallSite]

SVG = '-- content/files/a.svg --\n<svg xmlns="http://www.w3.org/2000/svg"/>\n'
TEXT = """\
![What it shows](/files/a.svg "A < B. Photo: C & D")

The sign ![lit](../files/a.svg "On") is on.
"""


def test_an_image_alone_is_a_figure(small_site: Make) -> None:
    """With its caption and, marked apart, its credit; only such a page has the style sheet."""
    site = small_site(briefing("a", TEXT) + briefing("b") + SVG)
    site.build()
    page = site.read("briefings/a/index.html")
    assert (
        '<figcaption>A &lt; B. <span class="credit">Photo: C &amp; D</span></figcaption></figure>'
        in page
    )
    assert (
        '<p>The sign <img alt="lit" src="../../files/a.svg" title="On" loading="lazy"> is on.</p>'
        in page
    )
    assert ".image figcaption{" in "".join(styles_of(site, "briefings/a/index.html"))
    assert ".image figcaption{" not in "".join(styles_of(site, "briefings/b/index.html"))


@pytest.mark.parametrize("policy", ["escaped", "sanitised"])
@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ('![A](/files/a.svg "B")', "<figure><img A><figcaption>B</figcaption></figure>"),
        ("![A](/files/a.svg)", "<figure><img A></figure>"),
        ("![A](/files/a.svg) <!-- seen -->", "<figure><img A></figure>"),
        ("- ![A](/files/a.svg)\n\n  C", "<ul><li><figure><img A></figure><p>C</p></li></ul>"),
        ("> ![A](/files/a.svg)", "<blockquote><figure><img A></figure></blockquote>"),
        ('![A](/files/a.svg "B") C', "<p><img A B> C</p>"),
        ("- ![A](/files/a.svg)", "<ul><li><img A></li></ul>"),
        ("[![A](/files/a.svg)](/changes/)", "<p><a><img A></a></p>"),
        ("![A](/files/a.svg)\n![C](/files/a.svg)", "<p><img A> <img C></p>"),
        ("![A <img B](/files/a.svg)", "<figure><img A &lt;img B></figure>"),
    ],
)
def test_only_an_image_alone_in_its_paragraph_is_a_figure(
    small_site: Make, policy: str, text: str, shown: str
) -> None:
    """Elsewhere it is part of the line, with its caption as its title."""
    settings = f"-- content/site.yaml --\n{SITE_YAML}html: {policy}\n"
    site = small_site(settings + briefing("a", text) + SVG)
    site.build()
    page = site.read("briefings/a/index.html")
    found = page.partition('<div class="text">')[2].partition("</div>")[0]
    found = re.sub(r'<img alt="([^"]*)"[^>]*?( title="[^"]*")?>', r"<img \1\2>", found)
    found = re.sub(r' title="([^"]*)"', r" \1", found)
    found = re.sub(r"<(figure|a)\b[^>]*>", r"<\1>", found)
    assert re.sub(r"\s*\n\s*", " ", found).replace("> <f", "><f").strip() == shown


def test_a_site_that_allows_html_has_the_same_images(small_site: Make) -> None:
    """What is sanitised is what an author wrote."""
    site = small_site(briefing("a", TEXT) + SVG)
    site.build()
    main = site.read("briefings/a/index.html").partition("<main")[2]
    site.write(f"-- content/site.yaml --\n{SITE_YAML}html: sanitised\n")
    site.build()
    assert site.read("briefings/a/index.html").partition("<main")[2] == main


def test_a_feed_has_the_figure_with_whole_addresses(small_site: Make) -> None:
    """So that it is shown wherever the feed is read."""
    site = small_site(briefing("a", TEXT) + SVG)
    site.build()
    html = json.loads(site.read("feed.json"))["items"][0]["content_html"]
    assert html.count('src="https://example.org/site/files/a.svg"') == 2
    assert "Photo: C &amp; D" in html


def test_the_markdown_copy_has_the_image_with_its_whole_address(small_site: Make) -> None:
    """As it was written otherwise."""
    site = small_site(briefing("a", TEXT) + SVG)
    site.build()
    copy = site.read("briefings/a/a.markdown")
    assert '![What it shows](https://example.org/site/files/a.svg "A < B. Photo: C & D")' in copy
    assert "![lit](https://example.org/site/files/a.svg" in copy


def add(site: SmallSite, **files: bytes) -> SmallSite:
    """Write images into content/files/; `a_jpg` is `a.jpg`."""
    (site.folder / "content/files").mkdir(exist_ok=True)
    for name, data in files.items():
        (site.folder / "content/files" / name.replace("_", ".")).write_bytes(data)
    return site


def test_an_image_has_its_size_and_only_the_first_is_loaded_at_once(small_site: Make) -> None:
    """So that nothing moves while a page loads, and nobody loads what they do not see."""
    text = "![A](/files/a.jpg)\n\n![B](/files/b.png) and\n\n![C](/files/c.svg)"
    site = add(small_site(briefing("a", text)), a_jpg=picture(), b_png=picture(30, 9, "PNG"))
    add(site, c_svg=b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 7 5"/>')
    site.build()
    page = site.read("briefings/a/index.html")
    assert '<img alt="A" src="../../files/a.jpg" width="40" height="20">' in page
    assert '<img alt="B" src="../../files/b.png" width="30" height="9" loading="lazy">' in page
    assert '<img alt="C" src="../../files/c.svg" width="7" height="5" loading="lazy">' in page


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_change_of_the_file_makes_its_pages_anew(small_site: Make, jobs: int) -> None:
    """Those that show it and no others, in a build and in the preview."""
    site = small_site(briefing("a", "![A](/files/a.jpg)") + briefing("b", "![B](/files/b.jpg)"))
    add(site, a_jpg=picture(), b_jpg=picture())
    site.build(jobs=jobs)
    session = Session(site.options)
    session.update()
    assert 'width="40"' in session.page("briefings/a/index.html").text
    assert site.build(jobs=jobs).written == 0
    add(site, a_jpg=picture(50, 60))
    session.update()
    result = site.build(jobs=jobs)
    assert result.rendered == 1
    page = site.read("briefings/a/index.html")
    assert 'width="50" height="60"' in page
    assert session.page("briefings/a/index.html").text == page
    assert site.output() == site.output_of_a_clean_build()


def test_a_file_that_cannot_be_shown_is_an_error(small_site: Make) -> None:
    """It names the file, where it is shown, and a way out; one that is only linked is not read."""
    text = "[the file](/files/a.jpg)\n\n![A](/files/a.jpg)"
    site = add(small_site(briefing("a", text)), a_jpg=picture(300, 300)[:-50])
    (problem,) = site.problems()
    assert site.messages() == ["briefings/a.md:9:6: files/a.jpg: it is cut off: its end is missing"]
    assert problem.hint == "copy or download it again"
    site.write(briefing("a", "[the file](/files/a.jpg)"))
    assert site.messages() == []


@needs_pango
def test_a_stand_in_for_an_image_is_a_warning(small_site: Make) -> None:
    """The page is there before the photo is: with its text, in the PDF as well."""
    settings = f"-- content/site.yaml --\n{SITE_YAML}pdf: true\n"
    text = briefing("a", "![A](/files/a.jpg)", image="/files/a.jpg")
    site = small_site(settings + text)
    add(site, a_jpg=b"x")
    (problem,) = site.problems()
    assert problem.severity == "warning"
    assert problem.message == "files/a.jpg is no image yet; readers see only its text"
    site.build()
    assert '<img alt="A" src="../../files/a.jpg">' in site.read("briefings/a/index.html")
    assert site.output()["files/a.jpg"] == b"x"


def test_an_edit_opens_no_image(small_site: Make) -> None:
    """The library that does is loaded only where an image is new."""
    site = add(small_site(briefing("a", "![A](/files/a.jpg)")), a_jpg=picture())
    site.build()
    site.write(briefing("a", "Before. ![A](/files/a.jpg)"))
    script = (
        "import sys; from pathlib import Path; from dossier.build.inputs import Options;"
        "from dossier.pipeline import build;"
        "build(Options(cache=Path('.cache')));"
        "sys.exit('PIL' in sys.modules)"
    )
    run = subprocess.run(
        [sys.executable, "-c", script], cwd=site.folder, env={"PYTHONPATH": str(ROOT)}
    )
    assert run.returncode == 0
    assert "Before." in site.read("briefings/a/index.html")


def test_an_image_has_copies_for_narrow_screens(small_site: Make) -> None:
    """Only one that a text shows; what cameras write is removed of all."""
    site = small_site(briefing("a", "![A](</files/a b.jpg>)\n\n[the photo](/files/other.jpg)"))
    add(site, a_jpg=picture(900, 300), other_jpg=picture(900, 300))
    (site.folder / "content/files/a.jpg").rename(site.folder / "content/files/a b.jpg")
    site.build()
    page, output = site.read("briefings/a/index.html"), site.output()
    copies = "../../files/a%20b.jpg-480.webp 480w, ../../files/a%20b.jpg-900.webp 900w"
    assert f'<picture><source type="image/webp" srcset="{copies}" sizes=' in page
    own = "../../files/a%20b.jpg-480.jpg 480w, ../../files/a%20b.jpg 900w"
    image = '<img alt="A" src="../../files/a%20b.jpg" width="900" height="300"'
    assert f'{image} srcset="{own}" sizes=' in page
    files = {path for path in output if path.startswith("files/")}
    assert files == {"files/other.jpg", *(f"files/a b.jpg{n}" for n in ("", *COPIES))}
    assert all(PLACE not in output[file] for file in files)


def test_images_are_made_once(small_site: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not for an edit of the text, nor for another output folder."""
    site = add(small_site(briefing("a", "![A](/files/a.jpg)")), a_jpg=picture(900, 300))
    site.build(jobs=1)
    first = site.output()
    monkeypatch.setattr(renditions, "_narrow", lambda *_: b"made again")
    site.write(briefing("a", "Before.\n\n![A](/files/a.jpg)"))
    assert site.build(jobs=1).rendered == 1
    assert site.output()["files/a.jpg-480.webp"] == first["files/a.jpg-480.webp"]
    site.build(jobs=1, force=True)
    assert site.output()["files/a.jpg-480.webp"] == first["files/a.jpg-480.webp"]
    add(site, a_jpg=picture(910, 300))
    site.build(jobs=1)
    assert site.output()["files/a.jpg-480.webp"] == b"made again"


@pytest.mark.parametrize("jobs", [1, 2])
def test_damaged_pixels_stop_the_build(small_site: Make, jobs: int) -> None:
    """The error names the file and where it is shown; nothing is published."""
    data = bytearray(picture(900, 600, "PNG"))
    start = data.index(b"IDAT") + 4
    data[start : start + 4] = bytes(4)
    site = add(small_site(briefing("a", "![A](/files/a.png)")), a_png=bytes(data))
    with pytest.raises(ProblemError) as error:
        site.build(jobs=jobs)
    problem = error.value.problems[0]
    assert problem.path.endswith("content/files/a.png")
    assert problem.message.startswith("it is damaged")
    assert problem.hint.endswith("briefings/a.md shows it")
    assert site.output() == {}


def test_the_preview_shows_what_is_published(small_site: Make) -> None:
    """The image without metadata, and its copies."""
    site = add(small_site(briefing("a", "![A](/files/a.jpg)")), a_jpg=picture(900, 300))
    site.build()
    session = Session(site.options)
    session.update()
    for file, kind in (("files/a.jpg", "image/jpeg"), ("files/a.jpg-480.webp", "image/webp")):
        found = answer(session, f"/site/{file}")
        assert (found.status, found.type) == (200, kind)
        assert found.body == site.output()[file]


def test_images_that_only_held_briefings_show_are_not_published(small_site: Make) -> None:
    """Nor are their copies."""
    site = add(small_site(briefing("a", "![A](/files/a.jpg)", status="draft") + briefing("b")))
    add(site, a_jpg=picture(900, 300))
    site.build()
    assert not [path for path in site.output() if path.startswith("files/")]


@needs_pango
def test_a_pdf_has_the_images_of_its_text(small_site: Make) -> None:
    """From their files; it is printed again when one changes, even at the same size."""
    settings = f"-- content/site.yaml --\n{SITE_YAML}pdf: true\n"
    text = "![A](/files/a.jpg)\n\n![B](/files/b.svg)"
    site = add(small_site(settings + briefing("a", text)), a_jpg=picture(2000, 500))
    add(site, b_svg=b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
    site.build()
    file = "briefings/a/a.pdf"
    before = site.output()[file]
    (image,) = [one for page in PdfReader(BytesIO(before)).pages for one in page.images]
    assert image.image and image.image.size == (1600, 400)
    assert PLACE not in before
    upside_down = Image.open(BytesIO(picture(2000, 500))).rotate(180)
    out = BytesIO()
    upside_down.save(out, "JPEG")
    add(site, a_jpg=out.getvalue())
    site.build()
    assert site.output()[file] != before
    assert site.output() == site.output_of_a_clean_build()


@pytest.mark.parametrize("cards", [False, True])
def test_a_briefing_may_name_the_image_that_is_shared(small_site: Make, cards: bool) -> None:
    """With its size and its text, for networks and search engines; no card is drawn."""
    settings = f"-- content/site.yaml --\n{SITE_YAML}social_cards: {str(cards).lower()}\n"
    image = '{file: /files/a b.jpg, text: "What it shows"}'
    site = add(small_site(settings + briefing("a", image=image) + briefing("b")))
    (site.folder / "content/files/a b.jpg").write_bytes(picture(900, 300))
    site.build()
    page, address = site.read("briefings/a/index.html"), "https://example.org/site/files/a%20b.jpg"
    for name, value in {
        "image": address,
        "image:type": "image/jpeg",
        "image:width": "900",
        "image:height": "300",
        "image:alt": "What it shows",
    }.items():
        assert f'<meta property="og:{name}" content="{value}">' in page
    assert f'"image":"{address}"' in page
    assert "briefings/a/card.png" not in site.output()
    assert ("briefings/b/card.png" in site.output()) == cards
    (site.folder / "content/files/a b.jpg").write_bytes(picture(910, 300))
    assert site.build().rendered == 1
    assert site.output() == site.output_of_a_clean_build()


def test_an_image_that_is_shared_has_its_title_as_text(small_site: Make) -> None:
    """Where it has none of its own."""
    site = add(small_site(briefing("a", image="/files/a.jpg", title="Its title")), a_jpg=picture())
    site.build()
    assert '<meta property="og:image:alt" content="Its title">' in site.read(
        "briefings/a/index.html"
    )


@pytest.mark.parametrize(
    ("file", "message"),
    [
        ("/files/b.jpg", "there is no file content/files/b.jpg | did you mean 'files/a.jpg'?"),
        ("/files/cut.jpg", "files/cut.jpg: it is cut off: its end is missing | copy or"),
        ("/files/a.svg", "files/a.svg: networks show no SVG image where a page is shared | save"),
    ],
)
def test_an_image_that_cannot_be_shared_is_reported(
    small_site: Make, file: str, message: str
) -> None:
    """At its line of the front matter."""
    site = add(small_site(briefing("a", image=file) + SVG), a_jpg=picture())
    add(site, cut_jpg=picture(300, 300)[:-9])
    (problem,) = site.problems()
    assert problem.line == 5
    assert f"{problem.message} | {problem.hint}".startswith(message)


def checked(site: SmallSite) -> list[str]:
    """What `check` says."""
    found = check(site.options).warnings
    return sorted(
        f"{one.path.rpartition('content/')[2]}:{one.line}: {one.message}" for one in found
    )


def test_check_warns_of_images_without_credit(small_site: Make) -> None:
    """Where the site asks for credits, and where readers would see one."""
    text = '![A](/files/a.svg "A caption")\n\n![B](/files/a.svg "© B") \n\n![in](/files/a.svg) line'
    site = small_site(briefing("a", text) + SVG)
    assert checked(site) == []
    site.write(f"-- content/site.yaml --\n{SITE_YAML}image_credits: true\n")
    assert checked(site) == ["briefings/a.md:7: the image '/files/a.svg' has no credit"]


def test_check_warns_of_heavy_images(small_site: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each where it is shown."""
    site = add(small_site(briefing("a", "![A](/files/a.jpg)")), a_jpg=picture(400, 400))
    assert checked(site) == []
    monkeypatch.setattr("dossier.pages.checks.images.HEAVY", 1000)
    (warning,) = checked(site)
    assert warning.startswith("briefings/a.md:7: files/a.jpg weighs 0.0 MB")


def test_check_warns_of_files_that_nothing_uses(small_site: Make) -> None:
    """A link, an image, a setting, a template, a drawing or a draft uses a file."""
    names = ("linked", "shown", "shared", "icon", "ours", "within", "later", "unused")
    files = "".join(f"-- content/files/{n}.svg --\n<svg/>\n" for n in names if n != "shown")
    text = "[L](/files/linked.svg) ![S](../files/shown.svg)"
    site = small_site(
        f"-- content/site.yaml --\n{SITE_YAML}favicon: /files/icon.svg\n{files}"
        '-- content/files/shown.svg --\n<svg><image href="within.svg"/></svg>\n'
        '-- templates/assets/css/ours.css --\n.x{background:url("/site/files/ours.svg")}\n'
        + briefing("a", text)
        + briefing("b", image="/files/shared.svg")
        + briefing("c", "![L](/files/later.svg)", status="draft")
    )
    unused = [warning for warning in checked(site) if "no page shows" in warning]
    assert unused == [
        "files/unused.svg:0: no page shows this file or links to it, but it is published"
    ]
