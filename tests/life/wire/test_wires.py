"""The list of wires, which command line, panel, race and settings read."""

import pytest

from life.errors import SettingError
from life.experiment import Experiment, WireKind
from life.rule import CONWAY
from life.wire import WIRES, open_wire, wire_class
from life.wire.base import Wire


def test_every_wire_that_is_meant_by_name_is_listed() -> None:
    assert {wire.key for wire in WIRES} >= {kind.value for kind in WireKind}
    assert len({wire.key for wire in WIRES}) == len(WIRES)


@pytest.mark.parametrize("wire", WIRES, ids=lambda wire: wire.key)
def test_a_wire_is_found_by_its_key_and_says_what_it_is(wire: type[Wire]) -> None:
    assert wire_class(wire.key) is wire
    assert wire.title
    assert wire.summary.endswith(".")


def test_a_wire_that_is_not_there_is_told_with_those_that_are() -> None:
    with pytest.raises(SettingError, match='wire: there is none called "string"; choose one of none, wait, service'):
        open_wire(Experiment(wire="string"), CONWAY)
