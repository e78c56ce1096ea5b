"""Saving a file without endangering the one that it replaces.

The new bytes are complete on the disk before they take the old one's name.
"""

import errno
import os
import shutil
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

_REASONS = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "all the space that you may use on this disk is taken",
    errno.EFBIG: "the system allows no file of this size",
    errno.EROFS: "the disk is read-only",
    errno.EIO: "the disk does not answer as it should",
    errno.ENOTDIR: "what should be a folder in its path is a file",
}


def replace_file(path: str | os.PathLike[str], data: bytes) -> None:
    """Writes `data` to `path`, through links; an old file stays whole if anything fails.

    Raises:
        OSError, ValueError: it cannot be written; `why_not` says why.
    """
    target = Path(os.path.realpath(path))
    if target.exists() and not target.is_file():
        raise IsADirectoryError(target) if target.is_dir() else ValueError("it is a device, not a file")
    if target.exists() and not _may_write(target):  # which its folder alone would let us get round
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(target))
    draft = target.with_name(f".{uuid4().hex}.tmp")
    try:
        with open(draft, "xb") as file:
            if target.exists():  # first, so that nobody reads in the draft what the file itself would not show
                shutil.copymode(target, draft)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(target)
    finally:
        with suppress(OSError):  # why it was not saved is what counts
            draft.unlink(missing_ok=True)


def _may_write(file: Path) -> bool:
    if os.access in os.supports_effective_ids:
        return os.access(file, os.W_OK, effective_ids=True)
    return os.access(file, os.W_OK)


def check_room(folder: Path) -> None:
    """Raises the `OSError` of whoever writes a small file in `folder` now."""
    draft = folder / f".{uuid4().hex}.tmp"
    try:
        with open(draft, "xb") as file:
            file.write(b"0" * 512)
            file.flush()
            os.fsync(file.fileno())
    finally:
        with suppress(OSError):
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
            reason = _REASONS.get(error.errno or 0, text)
        case _:
            reason = str(error)
    return f"this cannot be {verb}: {reason}"
