"""What goes into the bundle besides the code that PyInstaller finds by itself.

It follows imports, so it needs no help with most modules. It cannot know of files that are opened by their names, and
it would leave out what is imported only where somebody asks for it and only where it is installed. All of that stands
here, in plain lists, so that a quick test can hold them against the source without building anything.
"""

from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NAME = "lifeloom"
OWN_PACKAGES = ("gui", "life")

# Packages that are imported late, inside of functions; the bundle has them wherever the building Python does.
IMPORTED_LATE = ("PIL", "llvmlite", "numba", "psutil", "pygments", "pyqtgraph")

# Modules that those find by a name at run time, where nobody who follows imports could see them.
FOUND_BY_NAME = (
    "PIL.GifImagePlugin",
    "PIL.PngImagePlugin",
    "numba.core.typing.cffi_utils",
    "numba.np.ufunc",
    "pygments.lexers.python",
    "pygments.token",
)

# Installed beside the app perhaps, and no part of it: of no use to anybody who double-clicks.
LEFT_OUT = {
    "IPython": "asked for by numba and pyqtgraph where there is a notebook",
    "OpenGL": "asked for by pyqtgraph's pictures in three dimensions",
    "dask": "computes on other machines, which need a Python of their own: an install, not a bundle",
    "distributed": "belongs to dask",
    "hypothesis": "tests",
    "jinja2": "asked for by numba's pages about types",
    "matplotlib": "asked for by pyqtgraph's exporter, which is never opened",
    "mypy": "tests",
    "pytest": "tests",
    "scipy": "asked for by numba and pyqtgraph, which do without",
    "setuptools": "installs packages",
    "tkinter": "asked for by Pillow's ImageTk, which is never opened",
    "yaml": "asked for by numba where there is a file of settings for it",
}

# Distributions whose versions the app tells: at its start, in About, and in the diagnostics.
ASKED_FOR_VERSION = ("PySide6_Essentials", "numpy", "numba", "llvmlite", "pillow", "psutil", "Pygments", "pyqtgraph")


def data_files(root: Path = ROOT) -> list[tuple[Path, str]]:
    """The files that the running app opens, and the folder of the bundle that each belongs into.

    The sources are among them: the app shows those of strategies, and tracebacks show their lines.
    """
    return [(file, file.parent.relative_to(root).as_posix()) for file in _files(root)]


def own_modules(root: Path = ROOT) -> list[str]:
    """The dotted names of all modules of the app."""
    return [_name_of(file.relative_to(root)) for file in _sources(root)]


def late_modules() -> list[str]:
    """Those of `FOUND_BY_NAME` whose package is installed."""
    return [name for name in FOUND_BY_NAME if find_spec(name.partition(".")[0]) and find_spec(name)]


def metadata() -> list[tuple[str, str]]:
    """What `importlib.metadata` reads of the packages whose versions the app asks for, as PyInstaller takes it."""
    from PyInstaller.utils.hooks import copy_metadata

    return [files for name in ASKED_FOR_VERSION if _is_installed(name) for files in copy_metadata(name)]


def _is_installed(name: str) -> bool:
    try:
        distribution(name)
    except PackageNotFoundError:
        return False
    return True


def _files(root: Path) -> Iterator[Path]:
    yield root / "app.py"
    yield root / "pyproject.toml"  # says the version
    yield root / "LICENSE"
    yield from _sources(root)
    yield from sorted(root.glob("assets/icons/**/*.svg"))
    yield from sorted(file for file in root.glob("assets/patterns/**/*") if file.is_file())


def _sources(root: Path) -> list[Path]:
    return sorted(file for package in OWN_PACKAGES for file in root.glob(f"{package}/**/*.py"))


def _name_of(source: Path) -> str:
    parts = source.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
