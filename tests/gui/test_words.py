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
