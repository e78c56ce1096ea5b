"""Where compiled loops are kept between runs: a folder that the user can write, unlike perhaps that of the program."""

import os
import sys
from pathlib import Path


def cache_folder() -> Path:
    """The platform's folder for what can be made again, with ours in it; it need not exist."""
    home = Path.home()
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", home / "AppData" / "Local")) / "Lifeloom" / "cache"
    if sys.platform == "darwin":
        return home / "Library" / "Caches" / "Lifeloom"
    return Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache") / "lifeloom"
