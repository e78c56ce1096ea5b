"""Life 1.05, Life 1.06 and plaintext; RLE has files of its own."""

import tracemalloc
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from life.errors import PatternError
from life.notation import Bounds, Notation
from life.patterns.coordinates import MOST, in_order
from life.patterns.formats import LIFE106, PLAINTEXT
from life.patterns.life105 import read_life105
from life.patterns.life106 import read_life106, write_life106
from life.patterns.pattern import Pattern
from life.patterns.plaintext import read_plaintext, write_plaintext
from life.patterns.rle import read_rle, write_rle
from life.patterns.text import read_pattern_text
from life.rule import CONWAY, Rule

GLIDER = [(0, 1), (1, 2), (2, 0), (2, 1), (2, 2)]
HIGHLIFE = Rule(births=frozenset({3, 6}), survivals=frozenset({2, 3}))


def cells(pattern: Pattern) -> list[tuple[int, int]]:
    assert pattern.ys.dtype == pattern.xs.dtype == np.int64
    return list(zip(pattern.ys.tolist(), pattern.xs.tolist(), strict=True))


def refusal(text: str) -> PatternError:
    with pytest.raises(PatternError) as caught:
        read_pattern_text(text, "glider.lif")
    assert caught.value.source == "glider.lif"
    return caught.value


def place_of(error: PatternError) -> tuple[int, int]:
    return error.line, error.column


# Life 1.05


def test_a_life_105_file_is_read_with_all_that_it_says() -> None:
    pattern = read_life105("#Life 1.05\n#D A glider.\n#D  Indented.\n#O Guy\n#R 23/36\n#P -1 4\n.*\n..*\n***\n")
    assert cells(pattern) == GLIDER
    assert (pattern.height, pattern.width, pattern.position) == (3, 3, (4, -1))
    assert (pattern.author, pattern.comments) == ("Guy", ("#D A glider.", "#D  Indented."))
    assert pattern.notation == Notation(HIGHLIFE)


@pytest.mark.parametrize("rule", ["#N", "#N\n", "#R 36/125\n#N", "#R 23/3", "#R", ""])
def test_the_last_rule_of_a_life_105_file_counts_and_conways_is_the_usual_one(rule: str) -> None:
    assert read_life105(f"#Life 1.05\n{rule}\n#P 0 0\n*").notation == Notation(CONWAY)


def test_blocks_stand_where_they_say_in_any_order_and_may_overlap() -> None:
    pattern = read_life105("#Life 1.05\n#P 10 -5\n**\n#P -2 3\n*\n#P 11 -5\n**\n#P 0 0\n\n.*")
    assert cells(pattern) == [(0, 12), (0, 13), (0, 14), (6, 3), (8, 0)]
    assert pattern.position == (-5, -2)


@pytest.mark.parametrize("block", ["", "#P\n", "#P 0 0\n", "#p +0 -0  \n", "  #P 0\t0\n", "#P0 0\n"])
def test_a_block_without_numbers_and_rows_without_a_block_begin_at_the_middle(block: str) -> None:
    pattern = read_life105(f"#Life 1.05\n{block}.*\n..*\n***\n#P 0 5\n*")
    assert pattern.position == (0, 0)
    assert cells(pattern) == [*GLIDER, (5, 0)]


def test_blank_lines_are_dead_rows() -> None:
    assert cells(read_life105("#Life 1.05\n#P 0 0\n*\n\n\r\n*   \n")) == [(0, 0), (3, 0)]


def test_a_life_105_file_without_live_cells_is_empty() -> None:
    for text in ("#Life 1.05", "#Life 1.05\n#P 0 0\n...\n"):
        pattern = read_life105(text)
        assert (cells(pattern), pattern.extents, pattern.position) == ([], (0, 0), None)


