import json

from life.bench import command, plane
from life.bench.plane import PlaneSpeed, plane_speeds


def test_every_pattern_is_measured_by_tiles_and_by_hashlife(monkeypatch):
    monkeypatch.setattr(plane, "PATTERNS", ("gosper-glider-gun",))
    measured = list(plane_speeds())
    assert [(s.engine, s.generations) for s in measured] == [
        ("tiles", 1000),
        ("hashlife", 1 << 20),
        ("hashlife", 1 << 30),
    ]
    assert [s.population for s in measured] == [384, 174_804, 178_957_021]
    assert all(s.seconds > 0 and s.frame_seconds > 0 and s.nbytes > 0 for s in measured)


def test_speeds_on_the_plane_are_told_in_a_table_and_in_json():
    speed = PlaneSpeed("max", "hashlife", 1 << 20, 0.002, 12_345, 3 << 20, 0.0005)
    assert command.table_of_planes([speed])[1] == (
        "max", "hashlife", "1,048,576", "2.00", "524,288,000", "12,345", "3.0", "0.50"
    )  # fmt: skip
    (kept,) = json.loads(command.as_json([], on_plane=[speed]))["planes"]
    assert (kept["pattern"], kept["population"], kept["frame_seconds"]) == ("max", 12_345, 0.0005)
