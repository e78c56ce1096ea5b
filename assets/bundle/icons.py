"""The application's icon in the forms that desktops want, all drawn from the one SVG.

A desktop asks for PNG at several sizes, Windows for one `.ico` and macOS for one `.icns` that hold several. Every size
is drawn anew from the SVG, because a picture made smaller is blurred.
"""

from pathlib import Path

from PIL import Image
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from assets.bundle.contents import NAME, ROOT

SIZES = (16, 24, 32, 48, 64, 128, 256, 512)
SIZES_OF_ICO = (16, 24, 32, 48, 64, 128, 256)  # the format's largest is 256
SIZES_OF_ICNS = (16, 32, 64, 128, 256, 512)


def make_icons(folder: Path, drawing: Path = ROOT / "assets" / "icons" / f"{NAME}.svg") -> None:
    """Writes `lifeloom.ico`, `lifeloom.icns` and `hicolor/NxN/apps/lifeloom.png` of every size into `folder`.

    Raises:
        ValueError: `drawing` is no SVG.
        OSError: something cannot be written.
    """
    renderer = QSvgRenderer(str(drawing))
    if not renderer.isValid():
        raise ValueError(f"{drawing} cannot be drawn; it must be an SVG")
    pictures = {size: _drawn(renderer, size, _png(folder, size)) for size in SIZES}
    scalable = folder / "hicolor" / "scalable" / "apps" / f"{NAME}.svg"
    scalable.parent.mkdir(parents=True, exist_ok=True)
    scalable.write_bytes(drawing.read_bytes())
    _save_together(folder / f"{NAME}.ico", [pictures[size] for size in SIZES_OF_ICO], "ICO")
    _save_together(folder / f"{NAME}.icns", [pictures[size] for size in SIZES_OF_ICNS], "ICNS")


def _png(folder: Path, size: int) -> Path:
    return folder / "hicolor" / f"{size}x{size}" / "apps" / f"{NAME}.png"


def _drawn(renderer: QSvgRenderer, size: int, path: Path) -> Image.Image:
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    renderer.render(painter, QRectF(0, 0, size, size))
    painter.end()
    path.parent.mkdir(parents=True, exist_ok=True)
    if not image.save(str(path)):
        raise OSError(f"{path} cannot be written")
    with Image.open(path) as picture:
        return picture.copy()


def _save_together(path: Path, pictures: list[Image.Image], form: str) -> None:
    *smaller, largest = pictures
    sizes = {"sizes": [picture.size for picture in pictures]} if form == "ICO" else {}
    largest.save(path, form, append_images=smaller, **sizes)
