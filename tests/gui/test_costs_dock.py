from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from gui.look.theme import DARK, LIGHT, apply_theme
from gui.watch import costs_dock
from gui.watch.costs_bar import CostsBar, parts_of
from gui.watch.costs_dock import EMPTY, NOT_RECORDED, TOO_MANY, CostsDock
from gui.watch.costs_figures import figures_of
from life.experiment import Fault
from life.trace.costs import Costs
from life.trace.limits import ThreadLimit
from tests.gui.pixels import colours
from tests.gui.watching import Watched

COSTS = Costs(
    wall=312_000_000, starting=98_000_000, running=4_000_000, waiting_for_lock=1_000_000, waiting_for_io=101_000_000,
    joining=108_000_000, threads_started=768, peak_alive=412, stack_reserved=412 * (8 << 20), memory_used=6_700_000,
    voluntary_switches=3_300, involuntary_switches=121, lock_contended=12, lock_waited=300_000, failures=2,
    failures_unseen=1,
)  # fmt: skip


@pytest.fixture
def watched(qapp) -> Watched:
    return Watched()


@pytest.fixture
def dock(qtbot, watched):
    made = CostsDock(watched.watch)
    qtbot.addWidget(made)
    made.resize(540, 400)
    made.show()
    qtbot.waitExposed(made)
    made.grab()
    return made


def figure(dock, caption: str):
    return next(told for told in dock.figures.told if told.caption == caption)


# What is said


def test_the_parts_add_up_to_what_it_took(dock, watched):
    record = watched.run()
    assert sum(part.seconds for part in dock.bar.parts) == pytest.approx(record.seconds)
    assert [part.name for part in dock.bar.parts] == [
        "starting", "running", "waiting for the lock", "waiting for I/O", "joining",
    ]  # fmt: skip
    assert dock.summary.text().startswith("Generation 1: ")


def test_every_figure_says_how_it_came_about():
    told = {figure.caption: (figure.value, figure.origin) for figure in figures_of(COSTS)}
    assert told == {
        "Threads started": ("768", "measured"),
        "Alive at once, at most": ("412", "measured"),
        "Failures": ("2, 1 reached nobody", "measured"),
        "Memory reserved": ("3.2 GiB", "address space, computed"),
        "Memory really used": ("6.4 MiB", "measured"),
        "Context switches": ("3,421, 121 forced", "measured, on this platform only"),
        "Waits for the lock": ("12 cells, 0.30 ms in all", "measured"),
    }


def test_what_a_platform_does_not_count_is_said_and_not_shown_as_nothing():
    unknown = replace(COSTS, voluntary_switches=None, involuntary_switches=None, memory_used=None)
    for is_over, reason in ((True, "not counted on this platform"), (False, "counted when it is over")):
        told = {figure.caption: figure for figure in figures_of(unknown, is_over=is_over)}
        for caption in ("Context switches", "Memory really used"):
            assert (told[caption].value, told[caption].origin) == ("–", reason)


def test_a_generation_without_failures_and_waits_says_none():
    told = {f.caption: f.value for f in figures_of(replace(COSTS, failures=0, failures_unseen=0, lock_contended=0))}
    assert told["Failures"] == told["Waits for the lock"] == "none"


def test_real_threads_are_counted(dock, watched):
    watched.run(latency=0.02)
    assert figure(dock, "Threads started").value == "48"
    assert 1 < int(figure(dock, "Alive at once, at most").value) <= 48


@pytest.mark.parametrize(
    ("fault", "value"), [(Fault.ERROR, "1, 0 reached nobody"), (Fault.EXIT, "1, 1 reached nobody")]
)
def test_it_counts_the_failures_that_reached_nobody(dock, watched, capfd, fault, value, python_prints_thread_errors):
    watched.run(faults={(3, 4): fault})
    assert figure(dock, "Failures").value == value
    capfd.readouterr()


def test_the_limit_of_the_machine_is_told_in_words(qtbot, watched, monkeypatch):
    limit = ThreadLimit(22_240, "vm.max_map_count allows 65,530 mappings, and a thread takes about three")
    for known, sentence in ((limit, limit.sentence), (None, "This system does not say how many threads it allows.")):
        monkeypatch.setattr(costs_dock, "thread_limit", lambda known=known: known)
        dock = CostsDock(watched.watch)
        qtbot.addWidget(dock)
        dock.show()
        assert dock.limit.text() == sentence
    assert "22,000" in limit.sentence


# When


def test_before_anything_was_run_it_says_so(dock):
    assert dock.summary.text() == EMPTY
    assert not dock.bar.isVisible()
    assert not dock.figures.isVisible()


def test_a_generation_that_nobody_watched_shows_its_time_only(dock, watched):
    watched.run(is_recorded=False)
    assert dock.summary.text().endswith(NOT_RECORDED)
    assert not dock.bar.isVisible()


def test_the_generation_that_is_looked_at_is_shown(dock, watched, qtbot):
    first = watched.run()
    watched.run(2)
    qtbot.waitUntil(lambda: dock.summary.text().startswith("Generation 3: "))
    watched.watch.select_record(first)
    qtbot.waitUntil(lambda: dock.summary.text().startswith("Generation 1: "))


