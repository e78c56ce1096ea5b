"""A session on large boards and on the endless plane."""

import gc
from dataclasses import replace

import numpy as np
import pytest

from gui.document import Answer, Document
from life.board import Board
from life.facts import Mode
from life.notation import parse_rule
from life.patch import Patch
from life.plane.tile_plane import TilePlane
from life.rule import CONWAY
from life.topology import BOUNDED, PLANE, TORUS
from tests.gui.fakes import FakeQuestions, board, result, session, state

FAR = 10**18


def stroke(*cells: tuple[int, int], alive: bool = True) -> Patch:
    ys, xs = np.array(cells, np.int64).T
    return Patch(ys, xs, alive)


def plane_of(*cells: tuple[int, int]) -> TilePlane:
    ys, xs = np.array(cells, np.int64).reshape(-1, 2).T
    return TilePlane.from_cells(ys, xs)


def on_plane(*cells: tuple[int, int], **more):
    """A session on a plane, and what it said to the user and to whoever shows it."""
    made, simulation, bridge = session(replace(state(cells=plane_of(*cells), **more), topology=PLANE))
    heard: list[str] = []
    made.told.connect(heard.append)
    return made, simulation, bridge, heard


@pytest.fixture(autouse=True)
def application(qapp):
    """Garbage is looked for in this thread only, as in the program: another one may compile meanwhile."""
    gc.disable()
    yield qapp
    gc.collect()
    gc.enable()


def test_a_stroke_on_the_plane_is_one_step_and_can_be_undone():
    made, simulation, _, _ = on_plane((0, 0))
    made.edit(stroke((FAR, -FAR), (FAR, 1 - FAR)))
    made.edit(stroke((FAR, 2 - FAR)))
    made.end_stroke()
    assert made.board == plane_of((0, 0), *((FAR, x - FAR) for x in range(3)))
    assert simulation.names == ["go_to", "go_to"]
    made.edit(stroke((0, 0), alive=False))
    assert made.undo_text == "Erase"
    made.undo()
    made.undo()
    assert made.board == plane_of((0, 0))
    assert made.undo_text == ""
    made.redo()
    assert made.board.population == 4


def test_a_stroke_over_cells_that_are_as_they_should_be_changes_nothing_on_the_plane():
    made, simulation, _, _ = on_plane((5, 5))
    made.edit(stroke((5, 5)))
    made.edit(stroke((6, 6), alive=False))
    assert simulation.calls == []
    assert made.undo_text == ""


def test_a_stroke_on_a_large_board_never_puts_its_bits_together():
    bits = np.random.default_rng(0).integers(0, 256, (4096, 512), np.uint8)
    made, _, _ = session(state(cells=Board(4096, 4096, bits)))
    for x in range(50):
        made.edit(stroke((7, x), (8, x)))
    made.end_stroke()
    drawn = made.board
    made.undo()
    made.redo()
    assert made.board == drawn
    assert type(drawn._kept).__name__ == type(made.board._kept).__name__ == "_Edited"


def test_a_plane_gets_edges_around_what_lives_there_and_loses_them_again_by_an_undo():
    made, _, _, heard = on_plane((FAR, FAR), (FAR + 2, FAR))
    resized = []
    made.resized.connect(lambda: resized.append(made.board))
    made.toggle_fault(FAR, FAR)
    made.toggle_fault(5, 5)
    made.set_topology(TORUS)
    assert (made.board, made.topology) == (board(48, 64, (22, 31), (24, 31)), TORUS)
    assert made.experiment.faults == {(22, 31): made.planted_kind}
    assert made.undo_text == "Change of edges"
    made.undo()
    assert (made.board, made.topology) == (plane_of((FAR, FAR), (FAR + 2, FAR)), PLANE)
    assert set(made.experiment.faults) == {(FAR, FAR), (5, 5)}
    made.redo()
    assert (made.board.population, made.topology) == (2, TORUS)
    assert len(resized) == 3
    assert heard == []


def test_a_board_loses_its_edges_and_no_cell_moves():
    made, simulation, _ = session(state(cells=board(8, 10, (7, 9), (1, 2))))
    made.set_topology(PLANE)
    assert (made.board, made.topology) == (plane_of((7, 9), (1, 2)), PLANE)
    assert simulation.calls[-1][1] == made.moment
    made.undo()
    assert (made.board, made.topology) == (board(8, 10, (7, 9), (1, 2)), TORUS)


def test_edges_that_cannot_be_are_refused_with_the_reason_and_shown_as_they_are():
    made, simulation, _, heard = on_plane((0, 0), (FAR, FAR))
    told = []
    made.state_changed.connect(lambda: told.append(made.topology))
    made.set_topology(BOUNDED)
    assert (made.topology, told, simulation.calls, made.undo_text) == (PLANE, [PLANE], [], "")
    assert len(heard) == 1
    assert "too many for a board with edges" in heard[0]


def test_a_rule_with_b0_is_refused_on_the_plane_with_the_reason():
    made, simulation, _, heard = on_plane((0, 0))
    made.set_rule(parse_rule("B03/S23").rule)
    assert (made.rule, simulation.calls) == (CONWAY, [])
    assert heard[0].startswith("The rule B03/S23 cannot run on the endless plane")
    assert "every dead cell would come alive at once; give the board edges" in heard[0]


