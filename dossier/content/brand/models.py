"""Settings of more than one value: logo, publisher, menu, social links, robots."""

# annotations are values here, not texts: decoders would evaluate texts again and again
from collections.abc import Iterator
from typing import Annotated, ClassVar

from dossier.content.documents import FieldPath
from dossier.content.models import FilePath, FrontMatter, MenuName, SiteLink, Text, Url, doc

Finding = tuple[FieldPath, str, str]
"""A field, what is wrong with it, and the way out."""


class Logo(FrontMatter, frozen=True, kw_only=True):
    """An image in the masthead. The address of a file is short for one without `text`."""

    shorthand: ClassVar[str] = "file"

    file: Annotated[
        FilePath, doc("The image, SVG or of pixels: `/files/logo.svg` is `content/files/logo.svg`.")
    ]
    text: Annotated[
        Text,
        doc("What the image says, if it shows the site's name; else the title stands beside it."),
    ] = ""


class Publisher(FrontMatter, frozen=True, kw_only=True):
    """Who publishes the site. A name is short for one without `url`."""

    shorthand: ClassVar[str] = "name"

    name: Annotated[Text, doc("The name of the person or organisation.")]
    url: Annotated[Url | None, doc("Its own site; the home page of this one if left out.")] = None


class MenuLink(FrontMatter, frozen=True, kw_only=True):
    """A link in the menu: to a `page` or, with `label` and `link`, to any address."""

    shorthand: ClassVar[str] = "page"

    page: Annotated[
        MenuName | None,
        doc(
            "`briefings`, `market`, `companies`, `regions`, `topics`, `record`, `sources`, "
            "`changes`, or the id of a page."
        ),
    ] = None
    label: Annotated[Text | None, doc("What the menu shows; a page has a label of its own.")] = None
    link: Annotated[
        SiteLink | None,
        doc("Where it leads instead: a web or e-mail address, `/path/`."),
    ] = None


class MenuLine(MenuLink, frozen=True, kw_only=True):
    """A line of the menu: a link, or a `label` and a `menu` of links."""

    menu: Annotated[tuple[MenuLink, ...], doc("The links that open below it.")] = ()


class SocialLink(FrontMatter, frozen=True, kw_only=True):
    """A profile of the site elsewhere. Its address is short for one without `name`."""

    shorthand: ClassVar[str] = "link"

    link: Annotated[Url, doc("The address of the profile.")]
    name: Annotated[Text | None, doc("What the link shows; the service if left out.")] = None


class Robots(FrontMatter, frozen=True, kw_only=True):
    """What programs may do. `false` is short for `index: false`."""

    shorthand: ClassVar[str] = "index"

    index: Annotated[bool, doc("Whether search engines may list the pages.")] = True
    blocked: Annotated[
        tuple[Text, ...], doc("Crawlers that robots.txt asks to read nothing: `GPTBot`, `CCBot`.")
    ] = ()


def menu_findings(lines: tuple[MenuLink, ...], path: FieldPath = ("menu",)) -> Iterator[Finding]:
    """Find lines of the menu that lead to nothing, or to two things."""
    for i, line in enumerate(lines):
        place = (*path, i)
        below = line.menu if isinstance(line, MenuLine) else ()
        given = [
            name
            for name, value in (("page", line.page), ("link", line.link), ("menu", below))
            if value
        ]
        if not given:
            yield place, "this line of the menu leads nowhere", "write its `page` or its `link`"
        elif len(given) > 1:
            message = f"a line of the menu has either `{given[0]}` or `{given[1]}`"
            yield (*place, given[1]), message, f"make `{given[1]}` a line of its own"
        elif not line.page and not line.label:
            yield place, "this line of the menu has no label", "write its `label`"
        yield from menu_findings(below, (*place, "menu"))
