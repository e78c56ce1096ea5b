"""The icons, the desktop's files and the licence texts: what the bundle brings along besides the program."""

import os
import shutil
import subprocess
import sys
from importlib.metadata import version

import pytest
from PIL import Image

from assets.bundle import build, contents, icons, licences

PATTERNS = {
    "gun.rle": "application/x-life-rle",
    "gun.cells": "application/x-life-cells",
    "gun.lif": "application/x-life",
    "gun.life": "application/x-life",
    "gun.mc": "application/x-life-macrocell",
}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("made")
    icons.make_icons(folder)
    return folder


def test_icons_of_every_size_are_drawn_from_the_one_drawing(made):
    for size in icons.SIZES:
        with Image.open(made / "hicolor" / f"{size}x{size}" / "apps" / "lifeloom.png") as picture:
            assert picture.size == (size, size)
            lightest, darkest = picture.getchannel("A").getextrema()
            assert lightest < 16, "the corners are clear"
            assert darkest == 255


def test_windows_and_macos_get_all_sizes_in_one_file(made):
    with Image.open(made / "lifeloom.ico") as picture:
        assert picture.info["sizes"] == {(size, size) for size in icons.SIZES_OF_ICO}
    with Image.open(made / "lifeloom.icns") as picture:
        assert {width * scale for width, _, scale in picture.info["sizes"]} >= {32, 64, 128, 256, 512}


@pytest.mark.qt_log_ignore("Cannot read file")
def test_what_is_no_drawing_is_refused(tmp_path):
    (tmp_path / "broken.svg").write_text("no", encoding="utf-8")
    with pytest.raises(ValueError, match=r"broken\.svg cannot be drawn"):
        icons.make_icons(tmp_path / "made", tmp_path / "broken.svg")


@pytest.mark.skipif(shutil.which("desktop-file-validate") is None, reason="needs desktop-file-utils")
def test_the_desktop_entry_validates():
    done = subprocess.run(
        ["desktop-file-validate", build.HERE / "lifeloom.desktop"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.fixture
def added(made, tmp_path):
    """A folder as it is built, with a program that only prints its argument, added to the menu of a user."""
    folder = tmp_path / 'a folder with "quotes", $HOME and 100 %'
    folder.mkdir()
    build.add_desktop_files(folder, made)
    program = folder / contents.NAME
    program.write_text('#!/bin/sh\nprintf %s "$1"\n', encoding="utf-8")
    program.chmod(0o755)
    data = tmp_path / "data"

    def run(*args):
        command = ["sh", str(folder / "add-to-menu.sh"), *args]
        return subprocess.run(
            command, env={**os.environ, "XDG_DATA_HOME": str(data)}, capture_output=True, text=True, check=True
        )

    run()
    return data, program, run


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="is about desktops on Linux")
def test_the_menu_gets_an_entry_that_starts_this_very_program(added):
    data, program, _ = added
    entry = data / "applications" / "lifeloom.desktop"
    line = next(line for line in entry.read_text(encoding="utf-8").splitlines() if line.startswith("Exec="))
    assert unquoted(line.removeprefix("Exec=")) == [str(program), "%f"]
    if shutil.which("desktop-file-validate"):
        subprocess.run(["desktop-file-validate", entry], check=True)
    assert (data / "icons" / "hicolor" / "48x48" / "apps" / "lifeloom.png").is_file()


def unquoted(command):
    """The words of an Exec line, by the Desktop Entry Specification: the string's escapes first, then the quotes."""
    unescaped = command.replace("\\\\", "\\")
    quoted, _, rest = unescaped[1:].partition('" ')
    word, letters = "", iter(quoted)
    for letter in letters:
        word += next(letters) if letter == "\\" else letter
    return [word.replace("%%", "%"), rest]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="is about desktops on Linux")
def test_nothing_is_left_when_it_is_removed_from_the_menu(added):
    data, program, run = added
    run("--remove")
    left = [file for file in data.rglob("*") if file.is_file() and "lifeloom" in file.name]
    assert left == []
    assert program.exists()


@pytest.mark.skipif(shutil.which("update-mime-database") is None, reason="needs shared-mime-info")
def test_a_desktop_knows_the_pattern_files_by_their_names(added):
    data, _, _ = added
    code = "import sys; from PySide6.QtCore import QMimeDatabase as D\n"
    code += "for name in sys.argv[1:]: print(D().mimeTypeForFile(name).name())"
    done = subprocess.run(
        [sys.executable, "-c", code, *PATTERNS],
        env={**os.environ, "XDG_DATA_HOME": str(data)}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.split() == list(PATTERNS.values())
    entry = (data / "applications" / "lifeloom.desktop").read_text(encoding="utf-8")
    assert all(f"{kind};" in entry for kind in PATTERNS.values())


def test_what_is_inside_is_listed_with_its_version_and_the_text_of_its_licence(tmp_path):
    licences.collect(tmp_path, ["numpy.linalg", "PIL.Image", "PySide6.QtCore", "life.board", "json"], [])
    told = (tmp_path / licences.LIST).read_text(encoding="utf-8")
    assert f"numpy {version('numpy')}: " in told
    assert f"PySide6_Essentials {version('PySide6_Essentials')}" in told
    for name, words in (
        ("numpy", "Redistribution and use"), ("pillow", "Python Imaging Library"), ("Lifeloom", "MIT License"),
        ("LGPL-3.0", "GNU LESSER GENERAL PUBLIC LICENSE"), ("GPL-3.0", "GNU GENERAL PUBLIC LICENSE"),
    ):  # fmt: skip
        assert words in (tmp_path / f"{name}.txt").read_text(encoding="utf-8"), name


def test_the_packages_inside_are_found_by_their_modules():
    names = [package.name for package in licences.packages_of(["pygments.lexers", "PIL", "os", "gui.window"])]
    assert names == ["pillow", "Pygments"]


def test_without_pyinstaller_the_build_says_how_to_get_it(monkeypatch, capsys):
    monkeypatch.setattr(build, "find_spec", lambda name: None)
    assert build.main([]) == 2
    assert '-m pip install ".[bundle]"' in capsys.readouterr().err
