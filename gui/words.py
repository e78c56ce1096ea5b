"""Numbers with their units, the same way everywhere in the window."""

_KIB = 1024
_LONG_NUMBER = 1 << 20
_MOST_DIGITS = 15  # of a number that is read at a glance


def count(number: int, noun: str, plural: str = "") -> str:
    """A number and its noun: "1 cell", "3,072 cells"."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def duration(seconds: float) -> str:
    """A time to two significant digits in the unit that suits it: "0.4 ms", "98 ms", "0.31 s", "12 s", "45 minutes"."""
    if seconds < 0.0995:
        return f"{_two_digits(seconds * 1000)} ms"
    if seconds < 119.5:
        return f"{_two_digits(seconds)} s"
    if seconds < 119.5 * 60:
        return f"{seconds / 60:,.0f} minutes"
    return f"{seconds / 3600:,.0f} hours"


def size(amount: float) -> str:
    """An amount of memory to two significant digits: "160 MiB", "1.6 GiB"."""
    units = ["bytes", "KiB", "MiB", "GiB", "TiB"]
    while amount >= 999.5 and len(units) > 1:
        amount /= _KIB
        units.pop(0)
    return f"{_two_digits(amount)} {units[0]}"


def number(value: int) -> str:
    """A whole number of any size: "3,072", "−12", "1.15 × 10^18"."""
    sign, size = "−" if value < 0 else "", abs(value)
    if size < 10**_MOST_DIGITS:
        return f"{sign}{size:,}"
    power = _digits(size) - 1
    return f"{sign}{size // 10 ** (power - 2) / 100:.2f} × 10^{power}"


def _digits(value: int) -> int:
    """How many digits a number has; one of a million digits is not written out for that."""
    guess = max((value.bit_length() - 1) * 30103 // 100000 - 1, 0)
    while 10**guess <= value:
        guess += 1
    return guess


def cell(place: tuple[int, int]) -> str:
    """Row and column of a cell: "(3, −1,204)"."""
    return f"({number(place[0])}, {number(place[1])})"


def rate(generations_a_second: float | None) -> str:
    """A speed: "5 generations/s"; None is "as fast as it goes"."""
    if generations_a_second is None:
        return "as fast as it goes"
    noun = "generation" if generations_a_second == 1 else "generations"
    return f"{generations_a_second:g} {noun}/s"


def pace(generations_a_second: float) -> str:
    """How fast it went, to three digits: "0.42 generations/s", "25,300 generations/s"."""
    if generations_a_second < 99.95:
        return f"{generations_a_second:.3g} generations/s"
    rounded = int(float(f"{min(generations_a_second, 1e300):.3g}"))
    return f"{number(rounded)} generations/s"


def speed(generations_a_second: float | None, stride: int) -> str:
    """The same where `stride` generations may be made from one picture to the next: "8 at a time", "2^20 at a time"."""
    return rate(generations_a_second) if stride == 1 else f"{_power_of_two(stride)} at a time"


def steps(stride: int) -> str:
    """How many generations, a power of two, are made in one go: "512 generations", "2^20 generations"."""
    return f"{_power_of_two(stride)} generations"


def _power_of_two(number: int) -> str:
    return f"{number:,}" if number < _LONG_NUMBER else f"2^{number.bit_length() - 1}"


def against_ideal(seconds: float, ideal: float) -> str:
    """How long a generation took against the longest wait in it: "0.31 s, 3.1 × the wait of 0.1 s"."""
    if ideal <= 0:
        return duration(seconds)
    return f"{duration(seconds)}, {_two_digits(seconds / ideal)} × the wait of {_plain(ideal)}"


def _plain(seconds: float) -> str:
    return f"{seconds:.2g} s" if seconds >= 0.1 else f"{seconds * 1000:.2g} ms"


def _two_digits(number: float) -> str:
    if number >= 99.5:
        return f"{float(f'{number:.2g}'):,.0f}"
    if number >= 9.95:
        return f"{number:.0f}"
    return f"{number:.1f}" if number >= 0.995 else f"{number:.2f}"
