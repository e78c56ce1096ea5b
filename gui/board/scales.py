"""Views of a board that are asked for by number or by place, rather than step by step."""

from dataclasses import replace

from gui.board.viewport import Span, Viewport

SCALES = (1, 2, 4, 8, 16, 32)  # device-independent pixels a cell that have a key of their own, as in Golly


def at_scale(viewport: Viewport, scale: float) -> Viewport:
    """With cells of so many device-independent pixels; what is in the middle of the widget stays there."""
    middle = viewport.height / 2 / viewport.ratio, viewport.width / 2 / viewport.ratio
    return viewport.zoomed_to(scale, middle)


def fitted_to(viewport: Viewport, span: Span, margin: float) -> Viewport:
    """With some of the cells in the middle, as large as they go with `margin` device-independent pixels around."""
    fitted = viewport.fitted(span.bottom - span.top, span.right - span.left, margin)
    return replace(fitted, top=fitted.top - span.top * fitted.pitch, left=fitted.left - span.left * fitted.pitch)
