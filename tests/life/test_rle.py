import tracemalloc

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from life.errors import PatternError
from life.notation import Bounds, Notation
from life.patterns.pattern import Pattern
from life.patterns.rle import read_rle, write_rle
from life.rule import CONWAY, Rule

GLIDER = [(0, 1), (1, 2), (2, 0), (2, 1), (2, 2)]
HEADER = "x = 3, y = 3, rule = B3/S23\n"
GLIDER_RLE = HEADER + "bo$2bo$3o!\n"
HIGHLIFE = Rule(births=frozenset({3, 6}), survivals=frozenset({2, 3}))


def cells(pattern: Pattern) -> list[tuple[int, int]]:
    assert pattern.ys.dtype == pattern.xs.dtype == np.int64
    return list(zip(pattern.ys.tolist(), pattern.xs.tolist(), strict=True))


def cells_of(text: str) -> list[tuple[int, int]]:
    return cells(read_rle(text))


def refusal(text: str) -> PatternError:
    with pytest.raises(PatternError) as caught:
        read_rle(text, "glider.rle")
    assert caught.value.source == "glider.rle"
    return caught.value


# Headers


def test_a_plain_file_is_read() -> None:
    pattern = read_rle(GLIDER_RLE)
    assert cells(pattern) == GLIDER
    assert pattern.population == 5
    assert (pattern.height, pattern.width) == pattern.extents == (3, 3)
    assert pattern.notation == Notation(CONWAY)
    assert (pattern.name, pattern.author, pattern.comments, pattern.trailer) == ("", "", (), "")
    assert pattern.position is None
    assert pattern.generation is None


@pytest.mark.parametrize(
    "header",
    [
        "x=3,y=3,rule=B3/S23",
        "x = 3, y = 3",
        "x = 3, y = 3,",
        "x = 3, y = 3, rule =",
        "  x\t=3 ,  y =   3 ,rule= b3s23   ",
        "y = 3, x = 3, rule = B3/S23",
        "y=3,x=3",
        "X = 3, Y = 3, RULE = 23/3",
        "x = 3, y = 3, rule = B3 / S23",
        "x = 003, y = +3",
    ],
)
def test_white_space_order_and_case_of_a_header_do_not_matter(header: str) -> None:
    pattern = read_rle(header + "\nbo$2bo$3o!")
    assert cells(pattern) == GLIDER
    assert pattern.notation == Notation(CONWAY)
    assert (pattern.height, pattern.width) == (3, 3)


def test_width_and_height_are_told_apart() -> None:
    assert (lambda p: (p.height, p.width))(read_rle("x = 7, y = 4\no!")) == (4, 7)
    assert (lambda p: (p.height, p.width))(read_rle("y = 4, x = 7\no!")) == (4, 7)


@pytest.mark.parametrize("header", ["x = 3", "x = 3, y", "x = 3; y = 3", "x =, y = 3", "x = 3, y = 3, B3/S23", "y = 3"])
def test_a_header_that_is_none_is_refused_where_it_stands(header: str) -> None:
    error = refusal("#N Glider\n  " + header + "\nbo$2bo$3o!")
    assert "header" in error.reason
    assert (error.line, error.column) == (2, 3)


@pytest.mark.parametrize("data", ["bo$2bo$3o!", "bo$2bo$3o", "#C no header\n\n bo$2bo$3o!\n"])
def test_data_without_a_header_is_read(data: str) -> None:
    pattern = read_rle(data)
    assert cells(pattern) == GLIDER
    assert (pattern.height, pattern.width) == (3, 3)


@pytest.mark.parametrize("sizes", ["x = 2, y = 9", "x = 0, y = 0", "x = -1, y = -1", f"x = {'9' * 6000}, y = 3"])
def test_sizes_that_cannot_be_true_give_way_to_the_cells(sizes: str) -> None:
    pattern = read_rle(f"{sizes}\nbo$2bo$3o!")
    assert cells(pattern) == GLIDER
    assert (pattern.height, pattern.width) == (3, 3)


def test_sizes_larger_than_the_pattern_are_kept_but_cost_nothing() -> None:
    tracemalloc.start()
    pattern = read_rle("x = 1000000000, y = 2000000000\nbo$2bo$3o!")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (pattern.height, pattern.width) == (2_000_000_000, 1_000_000_000)
    assert pattern.extents == (3, 3)
    assert peak < 1_000_000


