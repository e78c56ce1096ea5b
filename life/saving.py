"""Saving a file without endangering the one that it replaces.

The new bytes are complete on the disk before they take the old one's name.
"""

import os
import shutil
from pathlib import Path
from uuid import uuid4


def replace_file(path: str | os.PathLike[str], data: bytes) -> None:
    """Writes `data` to `path`, through links; an old file stays whole if anything fails.

    Raises:
        OSError, ValueError: it cannot be written; `why_not` says why.
    """
    target = Path(os.path.realpath(path))
    if target.exists() and not target.is_file():
        raise IsADirectoryError(target) if target.is_dir() else ValueError("it is a device, not a file")
    draft = target.with_name(f".{uuid4().hex}.tmp")
    try:
        with open(draft, "xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            shutil.copymode(target, draft)
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)


def why_not(verb: str, error: OSError | ValueError) -> str:
    """One clause for the user: that this file cannot be `verb`, as in "read" or "saved", and why."""
    match error:
        case FileNotFoundError():
            reason = "there is no such file or folder"
        case IsADirectoryError():
            reason = "it is a folder"
        case PermissionError():
            reason = "you have no permission"
        case OSError(strerror=str(text)):
            reason = text
        case _:
            reason = str(error)
    return f"this cannot be {verb}: {reason}"
