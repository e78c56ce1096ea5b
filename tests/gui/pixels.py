"""What a picture is made of."""

from collections import Counter

from PySide6.QtGui import QColor, QImage


def colours(picture: QImage) -> Counter[str]:
    """How many pixels have which colour, by its name."""
    return Counter(picture.pixelColor(x, y).name() for y in range(picture.height()) for x in range(picture.width()))


def distance(one: QColor, other: QColor) -> int:
    """By how much two colours differ, at most 765."""
    return sum(abs(a - b) for a, b in zip(one.getRgb()[:3], other.getRgb()[:3], strict=True))