def test_the_rule_of_the_header_is_read_with_its_board() -> None:
    assert read_rle("x = 3, y = 3, rule = B36/S23:T100,50\no!").notation == Notation(HIGHLIFE, Bounds(50, 100, True))


def test_a_rule_that_is_refused_is_pointed_at() -> None:
    error = refusal("#N Glider\nx = 3, y = 3, rule = B39/S23\nbo$2bo$3o!")
    assert (error.line, error.column) == (2, 22)
    assert str(error) == (
        'glider.rle:2:22: rule "B39/S23": a cell has 0 to 8 neighbours, never 9; did you mean "B3/S23"?'
    )


# Data


def test_dots_and_letters_a_are_dead_and_live_cells() -> None:
    assert cells_of("x = 3, y = 3\n.A$..A$3A!") == GLIDER
    assert cells_of("x = 3, y = 3\n.o$b.A$oAo!") == GLIDER


def test_a_count_goes_for_each_of_the_three_symbols() -> None:
    assert cells_of("3b2o2$10bo5$o!") == [(0, 3), (0, 4), (2, 10), (7, 0)]


def test_rows_may_be_shorter_or_longer_than_the_header_says() -> None:
    assert cells_of("x = 3, y = 2\no$bob5o$$o!") == [(0, 0), (1, 1), *((1, x) for x in range(3, 8)), (3, 0)]


def test_dead_cells_at_the_end_of_a_row_or_of_the_pattern_change_nothing() -> None:
    pattern = read_rle("o5b$3b$bo99b$$7$!")
    assert cells(pattern) == [(0, 0), (2, 1)]
    assert pattern.extents == (3, 2)


@pytest.mark.parametrize("data", ["!", "", "\n\n", "5b!", "$$!", "bbb$"])
def test_a_pattern_without_live_cells_is_empty(data: str) -> None:
    pattern = read_rle("x = 0, y = 0, rule = B3/S23\n" + data)
    assert cells(pattern) == []
    assert pattern.extents == (0, 0)


def test_what_follows_the_end_is_kept_and_not_read() -> None:
    pattern = read_rle(GLIDER_RLE.rstrip() + " and then\n99999999999o\n#N Other\nx = 1\n<html>\n\n")
    assert cells(pattern) == GLIDER
    assert pattern.name == ""
    assert pattern.trailer == " and then\n99999999999o\n#N Other\nx = 1\n<html>"


def test_only_the_first_of_several_patterns_is_read() -> None:
    assert cells_of(GLIDER_RLE + "\nx = 2, y = 2, rule = B36/S23\n2o$2o!\n") == GLIDER


@pytest.mark.parametrize(
    "text",
    [
        GLIDER_RLE.replace("\n", "\r\n"),
        GLIDER_RLE.replace("\n", "\r"),
        GLIDER_RLE.rstrip("\n"),
        GLIDER_RLE.rstrip("!\n"),
        "\ufeff" + GLIDER_RLE,
        "\n  \n\t\n" + GLIDER_RLE,
        "#N Glider\r\n\r\n" + GLIDER_RLE,
        "   x = 3, y = 3\n   bo$\n\n \t 2bo$\n  3o !\n",
        HEADER + "b o $ 2b o $ 3o !",
        HEADER + "b\no\n$\n2b\no$3o\n!",
        "#C " + "long " * 50_000 + "\n" + GLIDER_RLE,
        HEADER + "bo" + "b" * 100_000 + "$2bo" + " " * 100_000 + "$3o!",
    ],
    ids=[
        "cr-lf",
        "cr",
        "no final newline",
        "no end mark",
        "byte-order mark",
        "blank lines",
        "blank cr-lf",
        "indented",
        "spaces between runs",
        "a run a line",
        "long comment",
        "long line",
    ],
)
def test_untidy_files_are_read(text: str) -> None:
    assert cells_of(text) == GLIDER


