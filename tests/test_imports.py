"""The house plan: imports point one way, and nothing heavy is imported before it is needed."""

import ast
import subprocess
import sys
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FILES = sorted([ROOT / "app.py", *ROOT.glob("gui/**/*.py"), *ROOT.glob("life/**/*.py")])
QT = ("PySide6", "shiboken6", "pyqtgraph", "PyQt5", "PyQt6", "qtpy", "pytestqt", "qtawesome")
ON_DEMAND = ("numba", "llvmlite", "pyqtgraph", "PIL", "dask", "distributed")
# May import such a package, and is therefore itself imported on demand.
NEEDS_IT = (
    "gui.knowing.population_chart",
    "gui.race.bars_chart",
    "gui.race.growth_chart",
    "gui.watch.costs_chart",
)
PATTERN = ROOT / "assets" / "patterns" / "spaceships" / "glider.rle"

# From the front of the house to the back: a room may look only into those behind it.
ROOMS_OF_LIFE = (
    ("life.__main__",),
    ("life.simulation", "life.race", "life.caller", "life.run"),
    ("life.fanout",),
    ("life.grid", "life.rule", "life.wire", "life.trace", "life.board", "life.engine", "life.patterns", "life.columns"),
    ("life.errors",),
)


def name_of(path):
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {name_of(path): path for path in FILES}


def imported_by(statements, name):
    """The dotted names that some statements, and all within them, import; of "from a import b" the module a.b."""
    is_package = MODULES[name].name == "__init__.py"
    for statement in statements:
        for node in ast.walk(statement):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                base = node.module or ""
                if node.level:
                    package = name.split(".")[: None if is_package and node.level == 1 else -node.level + is_package]
                    base = ".".join([*package, *([node.module] if node.module else [])])
                for alias in node.names:
                    submodule = f"{base}.{alias.name}"
                    yield submodule if submodule in MODULES else base


def tree(name):
    return ast.parse(MODULES[name].read_text(encoding="utf-8"))


def all_imports(name):
    return set(imported_by(tree(name).body, name))


def imports_when_imported(name):
    """Those that run with the module itself: outside of functions, and not for the type checker alone."""

    def statements(body):
        for node in body:
            if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
                continue
            if isinstance(node, ast.Import | ast.ImportFrom):
                yield node
            elif not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield from statements(child for child in ast.iter_child_nodes(node) if isinstance(child, ast.stmt))

    return set(imported_by(statements(tree(name).body), name))


def is_within(name, package):
    return name == package or name.startswith(package + ".")


def room_of(name):
    for number, rooms in enumerate(ROOMS_OF_LIFE):
        if any(is_within(name, room) for room in rooms):
            return number
    return None


@pytest.mark.parametrize("name", [name for name in MODULES if is_within(name, "life")])
def test_life_knows_neither_qt_nor_the_window(name):
    assert not [i for i in all_imports(name) if any(is_within(i, other) for other in (*QT, "gui", "app"))]


@pytest.mark.parametrize("name", [name for name in MODULES if name != "app"])
def test_nothing_imports_the_door(name):
    assert "app" not in all_imports(name)


@pytest.mark.parametrize("name", MODULES)
def test_what_takes_long_to_import_is_imported_on_demand(name):
    slow = NEEDS_IT if name in NEEDS_IT else (*ON_DEMAND, *NEEDS_IT)
    assert not [i for i in imports_when_imported(name) if any(is_within(i, other) for other in slow)]


@pytest.mark.parametrize("name", [name for name in MODULES if room_of(name) is not None])
def test_a_room_of_life_looks_only_into_those_behind_it(name):
    in_front = [i for i in all_imports(name) if room_of(i) is not None and room_of(i) < room_of(name)]
    assert not in_front


@pytest.mark.parametrize("package", ["life", "gui"])
def test_no_module_imports_itself_by_way_of_others(package):
    names = [name for name in MODULES if is_within(name, package)]
    graph = {name: {i for i in all_imports(name) if i in MODULES and i != name} for name in names}
    assert list(TopologicalSorter(graph).static_order())


OF_THE_WINDOW = ("gui.window", "gui.start", "gui.furnishing", "gui.wiring", "gui.opening")
PARTS = [name for name in MODULES if is_within(name, "gui") and name not in OF_THE_WINDOW]


@pytest.mark.parametrize("name", PARTS)
def test_no_part_of_the_window_knows_the_window(name):
    assert "gui.window" not in all_imports(name)


def run_python(code, *args):
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", code, *args], cwd=ROOT, capture_output=True, text=True, timeout=120
    )


@pytest.mark.parametrize(
    "code",
    [
        "import life.__main__",
        "import app",
        "import life.__main__; life.__main__.main(sys.argv[1:])",
        "import app; app.main(sys.argv[1:])",
        "import app; app.main(['--child', *sys.argv[1:]])",
    ],
)
def test_the_command_line_loads_no_qt(code):
    check = f"import sys; {code}; print([m for m in {QT} if m in sys.modules], file=sys.stderr)"
    done = run_python(check, "run", str(PATTERN), "--generations", "1")
    assert (done.returncode, done.stderr) == (0, "[]\n")


LATER = (
    *ON_DEMAND,
    *NEEDS_IT,
    "gui.race.page",
    "html",
    "life.wire.service",
    "multiprocessing",
    "numpy.random",
    "psutil",
    "pygments",
    "statistics",
    "tomllib",
)


def test_the_window_waits_for_nothing_that_its_first_screen_does_not_need():
    """What is needed before even that is in `gui/test_start.py`."""
    done = run_python("import sys, gui.opening; print(*(name for name in sys.argv[1:] if name in sys.modules))", *LATER)
    assert (done.returncode, done.stdout.strip(), done.stderr) == (0, "", "")


@pytest.mark.parametrize("package", ["life", "gui"])
def test_importing_starts_nothing_and_prints_nothing(package):
    names = [name for name in MODULES if is_within(name, package)]
    import_all = "import importlib, sys, threading; [importlib.import_module(name) for name in sys.argv[1:]]"
    done = run_python(f"{import_all}; print(threading.active_count())", *names)
    assert (done.stdout, done.stderr, done.returncode) == ("1\n", "", 0)
