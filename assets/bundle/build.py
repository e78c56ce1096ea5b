"""Builds the bundle: `python -m assets.bundle.build`, in the folder of app.py; it takes a few minutes.

What comes out is `dist/lifeloom`, a folder that can be copied to any machine of the same kind and needs no Python.
"""

import argparse
import shutil
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # started by its file's name

from assets.bundle.contents import NAME, ROOT
from assets.bundle.icons import SIZES

HERE = Path(__file__).resolve().parent
FOR_DESKTOPS = ("lifeloom.desktop", "lifeloom-mime.xml", "add-to-menu.sh")


def main(argv: Sequence[str] | None = None) -> int:
    """Builds, says where the bundle is, and returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m assets.bundle.build", description=__doc__.partition("\n")[0])
    parser.add_argument("--dist", type=Path, default=ROOT / "dist", help="where the bundle's folder goes")
    parser.add_argument("--work", type=Path, default=ROOT / "build" / "bundle", help="where PyInstaller works")
    options = parser.parse_args(argv)
    if find_spec("PyInstaller") is None:
        sys.stderr.write(f'PyInstaller is not installed; run: {sys.executable} -m pip install ".[bundle]"\n')
        return 2
    folder = build(options.dist.resolve(), options.work.resolve())
    size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file() and not file.is_symlink())
    sys.stdout.write(f"{folder}: {size / 1e6:,.0f} MB\n")
    return 0


def build(dist: Path, work: Path) -> Path:
    """Makes the bundle and returns its folder; raises whatever PyInstaller raises."""
    from PyInstaller.__main__ import run

    spec = str(HERE / f"{NAME}.spec")
    run(["--noconfirm", "--log-level", "WARN", "--distpath", str(dist), "--workpath", str(work), spec])
    folder = dist / NAME
    if sys.platform.startswith("linux"):
        add_desktop_files(folder, work / NAME / "made")
    return folder


def add_desktop_files(folder: Path, made: Path) -> None:
    """Puts beside the executable what a desktop wants to know, and the script that tells it."""
    for name in FOR_DESKTOPS:
        shutil.copy(HERE / name, folder / name)
    shutil.copytree(made / "hicolor", folder / "icons" / "hicolor", dirs_exist_ok=True)
    missing = [size for size in SIZES if not (folder / f"icons/hicolor/{size}x{size}/apps/{NAME}.png").is_file()]
    assert not missing, f"icons are missing: {missing}"


if __name__ == "__main__":
    sys.exit(main())
