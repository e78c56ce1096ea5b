"""What can be wrong with the settings file, said while the user can still do something about it."""

import shutil
from pathlib import Path

from PySide6.QtCore import QSettings

BROKEN = ".broken"
_INI = (".conf", ".ini")  # elsewhere it is a registry, or a list of properties, that the system looks after


def trouble_with(store: QSettings) -> str:
    """What the user should know about where the settings are kept, or "".

    A file that cannot be read as a whole is copied first, because what is remembered next takes its place.
    """
    file = Path(store.fileName())
    if file.suffix in _INI and _is_damaged(file):
        return _set_aside(file)
    if not store.isWritable():
        return f"The settings file {file} cannot be written, so what you choose is forgotten when the window is closed."
    return ""


def trouble_of_writing(store: QSettings) -> str:
    """Why the settings were not written the last time that they should have been, or ""."""
    if store.status() != QSettings.Status.AccessError:
        return ""
    file = store.fileName()
    return f"What you chose is not remembered: {file} could not be written. Is the disk full, or the folder read-only?"


def _is_damaged(file: Path) -> bool:
    """Whether there is a line in it that Qt passes over; Qt itself says so only when it has written the file anew."""
    try:
        lines = file.read_bytes().replace(b"\\\r\n", b"").replace(b"\\\n", b"").splitlines()
    except OSError:
        return False  # there is none yet
    meant = (line for line in map(bytes.strip, lines) if line and not line.startswith((b";", b"#")))
    return any(b"]" not in line if line.startswith(b"[") else b"=" not in line for line in meant)


def _set_aside(file: Path) -> str:
    copy = file.with_name(file.name + BROKEN)
    lost = f"The settings file {file} is damaged. What of it could not be read is as it was at first"
    try:
        shutil.copyfile(file, copy)
    except OSError as error:
        return f"{lost}; it could not be copied to {copy.name} ({error.strerror})."
    return f"{lost}; the damaged file is kept as {copy.name}."