def test_a_generation_under_way_is_followed(dock, watched, qtbot):
    trace = watched.begin()
    assert dock.summary.text() == "Generation 1 is under way."
    trace.handed[0] = trace.started + 1
    trace.thread[3], trace.begun[3] = trace.first_serial + 1, trace.started + 2
    qtbot.waitUntil(lambda: figure(dock, "Threads started").value == "1")
    assert figure(dock, "Memory really used").origin == "counted when it is over"
    assert figure(dock, "Failures").value == "none so far"
    trace.record(0, 3, OSError("Problem with I/O"))
    qtbot.waitUntil(lambda: figure(dock, "Failures").value == "1 so far")
    trace.finished = trace.started + 1_000_000
    watched.run()
    qtbot.waitUntil(lambda: "under way" not in dock.summary.text())


def test_where_computing_them_would_hold_up_the_window_the_live_costs_are_left_out(dock, watched, monkeypatch):
    monkeypatch.setattr(costs_dock, "MOST_LIVE_CELLS", 10)
    watched.begin()
    assert dock.summary.text().endswith(TOO_MANY)
    assert not dock.bar.isVisible()


def test_what_is_new_while_nobody_looks_is_shown_later(dock, watched):
    dock.hide()
    watched.run()
    assert dock.summary.text() == EMPTY
    dock.show()
    assert dock.summary.text().startswith("Generation 1: ")


# The chart


def test_the_chart_has_the_seconds_and_the_ideal_of_the_last_generations(dock, watched, qtbot):
    watched.run(3, latency=0.002)
    qtbot.waitUntil(lambda: dock.chart is not None and len(dock.chart.points[0]) == 3)
    took, ideal = dock.chart.points
    assert took == [record.seconds for record in watched.watch.records]
    assert ideal == [0.002] * 3
    assert "ideal 2.0 ms" in dock.chart.accessibleDescription()


def test_the_chart_counts_in_whole_generations_and_its_names_are_in_sight(dock, watched, qtbot):
    watched.run()
    qtbot.waitUntil(lambda: dock.chart is not None and len(dock.chart.points[0]) == 1)
    axis, box = dock.chart._plot.getAxis("bottom"), dock.chart._plot.getViewBox()
    assert [text for _, text in axis._tickLevels[0]] == ["1"]
    (_, _), (lowest, highest) = box.viewRange()
    assert all(lowest < name.pos().y() < highest for name in dock.chart._names)


def test_the_chart_is_beside_the_figures_where_there_is_room_and_below_them_where_not(dock, watched, qtbot):
    watched.run()
    qtbot.waitUntil(lambda: dock.chart is not None and dock.chart.isVisible())
    for width, is_beside in ((1000, True), (400, False)):
        dock.resize(width, 500)
        qtbot.waitUntil(lambda beside=is_beside: (dock.chart.x() > dock.figures.geometry().right()) is beside)
        assert (dock.chart.y() > dock.figures.geometry().bottom()) is not is_beside


def test_it_follows_light_and_dark(qapp, dock, watched, qtbot):
    watched.run()
    qtbot.waitUntil(lambda: dock.chart is not None and dock.chart.isVisible())
    keeper = apply_theme(qapp, Qt.ColorScheme.Light)
    light = colours(dock.chart.grab().toImage())
    keeper.follow(Qt.ColorScheme.Dark)
    dark = colours(dock.chart.grab().toImage())
    keeper.follow(Qt.ColorScheme.Unknown)
    assert LIGHT.accent in light
    assert DARK.accent not in light
    assert DARK.accent in dark
    assert LIGHT.accent not in dark


# The bar


def test_the_bar_is_as_long_as_its_seconds_under_one_scale(qtbot):
    bar = CostsBar()
    qtbot.addWidget(bar)
    bar.resize(500, 100)
    bar.show_parts(parts_of(COSTS), 0.1)
    image = bar.grab().toImage()

    def length(colour: str, y: int) -> int:
        return sum(image.pixelColor(x, y).name() == QColor(colour).name() for x in range(image.width()))

    assert length(LIGHT.handing_out, 10) == pytest.approx(length(LIGHT.dim_text, 30) * 0.98, abs=3)
    assert length(LIGHT.io_wait, 10) == pytest.approx(length(LIGHT.dim_text, 30) * 1.01, abs=3)


def test_the_bar_can_be_read_aloud(qtbot):
    bar = CostsBar()
    qtbot.addWidget(bar)
    bar.show_parts(parts_of(COSTS), 0.1)
    assert bar.accessibleDescription() == (
        "starting 98 ms, running 4.0 ms, waiting for the lock 1.0 ms, waiting for I/O 0.10 s, joining 0.11 s; "
        "ideal 0.10 s"
    )


def test_everything_has_a_name(dock, watched, qtbot):
    watched.run()
    qtbot.waitUntil(lambda: dock.chart is not None)
    for widget in (dock, dock.bar, dock.chart):
        assert widget.accessibleName()
