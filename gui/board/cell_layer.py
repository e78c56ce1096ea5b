"""The cells as they are painted: one picture, kept while it is right and moved along until the next one is there."""

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QPainter

from gui.board.image import Picture
from gui.board.picture_maker import MARGIN, Made, PictureMaker, Wanted
from gui.board.viewport import Viewport
from gui.look.theme import Theme
from life.plane.box import Box
from life.world import World


class CellLayer(QObject):
    """The cells, and the one picture of them that was made last.

    Signals:
        arrived(): a picture is there that was not there when it was to be painted.
    """

    arrived = Signal()

    def __init__(self, parent: QObject | None = None, maker: PictureMaker | None = None) -> None:
        """`maker` makes those pictures that take longer than a frame."""
        super().__init__(parent)
        self._shown: Wanted | None = None
        self._picture: Picture | None = None
        self._made_for: tuple[Box, Theme] | None = None
        self._maker = maker or PictureMaker(self)
        self._maker.arrived.connect(self._take)

    @property
    def is_blank(self) -> bool:
        """Whether it is known that no cell is in sight that is alive."""
        return self._shown is not None and (self._picture is None or self._picture.is_blank)

    def paint(self, painter: QPainter, world: World, viewport: Viewport, theme: Theme) -> None:
        """Paints what is visible of `world`; what cannot be counted at once is painted as it was, in its new place."""
        wanted = Wanted(world, viewport, theme)
        if not wanted.is_same_as(self._shown):
            if wanted.is_quick:
                self._maker.forget()
                self._show(wanted, wanted.make())
            elif not self._has(wanted, MARGIN // 2):
                self._maker.ask(wanted)
                if not self._has(wanted):
                    self._shown = None  # which lets go of a large board that nobody else may need any more
        if self._picture is not None and self._made_for == (world.frame, theme):
            self._picture.paint(painter, viewport)

    def _has(self, wanted: Wanted, margin: int = 0) -> bool:
        """Whether the picture shows all that is wanted, and that much around it, as it is."""
        shown = self._shown
        return (
            (shown is not None and self._picture is not None)
            and (shown.world is wanted.world and shown.theme == wanted.theme)
            and wanted.is_within(self._picture, margin)
        )

    @Slot(object)
    def _take(self, made: Made) -> None:
        self._show(*made)
        self.arrived.emit()

    def _show(self, wanted: Wanted, picture: Picture | None) -> None:
        self._shown, self._picture, self._made_for = wanted, picture, (wanted.world.frame, wanted.theme)
