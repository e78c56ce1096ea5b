"""What the bundle must hold, found out without building it; `tests.benchmarks.check_bundle` uses a built one."""

import ast
import sys
from pathlib import Path

import pytest

from assets.bundle import contents
from life.fanout import STRATEGIES

SOURCES = [contents.ROOT / "app.py", *contents.ROOT.glob("gui/**/*.py"), *contents.ROOT.glob("life/**/*.py")]


@pytest.fixture(scope="module")
def places():
    """Where each file stands in the bundle's folder."""
    return {f"{folder}/{file.name}": file for file, folder in contents.data_files()}


def imports_inside_of_functions():
    """The names of the packages that are imported late, and where."""
    for file in SOURCES:
        for function in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
                for node in ast.walk(function):
                    if isinstance(node, ast.Import):
                        yield from ((alias.name.partition(".")[0], file) for alias in node.names)
                    elif isinstance(node, ast.ImportFrom) and node.module:
                        yield node.module.partition(".")[0], file


def test_every_package_that_is_imported_late_is_inside_or_left_out_with_a_reason():
    known = {*contents.IMPORTED_LATE, *contents.LEFT_OUT, *contents.OWN_PACKAGES, "PySide6", *sys.stdlib_module_names}
    unknown = {name: file.name for name, file in imports_inside_of_functions() if name not in known}
    assert unknown == {}


def test_nothing_that_is_needed_is_left_out():
    assert not set(contents.IMPORTED_LATE) & contents.LEFT_OUT.keys()
    assert all(contents.LEFT_OUT.values())


def test_every_module_of_the_app_is_inside_also_those_that_nobody_imports_at_once():
    modules = contents.own_modules()
    assert len(modules) == len(set(modules)) == len(SOURCES) - 1  # app.py is the program itself
    assert {"life.race.child", "life.wire.service", "gui.watch.costs_chart", "gui.race.bars_chart"} <= set(modules)


def test_the_source_of_every_strategy_lies_where_the_source_dock_looks(places):
    for strategy in STRATEGIES:
        path = strategy.__module__.replace(".", "/") + ".py"
        assert places[path].is_file(), f"{strategy.key} would show no source"


def test_every_icon_and_pattern_is_inside(places):
    files = [file for kind in ("icons", "patterns") for file in contents.ROOT.glob(f"assets/{kind}/**/*.*")]
    assert len(files) > 150
    assert {file.relative_to(contents.ROOT).as_posix() for file in files} <= set(places)


def test_the_version_is_inside(places):
    assert places["./pyproject.toml"].name == "pyproject.toml"


def test_every_file_goes_where_it_came_from(places):
    assert all(file == contents.ROOT / Path(place) for place, file in places.items())


def test_what_is_found_by_name_exists():
    assert set(contents.late_modules()) >= {"PIL.GifImagePlugin", "PIL.PngImagePlugin", "pygments.lexers.python"}
