import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from life.editing.chance import Symmetry, random_area
from life.errors import LifeError

UNCHANGED_BY = {
    Symmetry.NONE: (),
    Symmetry.LEFT_RIGHT: (np.fliplr,),
    Symmetry.TOP_BOTTOM: (np.flipud,),
    Symmetry.BOTH: (np.fliplr, np.flipud),
    Symmetry.DIAGONAL: (np.transpose,),
    Symmetry.HALF_TURN: (lambda cells: np.rot90(cells, 2),),
    Symmetry.QUARTER_TURN: (np.rot90,),
    Symmetry.ALL: (np.rot90, np.fliplr, np.transpose),
}
sizes = st.integers(1, 25)


@given(st.sampled_from(Symmetry), sizes, sizes, st.floats(0, 1), st.integers(0, 999))
def test_the_symmetry_that_was_asked_for_is_there(symmetry, height, width, density, seed):
    width = height if symmetry.needs_square else width
    cells = random_area(height, width, density, symmetry, np.random.default_rng(seed))
    assert cells.shape == (height, width)
    assert all(np.array_equal(cells, move(cells)) for move in UNCHANGED_BY[symmetry])


@pytest.mark.parametrize("symmetry", Symmetry)
def test_the_density_is_kept_whatever_the_symmetry(symmetry):
    cells = random_area(400, 400, 0.3, symmetry, np.random.default_rng(1))
    assert cells.mean() == pytest.approx(0.3, abs=0.02)
    assert not random_area(8, 8, 0.0, symmetry, np.random.default_rng(1)).any()
    assert random_area(8, 8, 1.0, symmetry, np.random.default_rng(1)).all()


@pytest.mark.parametrize("symmetry", [s for s in Symmetry if s is not Symmetry.NONE])
def test_no_fill_is_more_symmetric_than_it_was_asked_to_be(symmetry):
    cells = random_area(40, 40, 0.5, symmetry, np.random.default_rng(2))
    kept = {name for name, moves in UNCHANGED_BY.items() if all(np.array_equal(cells, m(cells)) for m in moves)}
    implied = {
        Symmetry.BOTH: {Symmetry.LEFT_RIGHT, Symmetry.TOP_BOTTOM, Symmetry.HALF_TURN},
        Symmetry.QUARTER_TURN: {Symmetry.HALF_TURN},
        Symmetry.ALL: set(Symmetry),
    }
    assert kept == {Symmetry.NONE, symmetry} | implied.get(symmetry, set())


@pytest.mark.parametrize("symmetry", [s for s in Symmetry if s.needs_square])
def test_what_needs_a_square_says_so(symmetry):
    with pytest.raises(LifeError, match="must be square, and this is 3 × 4; select a square"):
        random_area(3, 4, 0.5, symmetry, np.random.default_rng(0))
