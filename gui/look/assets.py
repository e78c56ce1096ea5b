"""Where the files that the window shows lie: beside the source, or wherever a frozen program unpacked itself."""

import sys
from functools import cache
from pathlib import Path


def assets_folder() -> Path:
    """The folder `assets`, whatever the working directory is."""
    return _assets_of(getattr(sys, "_MEIPASS", None))


@cache
def _assets_of(unpacked: str | None) -> Path:
    return (Path(unpacked) if unpacked else Path(__file__).resolve().parents[2]) / "assets"
