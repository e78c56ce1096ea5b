import pytest

from gui import words


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0.0, "0.00 ms"),
        (0.0004, "0.40 ms"),
        (0.0012, "1.2 ms"),
        (0.098, "98 ms"),
        (0.0996, "0.10 s"),
        (0.31, "0.31 s"),
        (1.0, "1.0 s"),
        (12.3, "12 s"),
        (119.0, "120 s"),
        (300, "5 minutes"),
        (2700, "45 minutes"),
        (7200, "2 hours"),
    ],
)
def test_a_time_has_two_digits_and_the_unit_that_suits_it(seconds, text):
    assert words.duration(seconds) == text


@pytest.mark.parametrize(
    ("bytes_", "text"),
    [(10_000 * 8 << 20, "78 GiB"), (10_000 * 16 << 10, "160 MiB"), (512, "510 bytes"), (8 << 20, "8.0 MiB")],
)
def test_memory_has_two_digits_and_the_unit_that_suits_it(bytes_, text):
    assert words.size(bytes_) == text


def test_a_generation_is_held_against_the_wait_where_there_was_one():
    assert words.against_ideal(0.31, 0.1) == "0.31 s, 3.1 × the wait of 0.1 s"
    assert words.against_ideal(0.051, 0.05) == "51 ms, 1.0 × the wait of 50 ms"
    assert words.against_ideal(0.0012, 0) == "1.2 ms"


@pytest.mark.parametrize(
    ("rate", "text"),
    [(5.0, "5 generations/s"), (1.0, "1 generation/s"), (0.5, "0.5 generations/s"), (None, "as fast as it goes")],
)
def test_a_speed_is_said_in_words(rate, text):
    assert words.rate(rate) == text


def test_one_thing_has_no_plural():
    assert words.count(1, "cell") == "1 cell"
    assert words.count(3072, "cell") == "3,072 cells"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (-1234, "−1,234"),
        (10**15 - 1, "999,999,999,999,999"),
        (10**15, "1.00 × 10^15"),
        (-(1 << 62), "−4.61 × 10^18"),
        (9_999_999_999_999_999, "9.99 × 10^15"),
    ],
)
def test_a_number_of_any_size_is_short_enough_to_be_read(value, text):
    assert words.number(value) == text


def test_a_number_that_python_would_not_write_out_is_written_all_the_same():
    assert words.number(1 << 100_000) == "9.99 × 10^30102"


def test_a_cell_is_named_by_row_and_column():
    assert words.cell((-3, 1204)) == "(−3, 1,204)"


@pytest.mark.parametrize(
    ("pace", "text"),
    [
        (0.423, "0.423 generations/s"),
        (12.34, "12.3 generations/s"),
        (25_312.7, "25,300 generations/s"),
        (3.65e17, "3.65 × 10^17 generations/s"),
    ],
)
def test_how_fast_it_went_has_three_digits(pace, text):
    assert words.pace(pace) == text


def test_many_generations_at_a_time_are_a_speed_of_their_own():
    assert words.speed(5, 1) == "5 generations/s"
    assert words.speed(None, 1024) == "1,024 at a time"
    assert words.speed(None, 1 << 20) == "2^20 at a time"
    assert words.steps(8) == "8 generations"
