"""The kinds of files that dialogs offer, in the words of Qt's filters; made from the one list of formats."""

from dataclasses import dataclass

from life.patterns.formats import COMPRESSED, FORMATS

ALL = "All files (*)"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of file that can be saved: its filter, and the suffix, without the dot, of a name that has none."""

    filter: str
    suffix: str


def filters_to_open() -> str:
    """All patterns first, then every format by itself."""
    suffixes = dict.fromkeys(suffix for form in FORMATS for suffix in form.suffixes)
    each = [f"{form.title} ({_globs(form.suffixes)})" for form in FORMATS]
    return ";;".join([f"Patterns ({_globs(tuple(suffixes))})", *each, ALL])


def kinds_to_save() -> tuple[Kind, ...]:
    """Every format that is written, as it is and compressed; the usual one first."""
    written = [form for form in FORMATS if form.write]
    return tuple(
        Kind(f"{form.title}{words} (*{form.suffixes[0]}{packed})", form.suffixes[0].removeprefix(".") + packed)
        for packed, words in (("", ""), (COMPRESSED, ", compressed"))
        for form in written
    )


def _globs(suffixes: tuple[str, ...]) -> str:
    return " ".join(f"*{suffix}{packed}" for suffix in suffixes for packed in ("", COMPRESSED))
