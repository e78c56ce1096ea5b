"""A pattern's comments as people read and write them: without the letters that stand before them in a file."""

import re

_MARK = "#C"
_REMARK = re.compile(r"#[CD](?: (.*)|$)", re.DOTALL)


def shown(comments: tuple[str, ...]) -> str:
    """The text to show, a line for each comment."""
    return "\n".join(_shown(comment) for comment in comments)


def written(text: str, before: tuple[str, ...]) -> tuple[str, ...]:
    """The comments that stand for `text`; lines that `shown` made of the comments `before` stay as they were."""
    old = {_shown(comment): comment for comment in reversed(before)}
    lines = text.rstrip().splitlines()
    return tuple(old.get(line) or f"{_MARK} {line}".rstrip() for line in lines)


def _shown(comment: str) -> str:
    match = _REMARK.fullmatch(comment)
    return (match[1] or "") if match else comment