@pytest.mark.parametrize(
    ("data", "line", "column", "reason"),
    [
        ("bo$2 bo$3o!", 2, 4, "must stand together"),
        ("bo$2\tbo$3o!", 2, 4, "must stand together"),
        ("bo$2bo$3\no!", 2, 8, "must stand together"),
        ("bo$2bo$3", 2, 8, "must stand together"),
        ("bo$2\n#C comment\nbo$3o!", 2, 4, "must stand together"),
        ("bo$\n 0bo$3o!", 3, 2, "1 or more"),
        ("bo$2bo$03o!", 2, 8, "1 or more"),
        ("bo$2bo$0!", 2, 8, "1 or more"),
        ("bo$2bo$3o5!", 2, 10, "cannot stand before the !"),
        ("bo$2bz$3o!", 2, 6, "unexpected 'z'"),
        ("bo$2z$3o!", 2, 5, "unexpected 'z'"),
        ("bo$2bo$3o;", 2, 10, "unexpected ';'"),
        ("bo$é!", 2, 4, "unexpected 'é'"),
        ("bo$\0!", 2, 4, "unexpected '\\x00'"),
        ("bo$*!", 2, 4, "unexpected '*'"),
        ("bo$-3o!", 2, 4, "unexpected '-'"),
        ("bo$3Y!", 2, 5, "unexpected 'Y'"),
        ("bo$#C no comment here", 2, 4, "unexpected '#'"),
        ("bo$2bo$²o!", 2, 8, "unexpected '²'"),
        ("12345678901234567o!", 2, 1, "too large"),
    ],
)
def test_what_is_not_data_is_refused_at_its_line_and_column(data: str, line: int, column: int, reason: str) -> None:
    error = refusal(HEADER + data)
    assert reason in error.reason
    assert (error.line, error.column) == (line, column)


@pytest.mark.parametrize(
    ("data", "column", "cell"),
    [
        ("bo$2B!", 5, '"B"'),
        ("bo$O!", 4, '"O"'),
        ("A.BC!", 3, '"B"'),
        ("bo$3pA2yX!", 5, '"pA"'),
        ("yO!", 1, '"yO"'),
        ("X!", 1, '"X"'),
    ],
)
def test_a_multi_state_pattern_is_refused_and_its_first_such_cell_named(data: str, column: int, cell: str) -> None:
    error = refusal(HEADER + data)
    assert "multi-state pattern" in error.reason
    assert cell in error.reason
    assert (error.line, error.column) == (2, column)
    assert "multi-state pattern" in refusal(data).reason


