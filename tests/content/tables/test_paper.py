"""Tables on paper."""

from __future__ import annotations

import re

from dossier.content.tables.paper import fit_paper, without_copies


def table(names: int, cell: str = "12,345", more: str = "") -> str:
    """A region with a table of so many columns behind the first one."""
    head = "".join(f"<th>C{n:02}</th>" for n in range(names))
    row = "".join(f"<td>{cell}</td>" for _ in range(names))
    return (
        '<div aria-label="Table 1" class="table" role="region"><table>\n'
        f"<thead>\n<tr>\n<th>Country</th>{head}</tr></thead>"
        f"<tbody><tr><td>France{more}</td>{row}</tr></tbody></table></div>"
    )


def test_a_table_that_fits_is_left_alone() -> None:
    """Most tables are not touched."""
    assert fit_paper(table(4)) == table(4)
    assert fit_paper("<p>No table.</p>") == "<p>No table.</p>"


def test_a_table_of_twelve_months_is_set_smaller() -> None:
    """It fits on a sheet in smaller type."""
    assert 'class="table" data-paper="small"' in fit_paper(table(12))


def test_a_wider_table_is_broken_by_columns() -> None:
    """Each part begins with the first column, and together they have every column once."""
    found = fit_paper(table(32, more='<sup id="cite:a:1">1</sup>'))
    assert 'data-paper="broken"' in found
    copy = found.partition('<div class="on-paper"')[2]
    parts = copy.split("<table>")[1:]
    assert len(parts) == 3
    assert all("<th>Country</th>" in part and "France" in part for part in parts)
    assert re.findall(r"<th>C(\d\d)</th>", copy) == [f"{n:02}" for n in range(32)]
    assert " id=" not in copy
    assert found.count(' id="cite:a:1"') == 1
    assert without_copies(f"{found}<p>After.</p>").endswith("</table></div><p>After.</p>")


def test_the_caption_is_printed_once() -> None:
    """The parts of a broken table have one caption."""
    found = fit_paper(table(32).replace("<table>", "<table><caption>Sales</caption>"))
    assert found.count("<caption>") == 2
