"""The pattern library: what comes with the application, and the user's own folder beside it.

The files are all there is. A name, an author and a comment are what the file says, a group is its folder, so that a
pattern is added by saving a file. A file that cannot be read is listed with the reason; it never hides the others.
"""

import os
import re
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import chain, count, islice
from pathlib import Path

from life.errors import LifeError, PatternError
from life.notation import Notation
from life.patterns.files import read_pattern, save_pattern
from life.patterns.formats import FORMATS, form_for, suffix_of
from life.patterns.pattern import Pattern
from life.rule import CONWAY, Rule
from life.rules import with_name
from life.saving import why_not
from life.user_folders import data_folder

OWN_GROUP = "My patterns"
GROUPS = ("Guns and puffers", "Spaceships", "Oscillators", "Methuselahs", "Still lifes", "Other rules")
MOST_FILES = 500  # of the user's own
MOST_FOLDERS = 200
DEEPEST = 4  # folders within the user's own
LARGEST_FILE_READ = 256 << 10  # bytes; a larger one is not read before it is opened
UNKNOWN = "unknown"

# What somebody who is new to Life should see first, by the names of their files.
START = ("gosper-glider-gun", "glider", "pulsar", "r-pentomino", "koks-galaxy", "highlife-replicator")

MOST_PLACED = 10_000_000  # live cells of a pattern that can be put on a board

_LONGEST_STEM = 80
_SUFFIXES = frozenset(suffix for form in FORMATS for suffix in form.suffixes)


@dataclass(frozen=True, slots=True)
class Entry:
    """One pattern, without its cells.

    Attributes:
        path: its file.
        group: the heading under which it stands.
        is_own: whether it is the user's; the others are not to be written.
        name: what it is called.
        author: as in the file, with the year where that is known; "" where it is not.
        comment: what the file says about it, as one text.
        rule: what it lives by.
        height, width: of the smallest box around its cells; 0 where they were not read.
        population: how many cells are alive.
        problem: why it was not read, as a sentence without its full stop; "" where it was.
    """

    path: Path
    group: str
    is_own: bool
    name: str
    author: str = ""
    comment: str = ""
    rule: Rule = CONWAY
    height: int = 0
    width: int = 0
    population: int = 0
    problem: str = ""
    sought: str = field(default="", repr=False, compare=False)

    def read(self) -> Pattern:
        """The cells, moved to the top left corner, and the rule; without the board that the file may name.

        Raises:
            PatternError: the file cannot be read, is no pattern, or has too many cells to be put on a board.
        """
        pattern = read_pattern(self.path).listed(MOST_PLACED)
        if not pattern.population:
            return pattern
        ys, xs = pattern.ys - pattern.ys.min(), pattern.xs - pattern.xs.min()
        notation = Notation(pattern.notation.rule)
        return replace(
            pattern, ys=ys, xs=xs, height=int(ys.max()) + 1, width=int(xs.max()) + 1, notation=notation, position=None
        )


class Library:
    """Both folders, read when somebody first asks, and again whatever has changed in the user's own.

    Attributes:
        own_folders: as of the last `entries`, the user's folder and those in it: where changes are to be looked for.
        has_more: whether the user has more than is listed.
    """

    def __init__(self, shipped: Path, own: Path) -> None:
        """`shipped` has a folder for each group; `own` need not exist."""
        self.shipped = shipped
        self._own = own
        self._shipped_entries: tuple[Entry, ...] | None = None
        self._own_entries: dict[Path, tuple[tuple[int, int], Entry]] = {}
        self.own_folders: tuple[Path, ...] = ()
        self.has_more = False

    @property
    def own(self) -> Path:
        """The user's folder; nothing but `save` makes it."""
        return self._own

    @own.setter
    def own(self, folder: Path) -> None:
        self._own = folder
        self._own_entries = {}

    def entries(self) -> tuple[Entry, ...]:
        """All of them, the groups in the order of `GROUPS` and the user's last, in each by name.

        Files of the user's that are as they were last time are not read again, and their entries are the same objects.
        """
        if self._shipped_entries is None:
            self._shipped_entries = tuple(_shipped(self.shipped))
        folders = list(islice(_walk(self._own), MOST_FOLDERS + 1))
        self.own_folders = tuple(folder for folder, _ in folders[:MOST_FOLDERS])
        found = dict(islice(_pattern_files(folders[:MOST_FOLDERS]), MOST_FILES + 1))
        self.has_more = len(found) > MOST_FILES or len(folders) > MOST_FOLDERS
        known = self._own_entries
        self._own_entries = {}
        for path in sorted(found)[:MOST_FILES]:
            stamp = found[path]
            was = known.get(path)
            entry = was[1] if was and was[0] == stamp else _entry(path, _own_group(path, self._own), is_own=True)
            self._own_entries[path] = (stamp, entry)
        own = sorted((entry for _, entry in self._own_entries.values()), key=lambda e: (e.group, e.name.casefold()))
        return (*self._shipped_entries, *own)

    def save(self, pattern: Pattern, name: str) -> Path:
        """Writes a pattern under a name that no file of the user's has yet, and makes the folder where there is none.

        Raises:
            PatternError: it cannot be written.
        """
        try:
            self._own.mkdir(parents=True, exist_ok=True)
            path = _taken_path(self._own, name, form_for(pattern).suffixes[0])
        except OSError as error:
            raise PatternError(why_not("saved", error), os.fspath(self._own)) from error
        try:
            save_pattern(path, replace(pattern, name=name))
        except PatternError:
            path.unlink(missing_ok=True)
            raise
        return path


