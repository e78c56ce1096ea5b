"""Colours between two others in steps that look equal."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor

Lab = NDArray[np.float64]

# CIE L*a*b* with the white of sRGB (CIE 15:2004, IEC 61966-2-1), in which equal steps look equal.
_TO_XYZ = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
_WHITE = (0.9505, 1.0, 1.089)
_EDGE = 6 / 29


def blended(first: str, last: str, count: int) -> list[str]:
    """So many colours "#rrggbb" from `first` to `last`, these included."""
    start, end = _to_lab(QColor(first)), _to_lab(QColor(last))
    return [_from_lab(start * (1 - share) + end * share) for share in np.linspace(0, 1, count)]


def lightness(colour: str) -> float:
    """How light a colour looks, from 0 for black to 100 for white."""
    return float(_to_lab(QColor(colour))[0])


def _to_lab(colour: QColor) -> Lab:
    channels = np.array([colour.redF(), colour.greenF(), colour.blueF()])
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    scaled = np.array(_TO_XYZ) @ linear / np.array(_WHITE)
    bent = np.where(scaled > _EDGE**3, np.cbrt(scaled), scaled / (3 * _EDGE**2) + 4 / 29)
    return np.array([116 * bent[1] - 16, 500 * (bent[0] - bent[1]), 200 * (bent[1] - bent[2])])


def _from_lab(lab: Lab) -> str:
    middle = (lab[0] + 16) / 116
    bent = np.array([middle + lab[1] / 500, middle, middle - lab[2] / 200])
    xyz = np.where(bent > _EDGE, bent**3, (bent - 4 / 29) * 3 * _EDGE**2) * np.array(_WHITE)
    linear = np.clip(np.linalg.solve(np.array(_TO_XYZ), xyz), 0, 1)
    channels = np.where(linear <= 0.0031308, linear * 12.92, 1.055 * linear ** (1 / 2.4) - 0.055)
    red, green, blue = (float(channel) for channel in np.clip(channels, 0, 1))
    return QColor.fromRgbF(red, green, blue).name()
