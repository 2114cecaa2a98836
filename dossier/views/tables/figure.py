"""The figure of a table: its caption, its drawing if it has one, the table, the file."""

from __future__ import annotations

from html import escape

from dossier.content.brand.palette import Palette
from dossier.content.documents import Shown
from dossier.content.tables.read import Table
from dossier.content.tables.series import chart_data
from dossier.language.messages import gettext
from dossier.views.tables.markup import table_html


def figure_html(table: Table, shown: Shown, address: str, lang: str, palette: Palette) -> str:
    """Render what fills the gap of a table in a text; its file is at `address`."""
    file = escape(gettext(lang, "Data (CSV)"))
    link = f'<a href="{escape(address)}" download>{file}</a>'
    source = f"{escape(shown.credit)} · {link}" if shown.credit else link
    credit = f'<p class="credit">{source}</p>'
    if not shown.chart:
        inner = table_html(table, shown.caption, lang, captioned=True)
        return f'<figure class="data">{inner}{credit}</figure>'
    drawing = _drawing(table, shown, lang, palette)
    summary = escape(gettext(lang, "The numbers as a table"))
    inner = table_html(table, shown.caption, lang, captioned=False)
    details = f"<details><summary>{summary}</summary>{inner}</details>"
    caption = f"<figcaption>{escape(shown.caption)}</figcaption>"
    return f'<figure class="data">{caption}{drawing}{credit}{details}</figure>'


def _drawing(table: Table, shown: Shown, lang: str, palette: Palette) -> str:
    """Draw a chart once for wide screens and paper, once for phones; one of them is shown."""
    from dossier.views.tables.bars import draw_bars
    from dossier.views.tables.lines import draw_lines
    from dossier.views.tables.svg import SIZES, Pen

    assert shown.chart
    data = chart_data(table, shown.chart)
    draw = draw_lines if shown.chart == "line" else draw_bars
    label = gettext(lang, "Chart: %(title)s") % {"title": shown.caption}
    pen = Pen(palette)
    return "".join(draw(data, size, lang, pen, label) for size in SIZES)