@pytest.mark.parametrize(
    ("text", "place", "what"),
    [
        ("#Life 1.05\n#P 0 0\n.*\n.O*", (4, 2), "unexpected 'O'"),
        ("#Life 1.05\n#P 0 0\n.*\n . *", (4, 1), "unexpected ' '"),
        ("#Life 1.05\n#P 0 0\n\n.\N{SNOWMAN}*", (4, 2), "unexpected '\N{SNOWMAN}'"),
        ("#Life 1.05\n#P 0\n*", (2, 1), "a block begins with #P"),
        ("#Life 1.05\n#P 1.5 0\n*", (2, 1), "a block begins with #P"),
        ("#Life 1.05\n#P 1 2 3\n*", (2, 1), "a block begins with #P"),
        ("#Life 1.05\n#P 4611686018427387905 0\n*", (2, 1), "further out"),
        ("#Life 1.05\n#R 23/39\n*", (2, 4), 'did you mean "B3/S23"?'),
        ("#Life 1.05\n  #R 23/3/4\n*", (2, 6), "Generations"),
    ],
)
def test_what_is_wrong_with_a_life_105_file_is_pointed_at(text: str, place: tuple[int, int], what: str) -> None:
    error = refusal(text)
    assert what in error.reason
    assert place_of(error) == place


# Life 1.06


def test_a_life_106_file_is_read_in_any_order_and_with_duplicates() -> None:
    pattern = read_life106("#Life 1.06\n1 2\n-1 2\n0 0\n1 1\n0\t2\n  +0 002  \n\n0 2\r\n")
    assert cells(pattern) == GLIDER
    assert (pattern.height, pattern.width, pattern.position) == (3, 3, (0, -1))


def test_lines_for_people_in_a_life_106_file_are_kept() -> None:
    pattern = read_life106("#Life 1.06\n#D A glider.\n#R 23/36\n1 0\n # after\n2 1\n")
    assert cells(pattern) == [(0, 0), (1, 1)]
    assert pattern.comments == ("#D A glider.", "# after")
    assert pattern.notation == Notation(HIGHLIFE)


@pytest.mark.parametrize("far", [200_000, 10**9, MOST])
def test_corners_however_far_apart_cost_nothing(far: int) -> None:
    tracemalloc.start()
    pattern = read_life106(f"#Life 1.06\n{far} {far}\n0 0\n{far} 0\n")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert cells(pattern) == [(0, 0), (0, far), (far, far)]
    assert pattern.extents == (far + 1, far + 1)
    assert peak < 1_000_000


def test_cells_that_are_too_far_apart_to_be_counted_are_refused() -> None:
    assert "apart" in refusal(f"#Life 1.06\n{MOST} 0\n{-MOST} 0\n").reason
    assert cells(read_life106(f"#Life 1.06\n{MOST} 0\n{1 - MOST} 0\n")) == [(0, 0), (0, 2**63 - 1)]


@pytest.mark.parametrize(
    ("text", "place", "what"),
    [
        ("#Life 1.06\n1 2\n3\n", (3, 1), "two whole numbers"),
        ("#Life 1.06\n1 2\n\n 3 4 5\n", (4, 2), "two whole numbers"),
        ("#Life 1.06\n1 2\n3 x\n", (3, 1), "two whole numbers"),
        ("#Life 1.06\n1.5 2\n", (2, 1), "two whole numbers"),
        ("#Life 1.06\n1_0 2\n", (2, 1), "two whole numbers"),
        ("#Life 1.06\n\N{ARABIC-INDIC DIGIT ONE} 2\n", (2, 1), "two whole numbers"),
        ("#Life 1.06\n1\N{NO-BREAK SPACE}2\n", (2, 1), "two whole numbers"),
        ("#Life 1.06\n1 2\n\v\n", (3, 2), "two whole numbers"),
        (f"#Life 1.06\n1 2\n0 {MOST + 1}\n", (3, 1), "further out"),
        (f"#Life 1.06\n1 2\n-{MOST + 1} 0\n", (3, 1), "further out"),
        (f"#Life 1.06\n1 2\n{'9' * 19} 0\n", (3, 1), "further out"),
        (f"#Life 1.06\n1 2\n{'9' * 5000} 0\n", (3, 1), "two whole numbers"),
        ("#Life 1.06\n#R 2\n1 2\n", (2, 4), "rule"),
    ],
)
def test_what_is_wrong_with_a_life_106_file_is_pointed_at(text: str, place: tuple[int, int], what: str) -> None:
    error = refusal(text)
    assert what in error.reason
    assert place_of(error) == place


