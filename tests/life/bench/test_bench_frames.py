import json

import numpy as np
import pytest

from life.bench import command, frames
from life.bench.frames import FrameSpeed, frame_speeds
from life.bench.speeds import soup


def test_every_board_is_measured_from_a_cell_a_pixel_until_all_of_it_is_in_the_window():
    measured = list(frame_speeds((700, 1000, 3201)))
    assert [(speed.side, speed.log2) for speed in measured] == [
        (700, 0), (1000, 0), (1000, 1), (3201, 0), (3201, 1), (3201, 2), (3201, 3)
    ]  # fmt: skip
    assert all(speed.seconds > 0 for speed in measured)


@pytest.mark.parametrize("log2", [0, 1, 2])
def test_a_frame_is_as_large_as_the_window_and_shows_the_middle_of_the_board(log2):
    board = soup(3000, 0.125)
    frame = frames._frame_of(board, log2)()
    top, left = ((3000 - min(pixels << log2, 3000)) // 2 >> log2 << log2 for pixels in (800, 1280))
    block = 1 << log2
    height, width = min(800, -(-3000 // block)), min(1280, -(-3000 // block))
    cells = board.cells()[top : top + height * block, left : left + width * block]
    cells = np.pad(cells, ((0, height * block - len(cells)), (0, width * block - cells.shape[1])))
    expected = cells.reshape(height, block, width, block).mean((1, 3))
    shown = frame.cells() if log2 == 0 else frame
    assert np.allclose(shown, expected)


def test_frames_are_told_in_a_table_and_in_json():
    speed = FrameSpeed(16384, 5, 0.0025)
    assert command.table_of_frames([speed])[1] == ("16,384²", "32 × 32", "2.50")
    assert json.loads(command.as_json([], frames=[speed]))["frames"] == [{"side": 16384, "log2": 5, "seconds": 0.0025}]
