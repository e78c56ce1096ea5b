"""Whether there is a screen that Qt could open a window on; asked beforehand, because Qt aborts where there is none.

Only Linux and its like need asking: everywhere else Qt has one platform, which is always there.
"""

import ctypes
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from gui.system_libraries import (
    FOR_ANY_WINDOW,
    FOR_WAYLAND,
    FOR_X11,
    Loader,
    Package,
    install_sentence,
    missing,
    why_not_loaded,
)

_WITHOUT_SCREEN = "the same simulation runs without a window as: python -m life run PATTERN"


class Platform(NamedTuple):
    """One of Qt's ways to a screen.

    Attributes:
        plugins: pattern of the file names of its plugin; there may be several, of which one is enough.
        variable: environment variable that names the screen.
        packages: what its plugin stands on.
        answers: whether the screen of that name can be reached.
    """

    plugins: str
    variable: str
    packages: tuple[Package, ...]
    answers: Callable[[str], bool]


def _x_server_answers(display: str) -> bool:
    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.argtypes = [ctypes.c_char_p, ctypes.c_void_p]
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connection_has_error.argtypes = [ctypes.c_void_p]
    xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(os.fsencode(display), None)  # never null, not even where it fails
    failed = bool(xcb.xcb_connection_has_error(connection))
    xcb.xcb_disconnect(connection)
    return not failed


def _wayland_answers(name: str) -> bool:
    wayland = ctypes.CDLL("libwayland-client.so.0")
    wayland.wl_display_connect.argtypes = [ctypes.c_char_p]
    wayland.wl_display_connect.restype = ctypes.c_void_p
    wayland.wl_display_disconnect.argtypes = [ctypes.c_void_p]
    display = wayland.wl_display_connect(os.fsencode(name))
    if display:
        wayland.wl_display_disconnect(display)
    return bool(display)


X11 = Platform("libqxcb*.so", "DISPLAY", FOR_X11, _x_server_answers)
WAYLAND = Platform("libqwayland*.so", "WAYLAND_DISPLAY", FOR_WAYLAND, _wayland_answers)


def qt_refusal(environment: Mapping[str, str]) -> str | None:
    """Why Qt cannot be loaded, or could not open a window, in one sentence. Loads Qt, but makes no application."""
    has_one_platform = sys.platform in ("win32", "darwin", "cygwin")
    platforms = None if has_one_platform else platforms_tried(environment)
    if platforms == []:
        return f"there is no screen to open a window on (neither DISPLAY nor WAYLAND_DISPLAY is set); {_WITHOUT_SCREEN}"
    try:
        from PySide6.QtCore import QLibraryInfo
        from PySide6.QtWidgets import QApplication  # noqa: F401  (the most that any window needs)
    except ImportError as error:
        known = () if has_one_platform else (*FOR_ANY_WINDOW, *_packages_of(platforms or ()))
        return install_sentence(missing(known), str(error), _os_release())
    if platforms is None:
        return None
    folder = environment.get("QT_QPA_PLATFORM_PLUGIN_PATH")
    plugins = Path(folder or Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath), "platforms"))
    return screen_refusal(platforms, plugins, environment, _os_release())


def screen_refusal(
    platforms: Iterable[Platform],
    plugins: Path,
    environment: Mapping[str, str],
    os_release: Mapping[str, str],
    load: Loader = ctypes.CDLL,
) -> str | None:
    """Why Qt could not open a window, in one sentence, or None where at least one of its platforms can.

    Args:
        platforms: those that it is going to try, at least one.
        plugins: folder of Qt's platform plugins.
        environment: the environment variables.
        os_release: the fields of /etc/os-release.
        load: what loads a shared library.
    """
    refusals = [_refusal_of(platform, plugins, environment, os_release, load) for platform in platforms]
    return None if None in refusals else refusals[0]


def platforms_tried(environment: Mapping[str, str]) -> list[Platform] | None:
    """The platforms that Qt is going to try, or None where it was told to use one that needs no screen."""
    asked_for = environment.get("QT_QPA_PLATFORM", "")
    if not asked_for:
        return [platform for platform in (WAYLAND, X11) if environment.get(platform.variable)]
    names = [name.partition(":")[0] for name in asked_for.split(";")]
    by_name = {"xcb": X11, "wayland": WAYLAND, "wayland-egl": WAYLAND}
    if not by_name.keys() >= set(names):
        return None
    return [by_name[name] for name in names]


def _refusal_of(
    platform: Platform, plugins: Path, environment: Mapping[str, str], os_release: Mapping[str, str], load: Loader
) -> str | None:
    screen = environment.get(platform.variable)
    if not screen:
        return f"there is no screen to open a window on ({platform.variable} is not set); {_WITHOUT_SCREEN}"
    found = sorted(plugins.glob(platform.plugins))
    if not found:
        return f"this Qt lacks its plugin {platform.plugins} in {plugins}; install PySide6 again"
    complaints = [why_not_loaded(str(plugin), load) for plugin in found]
    if None not in complaints:
        return install_sentence(missing(platform.packages, load), str(complaints[0]), os_release)
    if not platform.answers(screen):
        return f'the screen {platform.variable}="{screen}" does not answer; {_WITHOUT_SCREEN}'
    return None


def _packages_of(platforms: Iterable[Platform]) -> Iterator[Package]:
    for platform in platforms:
        yield from platform.packages


def _os_release() -> Mapping[str, str]:
    import platform as system  # is needed seldom

    try:
        return system.freedesktop_os_release()
    except OSError:
        return {}