def test_a_mistake_far_down_in_a_large_file_is_pointed_at() -> None:
    lines = ["#Life 1.06", *(f"{n} {-n}" for n in range(200_000)), "oops", "1 2"]
    assert place_of(refusal("\n".join(lines))) == (200_002, 1)


def test_a_large_file_is_read_batch_after_batch() -> None:
    lines = [f"{n} {-n}" for n in range(200_000)]
    pattern = read_life106("\n".join(["#Life 1.06", *lines[:150_000], "#D in between", *lines[150_000:]]))
    assert (pattern.population, pattern.comments) == (200_000, ("#D in between",))
    assert cells(pattern)[:2] == [(0, 199_999), (1, 199_998)]


def test_life_106_is_written_from_the_position_that_the_pattern_has() -> None:
    text = "#Life 1.06\n0 -1\n1 0\n-1 1\n0 1\n1 1\n"
    assert write_life106(read_life106(text)) == text
    assert write_life106(read_rle("bo$2bo$3o!")) == "#Life 1.06\n1 0\n2 1\n0 2\n1 2\n2 2\n"
    assert write_life106(read_rle("!")) == "#Life 1.06\n"


# Plaintext


def test_a_plaintext_file_is_read_with_all_that_it_says() -> None:
    pattern = read_plaintext("!Name: Glider\n!Author: Guy\n! The first.\n!\n.O.\n..O\nOOO.\n! after")
    assert cells(pattern) == GLIDER
    assert (pattern.height, pattern.width) == (3, 4)
    assert (pattern.name, pattern.author) == ("Glider", "Guy")
    assert pattern.comments == ("#C  The first.", "#C", "#C  after")
    assert pattern.notation == Notation(CONWAY)


def test_ragged_and_blank_rows_and_other_letters_for_live_cells_are_accepted() -> None:
    assert cells(read_plaintext("!\n.o\n..*  \nO*o")) == GLIDER
    assert cells(read_plaintext("!\nO\n\n\r\nO")) == [(0, 0), (3, 0)]
    assert cells(read_plaintext("!Name: nothing\n...\n\n")) == []


@pytest.mark.parametrize(
    ("text", "place", "what"),
    [
        ("!Name: Glider\n.O.\n..X\n", (3, 3), "unexpected 'X'"),
        ("!Name: Glider\n.O. .\n", (2, 4), "unexpected ' '"),
        ("!\n  .O\n", (2, 1), "unexpected ' '"),
        ("!\n.O\n#O\n", (3, 1), "unexpected '#'"),
        ("!\n!Rule: B39/S23\n.O", (2, 8), 'did you mean "B3/S23"?'),
    ],
)
def test_what_is_wrong_with_a_plaintext_file_is_pointed_at(text: str, place: tuple[int, int], what: str) -> None:
    error = refusal(text)
    assert what in error.reason
    assert place_of(error) == place


def test_what_plaintext_has_no_place_for_is_written_as_comments_and_read_again() -> None:
    text = "#N Glider\n#C One.\n#CXRLE Pos=-3,4 Gen=7\nx = 3, y = 3, rule = B36/S23:T20,16\nbo$2bo$3o!after\nthe end"
    written = write_plaintext(read_rle(text))
    assert written == (
        "!Name: Glider\n!Rule: B36/S23:T20,16\n!Generation: 7\n!Position: -3,4\n!One.\n!after\n!the end\n.O\n..O\nOOO\n"
    )
    again = read_plaintext(written)
    assert again.notation == Notation(HIGHLIFE, Bounds(16, 20, True))
    assert (again.name, again.generation, again.position) == ("Glider", 7, (4, -3))
    assert again.comments == ("#C One.", "#C after", "#C the end")


