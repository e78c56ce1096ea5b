"""The shared libraries of the system that Qt needs on Linux, and the packages that they come in.

PySide6 brings Qt itself but not what Qt stands on. Where one of those is missing Qt aborts the process, or names
the first one only; a person wants to hear of all of them at once, and under the name that the package manager knows.
"""

import ctypes
import re
import sys
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

Loader = Callable[[str], object]

_SAYS_WHICH = re.compile(r"([\w.+-]+\.so[\w.]*): cannot open shared object")


class Package(NamedTuple):
    """A shared library and the packages that it comes in."""

    library: str
    debian: str
    fedora: str


# What PySide6 6.8 to 6.11 ask for by their NEEDED entries, less what they bring along.
FOR_ANY_WINDOW = (
    Package("libEGL.so.1", "libegl1", "libglvnd-egl"),
    Package("libGL.so.1", "libgl1", "libglvnd-glx"),
    Package("libfontconfig.so.1", "libfontconfig1", "fontconfig"),
    Package("libfreetype.so.6", "libfreetype6", "freetype"),
    Package("libglib-2.0.so.0", "libglib2.0-0", "glib2"),
    Package("libgthread-2.0.so.0", "libglib2.0-0", "glib2"),
    Package("libdbus-1.so.3", "libdbus-1-3", "dbus-libs"),
    Package("libxkbcommon.so.0", "libxkbcommon0", "libxkbcommon"),
    Package("libX11.so.6", "libx11-6", "libX11"),
    Package("libzstd.so.1", "libzstd1", "libzstd"),
    Package("libz.so.1", "zlib1g", "zlib"),
    Package("libstdc++.so.6", "libstdc++6", "libstdc++"),
)
FOR_X11 = (
    Package("libX11-xcb.so.1", "libx11-xcb1", "libX11-xcb"),
    Package("libxcb.so.1", "libxcb1", "libxcb"),
    Package("libxcb-cursor.so.0", "libxcb-cursor0", "xcb-util-cursor"),
    Package("libxcb-icccm.so.4", "libxcb-icccm4", "xcb-util-wm"),
    Package("libxcb-image.so.0", "libxcb-image0", "xcb-util-image"),
    Package("libxcb-keysyms.so.1", "libxcb-keysyms1", "xcb-util-keysyms"),
    Package("libxcb-randr.so.0", "libxcb-randr0", "libxcb"),
    Package("libxcb-render.so.0", "libxcb-render0", "libxcb"),
    Package("libxcb-render-util.so.0", "libxcb-render-util0", "xcb-util-renderutil"),
    Package("libxcb-shape.so.0", "libxcb-shape0", "libxcb"),
    Package("libxcb-shm.so.0", "libxcb-shm0", "libxcb"),
    Package("libxcb-sync.so.1", "libxcb-sync1", "libxcb"),
    Package("libxcb-util.so.1", "libxcb-util1", "xcb-util"),
    Package("libxcb-xfixes.so.0", "libxcb-xfixes0", "libxcb"),
    Package("libxcb-xkb.so.1", "libxcb-xkb1", "libxcb"),
    Package("libxkbcommon-x11.so.0", "libxkbcommon-x11-0", "libxkbcommon-x11"),
)
FOR_WAYLAND = (
    Package("libwayland-client.so.0", "libwayland-client0", "libwayland-client"),
    Package("libwayland-cursor.so.0", "libwayland-cursor0", "libwayland-cursor"),
    Package("libwayland-egl.so.1", "libwayland-egl1", "libwayland-egl"),
)


def why_not_loaded(library: str, load: Loader = ctypes.CDLL) -> str | None:
    """What the system's loader says against `library` (a name or a path), or None where it can be loaded."""
    try:
        load(library)
    except OSError as error:
        return str(error)
    return None


def missing(packages: Iterable[Package], load: Loader = ctypes.CDLL) -> list[Package]:
    """Those whose library cannot be loaded."""
    return [package for package in packages if why_not_loaded(package.library, load) is not None]


def install_sentence(lacking: Iterable[Package], complaint: str, os_release: Mapping[str, str]) -> str:
    """One sentence that says what is missing and the command that brings it.

    Args:
        lacking: the missing packages that are known by name, perhaps none.
        complaint: what the loader said; named where `lacking` is empty, because then it is all that is known.
        os_release: the fields of /etc/os-release, empty where there is none.
    """
    packages = list(lacking)
    if packages:
        names = ", ".join(package.library for package in packages)
        return (
            f"Qt needs libraries that this system lacks ({names}); install them with: {_command(packages, os_release)}"
        )
    which = _SAYS_WHICH.search(complaint)
    if which:
        return f"Qt needs a library that this system lacks ({which.group(1)}); install the package that it comes in"
    return f"Qt cannot be loaded ({complaint}); in the folder of app.py, run: {sys.executable} -m pip install ."


def _command(packages: list[Package], os_release: Mapping[str, str]) -> str:
    family = {os_release.get("ID", ""), *os_release.get("ID_LIKE", "").split()}
    if family & {"fedora", "rhel", "centos"}:
        return "sudo dnf install " + " ".join(dict.fromkeys(package.fedora for package in packages))
    names = " ".join(dict.fromkeys(package.debian for package in packages))
    if family & {"debian", "ubuntu"}:
        return f"sudo apt install {names}"
    return f"sudo apt install {names} (names as in Debian; elsewhere they may differ)"
