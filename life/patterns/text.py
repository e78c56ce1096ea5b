"""A pattern from a text, whichever of the known formats it is in: that of a file, of the clipboard, of a drop."""

import re

from life.errors import PatternError
from life.patterns.formats import format_of
from life.patterns.pattern import Pattern

_WEB_PAGE = re.compile(r"\ufeff?\s*+<")


def read_pattern_text(text: str, source: str = "") -> Pattern:
    """Reads the pattern in `text`; its format is told by its content first and by the suffix of `source` second.

    Errors call the text `source`, usually the name of its file.

    Raises:
        PatternError: the text is no pattern, or one that is not supported.
    """
    name = source or "pattern"
    if _WEB_PAGE.match(text):
        raise PatternError("this is a web page and not a pattern; save the pattern that it links to", name)
    form = format_of(text.removeprefix("\ufeff"), source)
    try:
        return form.read(text, name)
    except ValueError as error:
        raise PatternError(f"this cannot be read as {form.title}: {error}", name) from error