def test_a_comment_that_looks_like_a_rule_stays_a_comment() -> None:
    pattern = read_rle("#C Rule: whatever\n#D Name: nobody\n#Cold\n#\no!")
    again = read_plaintext(write_plaintext(pattern))
    assert (again.name, again.notation) == ("", Notation())
    assert again.comments == ("#C Rule: whatever", "#D Name: nobody", "#C Cold", "#C")


def test_rows_are_written_up_to_their_last_live_cell() -> None:
    assert write_plaintext(read_rle("2bo$$5o!")) == "!Name:\n..O\n\nOOOOO\n"
    assert write_plaintext(read_rle("!")) == "!Name:\n"
    assert cells(read_pattern_text(write_plaintext(read_rle("!")))) == []


# All of them

SMALL = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=60)
LINES = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Zl", "Zp"]), max_size=20).map(str.strip)


def made(live: list[tuple[int, int]], **more: Any) -> Pattern:
    ys, xs = in_order(np.array([y for y, _ in live], np.int64), np.array([x for _, x in live], np.int64))
    height, width = (max((n[i] for n in live), default=-1) + 1 for i in (0, 1))
    return Pattern(ys, xs, height, width, **more)


@given(SMALL, LINES, LINES, st.lists(LINES.filter(bool), max_size=3), st.integers(1, 99))
def test_what_is_written_as_plaintext_or_rle_is_read_again(
    live: list[tuple[int, int]], name: str, author: str, comments: list[str], generation: int
) -> None:
    notation = Notation(HIGHLIFE, Bounds(50, 60, False))
    remarks = tuple(f"#C {comment}" for comment in comments)
    pattern = made(live, name=name, author=author, comments=remarks, notation=notation, generation=generation)
    for write in (write_plaintext, write_rle):
        again = read_pattern_text(write(pattern), "again.cells")
        assert cells(again) == cells(pattern)
        assert (again.name, again.author, again.notation, again.generation) == (name, author, notation, generation)
        assert again.comments == remarks


@given(st.lists(st.tuples(st.integers(0, 2**62), st.integers(0, 2**62)), min_size=1, max_size=20))
def test_what_is_written_as_life_106_is_read_again(live: list[tuple[int, int]]) -> None:
    pattern = made(live)
    again = read_life106(write_life106(pattern))
    top, left = again.position or (0, 0)
    assert [(y + top, x + left) for y, x in cells(again)] == cells(pattern)


@given(st.text(st.sampled_from(".*O!#P-1 2\n\r\tbo$R/:6"), max_size=80))
def test_any_text_is_a_pattern_or_refused_by_every_reader(text: str) -> None:
    for read in (read_life105, read_life106, read_plaintext, read_pattern_text):
        try:
            pattern = read(text, "any")
        except PatternError as error:
            line = error.line
        else:
            line = 1
            assert pattern.extents[0] <= pattern.height
            assert pattern.extents[1] <= pattern.width
        assert 1 <= line <= len(text.splitlines()) + 1


@pytest.mark.parametrize("form", [LIFE106, PLAINTEXT])
def test_more_live_cells_than_a_pattern_may_have_are_refused(form: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("life.patterns.rows.MOST_LIVE", 3)
    monkeypatch.setattr("life.patterns.life106.MOST_LIVE", 3)
    text = "#Life 1.06\n0 0\n1 0\n2 0\n3 0\n" if form is LIFE106 else "!\nOO\nOO\n"
    assert "more than 3 live cells" in refusal(text).reason
