from life.columns import ColumnPrinter
from life.grid import ALIVE, Grid
from life.rule import step_cell

BOOK = """\
    0     |     1     |     2     |     3     |     4
---*----- | --------- | --------- | --------- | ---------
----*---- | --*-*---- | ----*---- | ---*----- | ----*----
--***---- | ---**---- | --*-*---- | ----**--- | -----*---
--------- | ---*----- | ---**---- | ---**---- | ---***---
--------- | --------- | --------- | --------- | ---------"""


def simulate(grid: Grid) -> Grid:
    following = Grid(grid.height, grid.width)
    for y in range(grid.height):
        for x in range(grid.width):
            step_cell(y, x, grid.get, following.set)
    return following


def printed(*columns: str) -> str:
    printer = ColumnPrinter()
    for column in columns:
        printer.append(column)
    return str(printer)


def test_five_generations_print_as_in_the_book() -> None:
    grid = Grid(5, 9)
    for y, x in ((0, 3), (1, 4), (2, 2), (2, 3), (2, 4)):
        grid.set(y, x, ALIVE)
    columns = ColumnPrinter()
    for _ in range(5):
        columns.append(str(grid))
        grid = simulate(grid)
    assert str(columns) == BOOK


def test_nothing_prints_as_nothing() -> None:
    assert printed() == ""


def test_one_column_has_no_separator() -> None:
    assert printed("-*-\n") == " 0\n-*-"


def test_an_even_width_stays_in_line() -> None:
    assert printed("-*\n", "*-\n") == " 0 |  1\n-* | *-"


def test_numbers_of_two_digits_stay_in_line() -> None:
    last_header, last_row = (line.split(" | ") for line in printed(*["-*---\n"] * 12).splitlines())
    assert last_header[9:] == ["  9  ", "  10 ", "  11"]
    assert last_row == ["-*---"] * 12


def test_a_number_wider_than_its_column_widens_it() -> None:
    header, row = printed(*["*\n"] * 11).splitlines()
    assert header.endswith("9 | 10")
    assert row.endswith("* | *")


def test_grids_of_different_heights_stand_side_by_side() -> None:
    assert printed("*\n", "*\n*\n*\n", "-\n").splitlines() == ["0 | 1 | 2", "* | * | -", "  | * |", "  | * |"]


def test_columns_may_be_numbered_from_where_a_film_begins() -> None:
    columns = ColumnPrinter(first=9)
    columns.append("-*-\n")
    columns.append("*-*\n")
    assert str(columns) == " 9  |  10\n-*- | *-*"