def first_steps(entries: Iterable[Entry]) -> list[Entry]:
    """The entries in `START`, in that order."""
    by_stem = {entry.path.stem: entry for entry in entries if not entry.is_own}
    return [by_stem[stem] for stem in START if stem in by_stem]


def search(entries: Iterable[Entry], text: str) -> list[Entry]:
    """The entries in which every word of `text` occurs: in the name, author, group, rule or comment.

    What was most probably meant comes first: that name, one that begins so, one that has it; of equals the well known.
    Where `text` has no word, all of them in the order in which they are.
    """
    words = text.casefold().split()
    found = [entry for entry in entries if all(word in entry.sought for word in words)]
    wanted = " ".join(words)

    def distance(entry: Entry) -> tuple[int, bool]:
        name = entry.name.casefold()
        has_all = all(word in name for word in words)
        how_near = 0 if name == wanted else 1 if name.startswith(wanted) else 2 if has_all else 3
        return how_near, entry.is_own or entry.path.stem not in START

    return sorted(found, key=distance) if words else found


def own_folder() -> Path:
    """Where this user's patterns are kept at first."""
    return data_folder() / "patterns"


def _taken_path(folder: Path, name: str, suffix: str) -> Path:
    """A new, empty file with a name that every system takes, numbered where it is taken.

    It is made here so that nobody who saves at the same moment, in another window, gets the same one.
    """
    plain = re.sub(r"[^\w.()+-]+", "-", name).strip("-. ")[:_LONGEST_STEM] or "pattern"
    stems = chain([plain], (f"{plain}-{number}" for number in count(2)))
    return next(path for path in (folder / f"{stem}{suffix}" for stem in stems) if _is_made(path))


def _is_made(path: Path) -> bool:
    """Makes an empty file, unless there is one."""
    try:
        path.touch(exist_ok=False)
    except FileExistsError:
        return False
    return True


def _shipped(folder: Path) -> Iterator[Entry]:
    groups = {sub.name.replace("-", " ").capitalize(): sub for sub in _subfolders(folder)}
    for group in sorted(groups, key=lambda name: (GROUPS.index(name) if name in GROUPS else len(GROUPS), name)):
        entries = [_entry(path, group, is_own=False) for path, _ in _pattern_files(_walk(groups[group]))]
        yield from sorted(entries, key=lambda entry: entry.name.casefold())


def _subfolders(folder: Path) -> list[Path]:
    return [sub for sub in folder.iterdir() if sub.is_dir()] if folder.is_dir() else []


def _own_group(path: Path, own: Path) -> str:
    return " / ".join((OWN_GROUP, *path.parent.relative_to(own).parts))


def _walk(top: Path) -> Iterator[tuple[Path, list[str]]]:
    """Every folder that is not hidden and no deeper than `DEEPEST`, with its files; what cannot be read is left out."""
    for folder, folders, files in os.walk(top):
        depth = len(Path(folder).relative_to(top).parts)
        folders[:] = sorted(name for name in folders if not name.startswith(".")) if depth < DEEPEST else []
        yield Path(folder), files


def _pattern_files(folders: Iterable[tuple[Path, list[str]]]) -> Iterator[tuple[Path, tuple[int, int]]]:
    """Each with what changes when it does: its size and time."""
    for folder, files in folders:
        for name in sorted(files):
            if name.startswith(".") or suffix_of(name) not in _SUFFIXES:
                continue
            try:
                status = (folder / name).stat()
            except OSError:
                continue
            if stat.S_ISREG(status.st_mode):
                yield folder / name, (status.st_size, status.st_mtime_ns)


def _entry(path: Path, group: str, *, is_own: bool) -> Entry:
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE_READ:
            return _unread(
                path, group, is_own, f"with {size / 2**20:,.1f} MiB it is not looked into before it is opened"
            )
        return _described(path, group, is_own, read_pattern(path))
    except PatternError as error:
        return _unread(path, group, is_own, error.reason)
    except (LifeError, OSError, MemoryError) as error:
        return _unread(path, group, is_own, str(error) or "it needs more memory than there is")


def _unread(path: Path, group: str, is_own: bool, problem: str) -> Entry:
    name = _stem(path)
    return Entry(path, group, is_own, name, problem=problem, sought=f"{name} {group}".casefold())


def _described(path: Path, group: str, is_own: bool, pattern: Pattern) -> Entry:
    name = pattern.name or _stem(path)
    author = "" if pattern.author == UNKNOWN else pattern.author
    comment = " ".join(text for text in map(_text_of, pattern.comments) if text)
    rule = pattern.notation.rule
    height, width = _box(pattern)
    rule_words = str(rule) if rule == CONWAY else with_name(rule)  # the name of Conway's would find nearly everything
    sought = " ".join((name, _stem(path), author, group, rule_words, comment)).casefold()
    return Entry(path, group, is_own, name, author, comment, rule, height, width, pattern.population, sought=sought)


def _stem(path: Path) -> str:
    name = path.name.removesuffix(".gz")
    return Path(name).stem


def _text_of(comment: str) -> str:
    """A comment line without the marks that begin it; addresses of web pages are for programs, not for people."""
    text = comment[2:] if comment[:2] in ("#C", "#D", "#c") else comment.removeprefix("#")
    text = text.strip()
    is_address = " " not in text and ("://" in text or text.startswith("www."))
    return "" if is_address or text.startswith("[[") else text


def _box(pattern: Pattern) -> tuple[int, int]:
    if pattern.plane is not None or not pattern.population:
        return pattern.extents
    ys, xs = pattern.ys, pattern.xs
    return int(ys.max() - ys.min()) + 1, int(xs.max() - xs.min()) + 1
