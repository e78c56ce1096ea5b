"""An engine for tests in which nothing is compiled: board by board, plane by plane, one generation after another."""

import numpy as np

from life.board import Board
from life.engine.generation import next_board
from life.engine.world_engine import WorldEngine
from life.plane.tile_plane import TilePlane
from life.rule import Rule
from life.stop import StopSignal
from life.topology import BOUNDED, Topology
from life.world import World


class PlainEngine(WorldEngine):
    """Counts the generations that it was asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.made = 0

    def step(
        self, world: World, rule: Rule, topology: Topology, generations: int = 1, stop: StopSignal | None = None
    ) -> World:
        self.made += generations
        for _ in range(generations):
            if stop:
                stop.check()
            world = next_world(world, rule, topology)
        return world


def next_world(world: World, rule: Rule, topology: Topology) -> World:
    """The world a generation further."""
    if isinstance(world, Board):
        return next_board(world, rule, topology)
    box = world.box
    if box is None:
        return world
    frame = box.grown(1)
    return TilePlane.from_board(next_board(world.crop(frame), rule, BOUNDED), frame.top, frame.left)


def plane(cells: list[tuple[int, int]], top: int = 0, left: int = 0) -> TilePlane:
    """The cells (y, x) on the plane, moved so far down and to the right."""
    ys, xs = np.array([*cells, (0, 0)], np.int64)[:-1].T
    return TilePlane.from_cells(ys + top, xs + left)
