"""Where the time of a generation went: one stacked bar, and under the same scale the ideal, every part labelled."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui import words
from gui.look.theme import Theme, theme_of
from gui.look.type_size import enlarged
from life.trace.costs import Costs

_BAR = 20.0
_GAP = 6.0
_SWATCH = 10.0
_BETWEEN_LABELS = 16.0
_WORDS = ("took", "ideal")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a bar: what it is, how many seconds it is, and which colour of the theme it has."""

    name: str
    seconds: float
    colour: str

    @property
    def label(self) -> str:
        """Its name and its number."""
        return f"{self.name} {words.duration(self.seconds) if self.seconds else '0 ms'}"


def parts_of(costs: Costs) -> tuple[Part, ...]:
    """The parts of a generation's wall time, in the order in which most of them come."""
    return (
        Part("starting", costs.starting / 1e9, "handing_out"),
        Part("running", costs.running / 1e9, "running"),
        Part("waiting for the lock", costs.waiting_for_lock / 1e9, "lock_wait"),
        Part("waiting for I/O", costs.waiting_for_io / 1e9, "io_wait"),
        Part("joining", costs.joining / 1e9, "collecting"),
    )


class CostsBar(QWidget):
    """Two bars, what it took and the ideal, and a legend with the seconds of every part."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("costs-bar")
        self.setAccessibleName("Where the time went")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._parts: tuple[Part, ...] = ()
        self._ideal = 0.0

    @property
    def parts(self) -> tuple[Part, ...]:
        """What is shown."""
        return self._parts

    def show_parts(self, parts: Sequence[Part], ideal: float) -> None:
        """Shows other parts, against an ideal of so many seconds."""
        self._parts, self._ideal = tuple(parts), ideal
        told = ", ".join(part.label for part in self._parts if part.seconds > 0)
        self.setAccessibleDescription(f"{told}; ideal {words.duration(ideal)}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As high as its bars and the lines of its legend."""
        lines = self._legend()[-1][1] + 1 if self._parts else 1
        return QSize(320, round(2 * (enlarged(_BAR) + _GAP) + lines * self._line_height))

    minimumSizeHint = sizeHint

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The legend may take another number of lines now."""
        super().resizeEvent(event)
        self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paints both bars and the legend."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = theme_of(self.palette())
        whole = sum(part.seconds for part in self._parts)
        ideal = Part("", self._ideal, "dim_text")
        self._paint_bar(painter, theme, 0.0, _WORDS[0], self._parts, whole)
        self._paint_bar(painter, theme, enlarged(_BAR) + _GAP, _WORDS[1], (ideal,), self._ideal)
        self._paint_legend(painter, theme)
        painter.end()

    def _paint_bar(
        self, painter: QPainter, theme: Theme, top: float, word: str, parts: Sequence[Part], seconds: float
    ) -> None:
        left, right = self._ends()
        scale = (right - left) / max(sum(part.seconds for part in self._parts), self._ideal, 1e-9)
        painter.setPen(QColor(theme.dim_text))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(0, top, left, enlarged(_BAR)), middle, word)
        at = left
        for part in parts:
            width = part.seconds * scale
            painter.fillRect(QRectF(at, top, width, enlarged(_BAR)), QColor(getattr(theme, part.colour)))
            at += width
        painter.setPen(QColor(theme.text))
        painter.drawText(QRectF(at + _GAP, top, self.width() - at, enlarged(_BAR)), middle, words.duration(seconds))

    def _paint_legend(self, painter: QPainter, theme: Theme) -> None:
        top = 2 * (enlarged(_BAR) + _GAP)
        for part, line, x in self._legend():
            y = top + line * self._line_height
            swatch = QRectF(x, y + (self._line_height - enlarged(_SWATCH)) / 2, enlarged(_SWATCH), enlarged(_SWATCH))
            painter.setPen(QColor(theme.edge))
            painter.setBrush(QColor(getattr(theme, part.colour)))
            painter.drawRect(swatch)
            painter.setPen(QColor(theme.text))
            metrics = QFontMetricsF(self.font())
            base = y + (self._line_height + metrics.ascent() - metrics.descent()) / 2
            painter.drawText(QPointF(x + enlarged(_SWATCH) + 5, base), part.label)

    def _legend(self) -> list[tuple[Part, int, float]]:
        """Each part with the line and the place in it where its label begins."""
        metrics, placed = QFontMetricsF(self.font()), []
        line, x = 0, 0.0
        for part in self._parts:
            width = enlarged(_SWATCH) + 5 + metrics.horizontalAdvance(part.label)
            if x and x + width > self.width():
                line, x = line + 1, 0.0
            placed.append((part, line, x))
            x += width + _BETWEEN_LABELS
        return placed

    def _ends(self) -> tuple[float, float]:
        """Where a bar begins, and where the longest ends, which leaves room for the number after it."""
        metrics = QFontMetricsF(self.font())
        longest = max(metrics.horizontalAdvance(word) for word in _WORDS)
        number = metrics.horizontalAdvance("888 minutes")
        return longest + 2 * _GAP, max(self.width() - number - 2 * _GAP, longest + 2 * _GAP + 1)

    @property
    def _line_height(self) -> float:
        return float(QFontMetricsF(self.font()).height() + 4)
