"""Where a user's files belong that are no documents, following each system's custom; none of the folders need exist."""

import os
import sys
from pathlib import Path


def data_folder() -> Path:
    """For what the user makes and keeps here."""
    return _folder("Application Support", "XDG_DATA_HOME", ".local/share")


def state_folder() -> Path:
    """For what the program keeps for itself from one start to the next."""
    return _folder("Application Support", "XDG_STATE_HOME", ".local/state")


def log_folder() -> Path:
    """For what somebody reads who looks for a cause."""
    return _folder("Logs", "XDG_STATE_HOME", ".local/state")


def cache_folder() -> Path:
    """For what can be made again."""
    folder = _folder("Caches", "XDG_CACHE_HOME", ".cache")
    return folder / "cache" if sys.platform == "win32" else folder


def _folder(on_mac: str, variable: str, otherwise: str) -> Path:
    home = Path.home()
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", home / "AppData" / "Local")) / "Lifeloom"
    if sys.platform == "darwin":
        return home / "Library" / on_mac / "Lifeloom"
    return Path(os.environ.get(variable) or home / otherwise) / "lifeloom"
