"""What is said about a pattern, in a line and in a sentence."""

import textwrap

from gui import words
from life.patterns.library import Entry
from life.rule import CONWAY
from life.rules import known_rule, with_name

_LONGEST = 240  # characters of a description that there is room for
_LONGEST_TIP = 2_000


def second_line(entry: Entry) -> str:
    """Under the name in the list: who found it and when, how large it is, and its rule where that is not Life."""
    if entry.problem:
        return f"Not read: {entry.problem}"
    known = known_rule(entry.rule)
    rule = "" if entry.rule == CONWAY else known.name if known else str(entry.rule)
    return " · ".join(part for part in (rule, entry.author, size(entry)) if part)


def size(entry: Entry) -> str:
    """Rows by columns, as everywhere in this application."""
    return f"{entry.height:,} × {entry.width:,}"


def facts(entry: Entry) -> str:
    """Size, live cells and rule, for the details."""
    if entry.problem:
        return entry.path.name
    rule = "" if entry.rule == CONWAY else f"\nRule {with_name(entry.rule)}"
    return f"{size(entry)}, {words.count(entry.population, 'live cell')}{rule}"


def comment(entry: Entry) -> str:
    """What the file says, or why it says nothing."""
    return f"This file was not read: {entry.problem}." if entry.problem else entry.comment


def shortened(text: str) -> str:
    """The beginning of a long text, up to the end of a word."""
    return textwrap.shorten(text, _LONGEST, placeholder="…") if len(text) > _LONGEST else text


def tip(text: str) -> str:
    """A text to be shown at the pointer, broken into lines; whatever a file says is shown as it is written."""
    import html  # brings along the names of all entities

    return f"<p>{html.escape(text[:_LONGEST_TIP])}</p>" if text else ""


def in_words(entry: Entry) -> str:
    """All of it, for those who cannot see the picture."""
    author = f", {entry.author}" if entry.author else ""
    return f"{entry.name}{author}. {facts(entry).replace(chr(10), '. ')}. {comment(entry)}".strip()


def heading_in_words(group: str, count: int) -> str:
    """A heading, for those who cannot see that it is one."""
    return f"{group}, {words.count(count, 'pattern')}"


def nothing_found(text: str) -> str:
    """Instead of an empty list."""
    return (
        f"No pattern has “{' '.join(text.split())}” in its name, author, rule or description.\n\n"
        "Try fewer letters, or a word such as gun, spaceship, 1970 or Conway."
    )


def other_rule(entry: Entry, rule_of_board: str) -> str:
    """Said when a pattern is placed on a board that lives by another rule."""
    return (
        f"{entry.name} was made for {with_name(entry.rule)}, and this board lives by {rule_of_board}: "
        "it will do something else here. Open it instead to change the rule with it."
    )