def test_a_board_whose_rule_has_b0_keeps_its_edges():
    made, simulation, _ = session()
    heard: list[str] = []
    made.told.connect(heard.append)
    made.set_rule(parse_rule("B03/S23").rule)
    made.set_topology(PLANE)
    assert (made.topology, simulation.names, len(heard)) == (TORUS, ["go_to"], 1)


def test_the_plane_has_no_size_to_change():
    made, simulation, _, _ = on_plane((0, 0))
    made.resize(10, 10)
    assert simulation.calls == []


def test_a_reset_goes_back_to_the_plane_that_the_run_began_on():
    made, _, bridge, _ = on_plane((0, 0), (0, 1), (0, 2))
    bridge._post(replace(state(0, mode=Mode.PLAYING, cells=made.board), topology=PLANE))
    bridge._post(result(1, cells=plane_of((-1, 1), (0, 1), (1, 1))))
    bridge._deliver()
    assert made.generation == 1
    made.set_topology(TORUS)
    made.reset()
    assert (made.generation, made.board, made.topology) == (0, plane_of((0, 0), (0, 1), (0, 2)), PLANE)


def test_faults_planted_far_out_on_the_plane_stay_when_a_pattern_is_loaded_there():
    made, _, _, _ = on_plane((0, 0))
    made.toggle_fault(-FAR, FAR)
    made.load(plane_of((1, 1)), CONWAY, PLANE)
    assert set(made.experiment.faults) == {(-FAR, FAR)}
    made.load(board(8, 10), CONWAY, TORUS)
    assert made.experiment.faults == {}


def test_a_plane_that_was_not_saved_comes_back_as_one_step():
    made, _, _ = session()
    moment = on_plane((FAR, 3))[0].moment
    made.recover(moment)
    assert (made.board, made.topology, made.is_edited) == (plane_of((FAR, 3)), PLANE, True)
    made.undo()
    assert made.board == TilePlane()


# Files


def document_on(*cells: tuple[int, int], path=None) -> tuple[Document, object]:
    made, _, _, _ = on_plane(*cells)
    document = Document(made, FakeQuestions(Answer.DISCARD, path), parent=made)
    document.heard = []
    document.told.connect(document.heard.append)
    return document, made


def test_a_new_board_is_of_the_kind_that_was_there():
    document, made = document_on((1, 1))
    document.start_new()
    assert (made.board, made.topology) == (TilePlane(), PLANE)
    document.start_new_board()
    assert (made.board, made.topology) == (board(48, 64), TORUS)
    made.set_topology(BOUNDED)
    document.start_new()
    assert (made.board, made.topology) == (board(48, 64), BOUNDED)
    document.start_new_plane()
    assert (made.board, made.topology) == (TilePlane(), PLANE)


def test_no_new_plane_is_begun_with_a_rule_that_it_cannot_have():
    document, made = document_on()
    document.start_new_board()
    made.set_rule(parse_rule("B03/S23").rule)
    document.start_new_plane()
    assert made.topology == TORUS
    assert "cannot run on the endless plane" in document.heard[0]


@pytest.mark.parametrize("name", ["a.rle", "a.lif", "a.cells", "a.rle.gz", "a.mc", "a.mc.gz"])
def test_a_plane_that_is_saved_opens_in_the_same_place(tmp_path, name):
    cells = (-4, 7), (-4, 9), (3, -5)
    document, made = document_on(*cells, path=tmp_path / name)
    document.save_as()
    made.edit(stroke((20, 20)))
    document.open(tmp_path / name)
    assert (made.board, made.topology) == (plane_of(*cells), PLANE)
    assert document.heard == []


def test_a_plane_is_saved_far_out_and_opens_there(tmp_path):
    cells = (FAR, -FAR), (FAR + 1, 1 - FAR)
    document, made = document_on(*cells, path=tmp_path / "far.rle")
    document.save_as()
    assert f"#CXRLE Pos={-FAR},{FAR}" in (tmp_path / "far.rle").read_text()
    document.open(tmp_path / "far.rle")
    assert made.board == plane_of(*cells)


def test_a_plane_too_large_for_a_format_is_not_saved_and_the_sentence_says_what_to_do(tmp_path):
    document, _ = document_on((-FAR, 0), (FAR, 0), path=tmp_path / "wide.rle")
    document.save_as()
    assert not (tmp_path / "wide.rle").exists()
    assert len(document.heard) == 1
    assert "save it as" in document.heard[0]


def test_such_a_plane_is_saved_as_macrocell_and_opens_in_the_same_place(tmp_path):
    path = tmp_path / "wide.mc"
    document, made = document_on((-FAR, 0), (FAR, 7), path=path)
    document.save_as()
    made.edit(stroke((20, 20)))
    document.save()
    made.load(TilePlane(), CONWAY, PLANE)
    document.open(path)
    assert [cells.tolist() for cells in made.board.live_cells()] == [[-FAR, 20, FAR], [0, 20, 7]]
    assert (made.topology, document.heard) == (PLANE, [])


@pytest.mark.parametrize(("far", "name"), [(100, "pattern.rle"), (FAR, "pattern.mc")])
def test_the_format_that_is_suggested_can_hold_the_plane(far, name):
    document, _ = document_on((0, 0), (far, far))
    assert document._suggested_path().name == name


def test_a_file_without_a_topology_opens_on_the_plane(tmp_path):
    glider = tmp_path / "glider.rle"
    glider.write_text("x = 3, y = 3\nbo$2bo$3o!")
    document, made = document_on()
    document.open(glider)
    assert (made.topology, made.board.population) == (PLANE, 5)
