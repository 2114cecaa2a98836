"""Reading CSV files."""

from __future__ import annotations

import pytest

from dossier.content.tables.read import MAX_ROWS, Table, TableError, parse_table


def read(text: str | bytes, name: str = "a.csv") -> Table:
    """The table in a file."""
    return parse_table(text if isinstance(text, bytes) else text.encode(), name)


def shape(table: Table) -> dict[str, tuple[str, tuple[str, ...]]]:
    """The columns: what they hold and their cells."""
    return {column.name: (column.kind, column.cells) for column in table.columns}


def problem(text: str | bytes) -> str:
    """What is wrong with a file: the line and the message."""
    with pytest.raises(TableError) as caught:
        read(text)
    return f"{caught.value.line}: {caught.value.message}"


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"Land,Wert\nFrance,1.5\n", "a.csv"),
        (b"Land;Wert\r\nFrance;1.5\r\n", "a.csv"),
        (b"Land\tWert\nFrance\t1.5", "a.csv"),
        (b"Land\tWert\nFrance\t1.5", "a.tsv"),
        (b"sep=|\nLand|Wert\nFrance|1.5\n", "a.csv"),
        (b'\xef\xbb\xbf"Land","Wert"\n"France","1.5"\n', "a.csv"),
        ("Land\tWert\nFrance\t1.5\n".encode("utf-16"), "a.csv"),
        (b"Land,Wert,,\nFrance,1.5,,\n,,,\n\n", "a.csv"),
        (b"Land, Wert\nFrance, 1.5\n", "a.csv"),
    ],
)
def test_the_forms_of_spreadsheets_are_one_table(data: bytes, name: str) -> None:
    """Separators, marks of the encoding, line ends and empty columns at the end make no odds."""
    assert shape(read(data, name)) == {"Land": ("text", ("France",)), "Wert": ("number", ("1.5",))}


def test_a_field_in_quotes_may_hold_anything() -> None:
    """Separators, quotes and line breaks within quotes are text."""
    table = read('A,B\n"x, y","say ""so""\nthen"\n')
    assert [column.cells for column in table.columns] == [("x, y",), ('say "so"\nthen',)]


def test_a_semicolon_goes_with_a_decimal_comma() -> None:
    """Where thousands and decimals could be confused, the separator of fields decides."""
    numbers = [read(text).columns[1].numbers[0] for text in ("a;b\nx;1.234\n", "a,b\nx,1.234\n")]
    assert [str(number.value) for number in numbers if number] == ["1234.0", "1.234"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("c,Year\nx,2022\ny,2023\n", "year"),
        ("c,Sales\nx,12022\ny,2023\n", "number"),
        ("c,Customer ID\nx,12022\ny,92023\n", "id"),
        ("c,Code postal\nx,75001\ny,92023\n", "id"),
        ("c,No growth\nx,75001\ny,92023\n", "number"),
        ("c,Area\nx,01234\ny,92023\n", "id"),
        ("c,Sales\nx,n/a\ny,5\nz,-\n", "number"),
        ("c,Note\nx,about 5\ny,5\n", "text"),
        ("c,Formula\nx,=SUM(A1)\n", "text"),
    ],
)
def test_a_column_shows_what_it_holds(text: str, kind: str) -> None:
    """Years and ids are names, not amounts; formulas are just text."""
    assert read(text).columns[1].kind == kind


def test_rows_that_are_counted_have_ids() -> None:
    """Whole numbers that count up in the first column are names of the rows."""
    assert read("Case,V\n10001,5\n10002,6\n").columns[0].kind == "id"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "0: it is empty"),
        (" \n\n", "0: it is empty"),
        (",,,\n,,,\n", "0: it is empty"),
        ("A,B\n", "1: it has one line only"),
        ("A,B\nx,1\ny\n", "3: it has 1 field, but the first line names 2 columns"),
        ("A,B\nx,1,2\ny,2\n", "2: it has 3 fields, but the first line names 2 columns"),
        ('A,B\nx,"1\ny,2\n', '2: a " opens a field that nothing closes'),
        ('A,B\n"x"y,1\n', '2: text follows the " that closes a field'),
        ("A,,C\nx,1,2\n", "1: column 2 has no name"),
        (
            "x,12.5\ny,13.5\n",
            "1: the first line has numbers where the names of the columns should be",
        ),
        ("A,B\nx,\x001\n", "2: the character U+0000 is not allowed here"),
        ("A,B\nCôte,1\n".encode("cp1252"), "2: this character is not UTF-8 text"),
        ("A,B\n" + "x,1\n" * (MAX_ROWS + 1), "0: it has 1,001 rows; a table shows at most 1,000"),
        (f"{','.join(f'c{n}' for n in range(61))}\n{',' * 60}x\n", "0: it has 61 columns; a table"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(text: str | bytes, expected: str) -> None:
    """Every fault of a file has one message that names the line, where one line is at fault."""
    assert problem(text).startswith(expected)


def test_a_first_line_may_name_years_or_counted_columns() -> None:
    """Names that are numbers are fine where they are years, or count the columns."""
    assert shape(read("Country,2021,2022\nFrance,1,2\n"))["2022"] == ("number", ("2",))
    assert shape(read("Country,1,2\nFrance,7,8\n"))["2"] == ("number", ("8",))
