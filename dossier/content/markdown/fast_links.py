"""Links and emphasis in their simple forms, each found by one expression.

The library walks over a link, or over all that follows a `*`, character by character, since it
allows for nesting, quotes and unbalanced marks. Where there is nothing of that kind the result is
known at once; everything else is left to the library.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.inlinepatterns import (
    IMAGE_LINK_RE,
    LINK_RE,
    DelimiterProcessor,
    ImageInlineProcessor,
    LinkInlineProcessor,
)

_PLAIN_LABEL = re.compile(r"[^\[\]]*+\]")
_PLAIN_ADDRESS = re.compile(r"""\(\s*+([^()'"<>\s]*+)\)""")
_PLAIN_SPANS = {  # a run of one or two, text without any mark, the same run; no space inside of it
    "*": re.compile(r"(?<![*_])(\*{1,2})(?![\s*_])([^*_]++)(?<!\s)\1(?!\*)"),
    "_": re.compile(r"(?<![\w*])(_{1,2})(?![\s*_])([^*_]++)(?<!\s)\1(?!\w)"),
}


class _PlainLinks(LinkInlineProcessor):
    def getText(self, data: str, index: int) -> tuple[str, int, bool]:  # noqa: N802
        """The label without brackets in it, and where it ends."""
        if match := _PLAIN_LABEL.match(data, index):
            return data[index : match.end() - 1], match.end(), True
        return super().getText(data, index)

    def getLink(self, data: str, index: int) -> tuple[str, str | None, int, bool]:  # noqa: N802
        """The address without a title or parentheses, and where it ends."""
        if match := _PLAIN_ADDRESS.match(data, index):
            return self.unescape(match[1]).strip(), None, match.end(), True
        return super().getLink(data, index)


class _Images(_PlainLinks, ImageInlineProcessor):
    pass


class _Emphasis(DelimiterProcessor):
    def handleMatch(  # type: ignore[override]  # noqa: N802
        self, m: re.Match[str], data: str
    ) -> tuple[Element | None, int | None, int | None]:
        """The element of a plain span, unless the library is in the midst of nested ones."""
        if not self.regions and (span := _PLAIN_SPANS[m[0]].match(data, m.start())):
            element = Element("strong" if len(span[1]) == 2 else "em")
            element.text = span[2]
            return element, span.start(), span.end()
        return super().handleMatch(m, data)


def use_plain_spans(md: Markdown) -> None:
    """Put our links, images and emphasis in the place of the library's."""
    md.inlinePatterns.register(_PlainLinks(LINK_RE, md), "link", 160)
    md.inlinePatterns.register(_Images(IMAGE_LINK_RE, md), "image_link", 150)
    emphasis = _Emphasis("*", "strong,em", md)
    emphasis.add("_", "strong,em", smart=True)
    md.inlinePatterns.register(emphasis, "em_strong", 60)
