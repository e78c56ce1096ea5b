"""Numbers of cells as people read them, however large they are."""

_LONGEST = 1_000_000_000  # beyond, a power of ten is easier to read


def number_in_words(number: float) -> str:
    """About how many: "1,230", "4.6 × 10^12"."""
    if number < _LONGEST:
        return f"{_rounded(number):,}"
    digits, power = f"{number:.1e}".split("e+")
    times = "" if digits == "1.0" else f"{digits.removesuffix('.0')} × "
    return f"{times}10^{int(power)}"


def cells_in_words(number: float) -> str:
    """The same with what they are: "1 cell", "1,230 cells"."""
    return "1 cell" if _rounded(number) == 1 else f"{number_in_words(number)} cells"


def _rounded(number: float) -> int:
    """To three digits."""
    return round(float(f"{number:.3g}"))