@pytest.mark.parametrize(
    ("data", "line", "column"),
    [
        ("99999999999o!", 2, 1),
        ("bo$100000001o!", 2, 4),
        ("50000000o$\n\n50000000o$bo!", 4, 12),
        ("99999999o$o$o!", 2, 13),
        ("50000000A50000001o!", 2, 10),
    ],
)
def test_too_many_live_cells_are_refused_before_memory_is_taken(data: str, line: int, column: int) -> None:
    tracemalloc.start()
    error = refusal(HEADER + data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert "100,000,000 live cells" in error.reason
    assert (error.line, error.column) == (line, column)
    assert peak < 1_000_000


def test_the_limit_counts_what_earlier_lines_held() -> None:
    line = "o$" * 600_000
    error = refusal(HEADER + f"99000000o$\n{line}\n{line}")
    assert (error.line, error.column) == (4, 2 * 400_000 + 1)


def test_dead_cells_may_be_many() -> None:
    assert cells_of("99999999999bo$\n99999999999$o!") == [(0, 99_999_999_999), (100_000_000_000, 0)]


@pytest.mark.parametrize("data", ["9999999999999999bo!", "9999999999999999$o!", "999999999999999$2$o!"])
def test_coordinates_beyond_all_bounds_are_refused(data: str) -> None:
    assert "reaches further" in refusal(HEADER + data).reason


@pytest.mark.parametrize(
    ("text", "line", "column", "what"),
    [
        ("<!DOCTYPE html>\n<html><body>bob$3o!</body></html>", 1, 1, "a web page"),
        ("\n\n  <html>", 3, 3, "a web page"),
        ("Hello, world", 1, 1, "some other text"),
        ("good morning", 1, 1, "some other text"),
        ("# heading\n\n* list", 3, 1, "some other text"),
        ('{"a": 1}', 1, 1, "some other text"),
        ("book", 1, 4, "unexpected 'k'"),
        ("", 1, 1, "no pattern"),
        (" \n\n", 1, 1, "no pattern"),
        ("#N Only\n#C comments\n", 1, 1, "no pattern"),
    ],
)
def test_other_text_is_refused(text: str, line: int, column: int, what: str) -> None:
    error = refusal(text)
    assert (error.line, error.column) == (line, column)
    assert what in error.reason


# Comments


def test_name_author_and_comments_are_kept() -> None:
    pattern = read_rle(
        "#N  Glider \n#O Richard K. Guy\n#C First.\n#c second\n#D Third.\n# bare\n#\n#Ccramped\n#N Again\n"
        + HEADER
        + "bo$\n#C between\n2bo$3o!"
    )
    assert cells(pattern) == GLIDER
    assert (pattern.name, pattern.author) == ("Glider", "Richard K. Guy")
    comments = ("#C First.", "#c second", "#D Third.", "# bare", "#", "#Ccramped", "#N Again", "#C between")
    assert pattern.comments == comments


def test_positions_of_older_programs_are_tolerated() -> None:
    pattern = read_rle("#R -5 3\n#P 1 2\n" + GLIDER_RLE)
    assert cells(pattern) == GLIDER
    assert pattern.position is None
    assert pattern.comments == ("#R -5 3", "#P 1 2")


def test_the_rule_of_a_comment_counts_only_where_the_header_names_none() -> None:
    assert read_rle("#r 23/36\nx = 3, y = 3\no!").notation.rule == HIGHLIFE
    assert read_rle("#r 23/36\no!").notation.rule == HIGHLIFE
    assert read_rle("#r 23/36\n" + GLIDER_RLE).notation.rule == CONWAY
    assert read_rle("#r nonsense\n" + GLIDER_RLE).notation.rule == CONWAY


def test_a_rule_in_a_comment_that_is_refused_is_pointed_at() -> None:
    error = refusal("#C first\n  #r  B39/S23\nx = 3, y = 3\no!")
    assert (error.line, error.column) == (2, 7)


@pytest.mark.parametrize(
    ("line", "position", "generation"),
    [
        ("#CXRLE Pos=-4,7 Gen=12", (7, -4), 12),
        ("#CXRLE Gen=12 Pos=-4,7", (7, -4), 12),
        ("#CXRLE Pos=0,0", (0, 0), None),
        ("#CXRLE Gen=0", None, 0),
        ("  #CXRLE  Pos = 3 , 4", (4, 3), None),
        (f"#CXRLE Gen={'9' * 5000}", None, None),
        (f"#CXRLE Pos={'9' * 5000},1", None, None),
        ("#CXRLE Pos=a,b", None, None),
    ],
)
def test_position_and_generation_are_read(line: str, position: tuple[int, int] | None, generation: int | None) -> None:
    pattern = read_rle(f"{line}\n{GLIDER_RLE}")
    assert cells(pattern) == GLIDER
    assert (pattern.position, pattern.generation) == (position, generation)
    assert (pattern.comments == ()) == (position is not None or generation is not None)


# Whatever comes


MARKS = ["\n", "\r\n", "!", "$", "2", "0", "o", "b", "A", ".", "pA", "B", " ", "\t", "\ufeff", "<", "é", "\0"]
WORDS = ["x = 3, y = 3", "rule = ", "B3/S23", ":T9,5", "#N ", "#CXRLE Pos=", "#r ", "99999999999", "x", "=", ",", "-1"]
SCRAPS = st.sampled_from(MARKS + WORDS)


def outcome(text: str) -> Pattern | PatternError:
    try:
        return read_rle(text)
    except PatternError as error:
        return error


@given(st.text() | st.lists(SCRAPS, max_size=40).map("".join))
def test_any_text_is_a_pattern_or_refused(text: str) -> None:
    result = outcome(text)
    if isinstance(result, PatternError):
        assert len(str(result).splitlines()) == 1
        assert 1 <= result.line <= len(text) + 1
        assert 1 <= result.column <= len(text) + 1
    else:
        again = read_rle(write_rle(result))
        assert cells(again) == cells(result) == sorted(set(cells(result)))
        assert again.notation == result.notation


@given(st.data())
def test_a_damaged_file_is_a_pattern_or_refused(data: st.DataObject) -> None:
    text = "#N Glider\n#CXRLE Pos=1,2 Gen=3\n" + GLIDER_RLE + "after"
    at = data.draw(st.integers(0, len(text)))
    upto = data.draw(st.integers(at, len(text)))
    result = outcome(text[:at] + data.draw(SCRAPS) + text[upto:])
    assert isinstance(result, Pattern | PatternError)
