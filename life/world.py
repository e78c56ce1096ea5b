"""What one generation stands on: a board with edges of some kind, or the plane, which has none."""

from life.board import Board
from life.plane.plane import Plane

World = Board | Plane
