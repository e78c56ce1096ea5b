"""Reads README.md as a developer does: its sections, its commands, and what it says to save where."""

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")

_TO_DO = re.compile(
    r"Save this as `(?P<path>[^`]+)`, import `(?P<name>\w+)` in `(?P<registry>[^`]+)` and add it to `(?P<tuple>\w+)`:\n"
    r"```python\n(?P<code>.+?)```",
    re.DOTALL,
)


@dataclass(frozen=True)
class Addition:
    """One file, and the place where its name goes."""

    path: str
    name: str
    registry: str
    tuple_name: str
    code: str

    @property
    def module(self) -> str:
        return self.path.removesuffix(".py").replace("/", ".")


def section(title: str, text: str = README) -> str:
    """What stands under a heading, up to the next one of its level or above."""
    found = re.search(rf"^(#+) {re.escape(title)}\n(.*?)(?=^#{{1,3}} |\Z)", text, re.DOTALL | re.MULTILINE)
    assert found, f"README.md has no section {title!r}"
    return found[2].strip("\n")


def addition(title: str, text: str = README) -> Addition:
    """What a section says to do."""
    found = _TO_DO.search(section(title, text))
    assert found, f"the section {title!r} says not in the usual words what to save where"
    return Addition(found["path"], found["name"], found["registry"], found["tuple"], found["code"])


def copy_of_tree(folder: Path) -> Path:
    """The app's own files; compiled ones as well, which are still good beside copies as old as they are."""
    tree = folder / "lifeloom"
    for name in ("life", "gui", "assets"):
        shutil.copytree(ROOT / name, tree / name, ignore=_half_written)
    shutil.copy2(ROOT / "app.py", tree)
    return tree


def _half_written(folder: str, names: list[str]) -> list[str]:
    """What other tests are about to write beside compiled files, and may be gone in a moment."""
    return [name for name in names if not name.endswith(".pyc")] if Path(folder).name == "__pycache__" else []


def add(tree: Path, what: Addition) -> None:
    """Does it: writes the file, and two lines into another one."""
    path = tree / what.path
    assert not path.exists(), f"{what.path} is there already; an example should add something"
    path.write_text(what.code, encoding="utf-8")
    registry = tree / what.registry
    text = registry.read_text(encoding="utf-8")
    text, imported = re.subn(
        r"^from ", f"from {what.module} import {what.name}\nfrom ", text, count=1, flags=re.MULTILINE
    )
    text, listed = re.subn(
        rf"(^{what.tuple_name}\b[^=]*= \(\n.*?)(^\))", rf"\g<1>    {what.name},\n\g<2>", text,
        count=1, flags=re.MULTILINE | re.DOTALL,
    )  # fmt: skip
    assert imported, f"{what.registry} imports nothing"
    assert listed, f"{what.registry} has no tuple {what.tuple_name}"
    registry.write_text(text, encoding="utf-8")
