"""Numbers with their units, the same way everywhere in the window."""

_KIB = 1024


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


def size(number: float) -> str:
    """An amount of memory to two significant digits: "160 MiB", "1.6 GiB"."""
    units = ["bytes", "KiB", "MiB", "GiB", "TiB"]
    while number >= 999.5 and len(units) > 1:
        number /= _KIB
        units.pop(0)
    return f"{_two_digits(number)} {units[0]}"


def rate(generations_a_second: float | None) -> str:
    """A speed: "5 generations/s"; None is "as fast as it goes"."""
    if generations_a_second is None:
        return "as fast as it goes"
    noun = "generation" if generations_a_second == 1 else "generations"
    return f"{generations_a_second:g} {noun}/s"


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
