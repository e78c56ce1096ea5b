"""What is inside a bundle, and under which licence: one list, and the texts that the licences ask to be passed on."""

import platform
import re
import shutil
import subprocess
import sysconfig
from collections.abc import Iterable
from importlib.metadata import Distribution, distribution, packages_distributions
from pathlib import Path

from assets.bundle.contents import OWN_PACKAGES, ROOT

LIST = "WHAT-IS-INSIDE.txt"
_HERE = Path(__file__).resolve().parent / "licences"
_TEXTS = re.compile(r"licen[cs]e|copying|notice", re.IGNORECASE)
_QT = ("PySide6_Essentials", "shiboken6")  # whose packages hold no licence text
_INSTEAD = ("LGPL-3.0.txt", "GPL-3.0.txt")  # the first refers to the second
_LONGEST_NAME = 60


def collect(folder: Path, modules: Iterable[str], libraries: Iterable[Path]) -> None:
    """Writes the list and the texts into `folder`, which is made anew.

    Args:
        folder: where to.
        modules: names of the modules inside.
        libraries: the shared libraries inside that come with the system, where they were found.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    shutil.copy(ROOT / "LICENSE", folder / "Lifeloom.txt")
    lines = ["Lifeloom: MIT (Lifeloom.txt)", _python(folder)]
    lines += [_package(folder, package) for package in packages_of(modules)]
    lines += _of_the_system(folder, libraries)
    (folder / LIST).write_text("This folder of programs contains:\n\n" + "\n".join(lines) + "\n", encoding="utf-8")


def packages_of(modules: Iterable[str]) -> list[Distribution]:
    """The installed packages that modules of these names belong to, by name."""
    owners = packages_distributions()
    tops = {module.partition(".")[0] for module in modules} - set(OWN_PACKAGES)
    names = {owner for top in tops for owner in owners.get(top, ())}
    return sorted((distribution(name) for name in names), key=lambda package: package.name.lower())


def _python(folder: Path) -> str:
    text = Path(sysconfig.get_path("stdlib"), "LICENSE.txt")
    if text.is_file():
        shutil.copy(text, folder / "Python.txt")
    return f"Python {platform.python_version()}: PSF-2.0 (Python.txt)"


def _package(folder: Path, package: Distribution) -> str:
    licence = _name_of_licence(package)
    texts = [(str(file), file.read_text(encoding="utf-8")) for file in package.files or () if _TEXTS.search(file.name)]
    if package.name in _QT:
        for name in _INSTEAD:
            shutil.copy(_HERE / name, folder / name)
        return f"{package.name} {package.version} (and Qt of that version, from qt.io): {licence} ({_INSTEAD[0]})"
    file = f"{package.name}.txt"
    (folder / file).write_text("\n\n".join(f"{name}\n\n{text}" for name, text in texts), encoding="utf-8")
    return f"{package.name} {package.version}: {licence} ({file})"


def _name_of_licence(package: Distribution) -> str:
    for field in ("License-Expression", "License"):
        if field in package.metadata:
            name = package.metadata[field]
            return name if len(name) <= _LONGEST_NAME and "\n" not in name else "see its text"
    return "see its text"


def _of_the_system(folder: Path, libraries: Iterable[Path]) -> list[str]:
    """Debian keeps the texts by package; elsewhere the libraries are named."""
    by_package: dict[str, list[str]] = {}
    for library in libraries:
        by_package.setdefault(_debian_package(library), []).append(library.name)
    lines = []
    for package, names in sorted(by_package.items()):
        text = Path("/usr/share/doc", package, "copyright")
        if package and text.is_file():
            shutil.copy(text, folder / f"{package}.txt")
            lines.append(f"{', '.join(sorted(names))}: from the system's package {package} ({package}.txt)")
        else:
            lines.append(f"{', '.join(sorted(names))}: from the system that it was built on")
    return lines


def _debian_package(library: Path) -> str:
    if shutil.which("dpkg") is None:
        return ""
    for path in (library, library.resolve(), Path("/usr") / library.relative_to(library.anchor)):
        found = subprocess.run(["dpkg", "-S", str(path)], capture_output=True, text=True, check=False)
        if found.returncode == 0:
            return found.stdout.partition(":")[0]
    return ""
