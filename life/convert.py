"""`python -m life convert`: a pattern file in another format."""

import sys

from life.errors import SettingError
from life.patterns.file_format import Format
from life.patterns.files import LARGEST_FILE, data_of, pattern_of, read_pattern, save_pattern, what_is_lost
from life.patterns.formats import FORMATS, RLE
from life.patterns.pattern import Pattern

STANDARD = "-"  # in the place of a file's name: standard input or output


def convert(source: str, target: str, key: str | None = None) -> tuple[str, ...]:
    """Reads the pattern in `source` and writes it to `target`; either may be "-" for standard input or output.

    Args:
        source: the file to read, in any known format.
        target: the file to write; an old one is replaced, and stays whole if anything fails.
        key: of the format to write; where None the suffix of `target` says which, and standard output gets RLE.

    Returns:
        Sentences without their full stop about what the new file does not say, because its format cannot.

    Raises:
        LifeError: the pattern cannot be read, or not be written so.
    """
    form = format_called(key) if key else None
    pattern = _from_standard_input() if source == STANDARD else read_pattern(source)
    if target != STANDARD:
        return save_pattern(target, pattern, form)
    form = form or RLE
    sys.stdout.buffer.write(data_of(pattern, form, "standard output"))
    return what_is_lost(pattern, form)


def written_keys() -> tuple[str, ...]:
    """The keys of the formats that can be written."""
    return tuple(form.key for form in FORMATS if form.write)


def format_called(key: str) -> Format:
    """The format with that key.

    Raises:
        SettingError: there is none that is written.
    """
    for form in FORMATS:
        if form.key == key and form.write:
            return form
    raise SettingError("--as", f'there is no format called "{key}" to write; choose one of {", ".join(written_keys())}')


def _from_standard_input() -> Pattern:
    return pattern_of(sys.stdin.buffer.read(LARGEST_FILE + 1), "standard input")
