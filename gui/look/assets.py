"""Where the files that the window shows lie: beside the source, or wherever a frozen program unpacked itself."""

import sys
from pathlib import Path


def assets_folder() -> Path:
    """The folder `assets`, whatever the working directory is."""
    unpacked = getattr(sys, "_MEIPASS", None)
    return (Path(unpacked) if unpacked else Path(__file__).resolve().parents[2]) / "assets"
