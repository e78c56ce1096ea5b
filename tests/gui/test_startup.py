"""The guards are tried for real wherever that can be done: in a child process whose surroundings lack something."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

from gui import screens, startup
from gui.log_file import LogFile
from gui.screens import WAYLAND, X11
from gui.system_libraries import FOR_ANY_WINDOW, FOR_WAYLAND, FOR_X11, Package, install_sentence, missing

ROOT = Path(__file__).resolve().parent.parent.parent
DEBIAN = {"ID": "linuxmint", "ID_LIKE": "ubuntu debian"}
FEDORA = {"ID": "fedora"}
CURSOR = Package("libxcb-cursor.so.0", "libxcb-cursor0", "xcb-util-cursor")
only_linux = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere Qt brings along what it needs")


def surroundings(**changes):
    bare = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "LD_LIBRARY_PATH")
    return {**{name: value for name, value in os.environ.items() if name not in bare}, **changes}


def run_app(*args, **changes):
    return run([str(ROOT / "app.py"), *args], **changes)


def run(args, **changes):
    return subprocess.run(
        [sys.executable, *args], cwd=ROOT, env=surroundings(**changes), capture_output=True, text=True, timeout=120
    )


def refused(done):
    """The one sentence of a start that was refused."""
    assert (done.returncode, done.stdout) == (startup.EXIT_CODE, "")
    lines = done.stderr.splitlines()
    assert len(lines) == 1, done.stderr
    assert lines[0].startswith("Lifeloom cannot start: ")
    return lines[0]


@pytest.mark.parametrize("path", ["app.py", "gui/__init__.py", "gui/startup.py", "gui/log_file.py"])
def test_an_old_python_can_read_what_tells_that_it_is_too_old(path):
    text = (ROOT / path).read_text(encoding="utf-8")
    tree = ast.parse(text, feature_version=(3, 8))
    annotated = any(isinstance(node, ast.FunctionDef) for node in ast.walk(tree))
    assert not annotated or "from __future__ import annotations" in text


@pytest.mark.parametrize("args", [[], ["--version"], ["run", "x.rle"]])
def test_an_old_python_is_told_so(args):
    done = run(["-c", f"import sys; sys.version_info = (3, 10, 13); import app; sys.exit(app.main({args}))"])
    assert "this is Python 3.10, and it needs Python 3.11 or later" in refused(done)


@pytest.mark.parametrize("version", [(3, 11), (3, 11, 0), (3, 13, 2), (4, 0)])
def test_a_new_enough_python_is_accepted(version):
    assert startup.python_refusal(version) is None


def test_missing_packages_are_named_with_the_command_that_installs_them():
    done = run(["-S", "app.py"])  # without site, and so without anything that was installed
    assert "PySide6, numpy, psutil" in refused(done)
    assert "-m pip install ." in refused(done)


def test_a_command_needs_no_qt_but_what_it_needs_it_asks_for():
    done = run(["-S", "app.py", "run", "assets/patterns/spaceships/glider.rle"])
    assert "numpy, psutil are not installed" in refused(done)
    assert "PySide6" not in done.stderr


def test_a_pyside_that_would_abort_this_python_is_refused_before_it_is_loaded(tmp_path):
    folder = tmp_path / "pyside6_essentials-6.12.0.dist-info"
    folder.mkdir()
    (folder / "METADATA").write_text("Metadata-Version: 2.1\nName: PySide6_Essentials\nVersion: 6.12.0\n")
    code = "import sys; sys.version_info = (3, 11, 7); import app; code = app.main([]); "
    code += "assert 'PySide6' not in sys.modules; sys.exit(code)"
    sentence = refused(run(["-c", code], PYTHONPATH=str(tmp_path)))
    assert "PySide6 6.12.0 aborts Python 3.11" in sentence
    assert 'pip install "PySide6-Essentials<6.12"' in sentence


@pytest.mark.parametrize(
    ("python", "pyside", "is_refused"),
    [
        ((3, 11), "6.11.3", False),
        ((3, 11), "6.12", True),
        ((3, 11), "6.12.0a1", True),
        ((3, 11), "7.0.0", True),
        ((3, 12), "6.12.0", False),
        ((3, 13), "6.13.1", False),
        ((3, 11), None, False),
    ],
)
def test_which_pyside_goes_with_which_python(python, pyside, is_refused):
    assert bool(startup.pyside_refusal(python, pyside)) is is_refused


def unloadable(folder, *libraries):
    """A folder of files that the loader finds before the real libraries, and cannot load."""
    for library in libraries:
        (folder / library).touch()
    return str(folder)


@only_linux
def test_all_missing_libraries_of_the_x11_plugin_are_named_at_once(tmp_path):
    broken = unloadable(tmp_path, "libxcb-cursor.so.0", "libxcb-icccm.so.4", "libxkbcommon-x11.so.0")
    sentence = refused(run_app(DISPLAY=":0", LD_LIBRARY_PATH=broken))
    assert "Qt needs libraries that this system lacks" in sentence
    for name in ("libxcb-cursor.so.0", "libxcb-icccm.so.4", "libxkbcommon-x11.so.0"):
        assert name in sentence


@only_linux
def test_a_missing_library_that_qt_itself_needs_is_named_together_with_those_of_its_plugin(tmp_path):
    broken = unloadable(tmp_path, "libEGL.so.1", "libxcb-cursor.so.0")
    sentence = refused(run_app(DISPLAY=":0", LD_LIBRARY_PATH=broken))
    assert "libEGL.so.1" in sentence
    assert "libxcb-cursor.so.0" in sentence


@only_linux
def test_without_a_screen_it_points_to_the_command_line_before_it_asks_for_libraries(tmp_path):
    sentence = refused(run_app(LD_LIBRARY_PATH=unloadable(tmp_path, "libEGL.so.1")))
    assert "neither DISPLAY nor WAYLAND_DISPLAY is set" in sentence
    assert "python -m life" in sentence


@only_linux
@pytest.mark.parametrize(
    ("changes", "needed", "said"),
    [
        ({"DISPLAY": ":9999"}, FOR_X11, 'DISPLAY=":9999" does not answer'),
        ({"WAYLAND_DISPLAY": "/nowhere"}, FOR_WAYLAND, 'WAYLAND_DISPLAY="/nowhere" does not answer'),
        ({"QT_QPA_PLATFORM": "xcb"}, (), "DISPLAY is not set"),
        ({"QT_QPA_PLATFORM": "wayland;xcb", "DISPLAY": ":9999"}, (), "WAYLAND_DISPLAY is not set"),
    ],
)
def test_a_screen_that_is_not_there_is_named(changes, needed, said, tmp_path):
    sentence = refused(run_app(**changes, XDG_RUNTIME_DIR=str(tmp_path)))
    lacking = missing(needed)  # for want of these, it does not even get as far as asking for the screen
    assert (lacking[0].library if lacking else said) in sentence


@only_linux
def test_without_a_font_it_names_one(tmp_path):
    (tmp_path / "fonts.conf").write_text(f"<fontconfig><cachedir>{tmp_path}</cachedir></fontconfig>")
    done = run_app(QT_QPA_PLATFORM="offscreen", FONTCONFIG_FILE=str(tmp_path / "fonts.conf"))
    assert "fonts-dejavu-core" in refused(done)


def test_a_pattern_that_is_not_there_is_refused_before_anything_opens():
    assert "missing.rle is not a file" in refused(run_app("missing.rle"))


def test_without_a_stderr_the_reason_is_in_the_log(tmp_path):
    done = run(["-c", "import sys; sys.stderr = None; import app; sys.exit(app.main(['missing.rle']))"])
    assert (done.returncode, done.stderr) == (startup.EXIT_CODE, "")
    (log,) = (tmp_path / "home").rglob("lifeloom.log")
    assert "Lifeloom cannot start: missing.rle is not a file" in log.read_text(encoding="utf-8")


def lacks(*libraries):
    def load(library):
        if Path(library).name in libraries:
            raise OSError(f"{library}: cannot open shared object file: No such file or directory")

    return load


def test_missing_libraries_are_found_by_loading_them():
    packages = (*FOR_ANY_WINDOW, *FOR_X11, *FOR_WAYLAND)
    lacking = missing(packages, lacks("libEGL.so.1", "libwayland-egl.so.1"))
    assert [package.debian for package in lacking] == ["libegl1", "libwayland-egl1"]


@only_linux
@pytest.mark.skipif(not os.environ.get("CI"), reason="not every machine opens windows by X11")
def test_where_the_packages_are_installed_their_libraries_have_the_names_that_are_looked_for():
    assert missing((*FOR_ANY_WINDOW, *FOR_X11)) == []


@pytest.mark.parametrize(
    ("os_release", "command"),
    [
        (DEBIAN, "sudo apt install libxcb-cursor0"),
        (FEDORA, "sudo dnf install xcb-util-cursor"),
        ({}, "sudo apt install libxcb-cursor0 (names as in Debian; elsewhere they may differ)"),
    ],
)
def test_the_command_is_that_of_the_system_at_hand(os_release, command):
    assert install_sentence([CURSOR], "", os_release).endswith(f"install them with: {command}")


def test_a_package_that_brings_several_libraries_is_named_once():
    glib = [package for package in FOR_ANY_WINDOW if package.debian == "libglib2.0-0"]
    assert len(glib) == 2
    assert install_sentence(glib, "", DEBIAN).endswith("sudo apt install libglib2.0-0")


def test_a_library_that_nobody_foresaw_is_named_by_what_the_loader_said():
    complaint = "libstrange.so.7: cannot open shared object file: No such file or directory"
    assert "(libstrange.so.7)" in install_sentence([], complaint, DEBIAN)


def test_a_qt_that_is_broken_otherwise_is_to_be_installed_again():
    sentence = install_sentence([], "DLL load failed while importing QtWidgets", {})
    assert "Qt cannot be loaded (DLL load failed while importing QtWidgets)" in sentence
    assert "-m pip install ." in sentence


@pytest.mark.parametrize(
    ("environment", "platforms"),
    [
        ({"DISPLAY": ":0"}, [X11]),
        ({"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}, [WAYLAND, X11]),
        ({"DISPLAY": ""}, []),
        ({"QT_QPA_PLATFORM": "offscreen"}, None),
        ({"QT_QPA_PLATFORM": "vnc:size=800x600"}, None),
        ({"QT_QPA_PLATFORM": "wayland;xcb:foo"}, [WAYLAND, X11]),
    ],
)
def test_which_platforms_qt_will_try(environment, platforms):
    assert screens.platforms_tried(environment) == platforms


def plugins(folder, *names):
    for name in names:
        (folder / name).touch()
    return folder


def test_one_platform_that_works_is_enough(tmp_path):
    folder = plugins(tmp_path, "libqxcb.so", "libqwayland.so")
    environment = {"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":7"}
    platforms = [WAYLAND, X11._replace(answers=lambda name: name == ":7")]
    without_wayland = lacks("libqwayland.so", "libwayland-client.so.0")
    assert screens.screen_refusal(platforms, folder, environment, DEBIAN, without_wayland) is None
    without_any = lacks("libqwayland.so", "libwayland-client.so.0", "libqxcb.so")
    assert "libwayland-client0" in screens.screen_refusal(platforms, folder, environment, DEBIAN, without_any)


def test_a_qt_without_the_plugin_says_so(tmp_path):
    sentence = screens.screen_refusal([X11], tmp_path, {"DISPLAY": ":0"}, DEBIAN, lacks())
    assert "this Qt lacks its plugin libqxcb*.so" in sentence


def test_of_several_plugins_for_one_platform_one_is_enough(tmp_path):
    folder = plugins(tmp_path, "libqwayland-egl.so", "libqwayland-generic.so")
    platform = WAYLAND._replace(answers=lambda _: True)
    sentence = screens.screen_refusal(
        [platform], folder, {"WAYLAND_DISPLAY": "wayland-0"}, DEBIAN, lacks("libqwayland-egl.so")
    )
    assert sentence is None


def test_what_a_bundle_starts_gets_the_systems_libraries():
    environment = {
        "LD_LIBRARY_PATH": "/bundle",
        "LD_LIBRARY_PATH_ORIG": "/mine",
        "DYLD_LIBRARY_PATH": "/bundle",
        "A": "b",
    }
    startup.give_libraries_back(environment)
    assert environment == {"LD_LIBRARY_PATH": "/mine", "A": "b"}


def test_outside_of_a_bundle_the_environment_stays_as_it_is(monkeypatch):
    monkeypatch.setenv("LD_LIBRARY_PATH", "/mine")
    startup.prepare_bundle()
    assert os.environ["LD_LIBRARY_PATH"] == "/mine"


def test_a_log_that_cannot_be_written_is_refused_before_the_window_opens(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    refusal = startup.log_refusal(LogFile(tmp_path / "file" / "my.log"))
    assert "my.log cannot be written" in refusal
    assert refusal.endswith("name another one behind --log")
    assert startup.log_refusal(LogFile(tmp_path / "my.log")) is None
