"""The library: what is listed, what is found, and that no file of the user's can spoil it."""

import errno
import gzip
import os
import sys
import tracemalloc
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from shutil import rmtree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from life.errors import PatternError
from life.patterns.files import read_pattern
from life.patterns.library import (
    DEEPEST,
    GROUPS,
    LARGEST_FILE_READ,
    MOST_FILES,
    MOST_FOLDERS,
    OWN_GROUP,
    START,
    Entry,
    Library,
    first_steps,
    own_folder,
    search,
)
from life.patterns.rle import read_rle

SHIPPED = Path(__file__).parents[2] / "assets" / "patterns"
ENTRIES = Library(SHIPPED, Path("nowhere")).entries()
BLOCK = "x = 2, y = 2\n2o$2o!"


@pytest.fixture
def own(tmp_path) -> Path:
    return tmp_path / "mine"


@pytest.fixture
def library(own) -> Library:
    return Library(SHIPPED, own)


def write(path: Path, text: str = BLOCK) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def mine(library: Library) -> list[Entry]:
    return [entry for entry in library.entries() if entry.is_own]


def names(entries: list[Entry]) -> list[str]:
    return [entry.name for entry in entries]


# What comes with the application.


def test_every_pattern_that_comes_along_is_listed_once_group_by_group():
    groups = [entry.group for entry in ENTRIES]
    assert list(dict.fromkeys(groups)) == list(GROUPS)
    assert groups == sorted(groups, key=GROUPS.index)
    assert {entry.path for entry in ENTRIES} == set(SHIPPED.glob("*/*.rle"))
    assert not [entry for entry in ENTRIES if entry.problem or entry.is_own]


def test_within_a_group_the_names_are_in_order():
    for group in GROUPS:
        listed = [entry.name.casefold() for entry in ENTRIES if entry.group == group]
        assert listed == sorted(listed)


def test_an_entry_says_what_its_file_says():
    (gun,) = [entry for entry in ENTRIES if entry.name == "Gosper glider gun"]
    assert (gun.author, gun.height, gun.width, gun.population) == ("Bill Gosper, 1970", 9, 36, 36)
    assert str(gun.rule) == "B3/S23"
    assert gun.comment.startswith("The first gun")
    (moon,) = [entry for entry in ENTRIES if entry.name == "Seeds moon"]
    assert (moon.author, str(moon.rule)) == ("", "B2/S")


def test_what_a_newcomer_should_see_first_is_there_in_that_order():
    steps = first_steps(ENTRIES)
    assert [entry.path.stem for entry in steps] == list(START)
    assert steps[0].name == "Gosper glider gun"


def test_a_pattern_is_read_without_its_board_and_begins_at_the_corner():
    (gun,) = [entry for entry in ENTRIES if entry.name == "Gosper glider gun"]
    pattern = gun.read()
    assert (pattern.ys.min(), pattern.xs.min(), pattern.height, pattern.width) == (0, 0, 9, 36)
    assert pattern.notation.bounds is None
    assert pattern.position is None
    assert pattern.population == 36


@pytest.mark.parametrize("suffix", [".rle", ".rle.gz"])
def test_reading_a_small_file_takes_little_memory(tmp_path, suffix):
    path = tmp_path / f"block{suffix}"
    path.write_bytes(gzip.compress(BLOCK.encode()) if suffix.endswith(".gz") else BLOCK.encode())
    read_pattern(path)
    tracemalloc.start()
    try:
        read_pattern(path)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 2 << 20


# Finding.


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("glider", "Glider"),
        ("glider gun", "Gosper glider gun"),
        ("GUN", "Gosper glider gun"),
        ("pulsar", "Pulsar"),
        ("galaxy", "Kok's galaxy"),
        ("gosper 1971", "New gun"),
        ("b36/s23", "HighLife replicator"),
        ("day & night", "Day & Night fireball"),
        ("period 138", "Gabriel's p138"),
        ("lwss", "Lightweight spaceship"),
        ("nobody's", ""),
        ("fishhook", "Eater 1"),
        ("still six", "Snake"),
    ],
)
def test_what_was_meant_is_found_first(text, name):
    assert names(search(ENTRIES, text)[:1]) == ([name] if name else [])


def test_without_words_everything_is_found_as_it_is_listed():
    assert search(ENTRIES, "  ") == list(ENTRIES)


def test_a_word_that_is_nowhere_finds_nothing():
    assert search(ENTRIES, "glider zzyzx") == []


@given(st.lists(st.sampled_from(["gun", "glider", "1970", "conway", "period", "B3/", "o"]), max_size=4))
def test_more_words_never_find_more_and_each_word_is_there(words):
    found = search(ENTRIES, " ".join(words))
    assert set(found) <= set(ENTRIES)
    assert len(set(found)) == len(found)
    for count in range(len(words)):
        assert set(found) <= set(search(ENTRIES, " ".join(words[:count])))
    for entry in found:
        said = f"{entry.name} {entry.author} {entry.group} {entry.rule} {entry.comment} {entry.path.stem}".casefold()
        assert all(word.casefold() in said for word in words)


# The user's own folder.


def test_a_folder_that_is_not_there_is_not_made(library, own):
    assert mine(library) == []
    assert library.own_folders == ()
    assert not own.exists()


def test_files_of_every_format_are_listed_and_folders_are_groups(library, own):
    write(own / "one.rle", "#N Mine\n#O Me, 2026\n#C What it is.\n#C https://example.org/it\nx = 2, y = 2\n2o$2o!")
    write(own / "guns" / "two.cells", "!Name: Two\n.O\nO.\n")
    write(own / "guns" / "old" / "three.lif", "#Life 1.06\n0 0\n5 5\n")
    listed = [(entry.group, entry.name, entry.population) for entry in mine(library)]
    assert listed == [
        (OWN_GROUP, "Mine", 4),
        (f"{OWN_GROUP} / guns", "Two", 2),
        (f"{OWN_GROUP} / guns / old", "three", 2),
    ]
    assert mine(library)[0].comment == "What it is."
    assert library.own_folders == (own, own / "guns", own / "guns" / "old")


@pytest.mark.parametrize("name", ["notes.txt", ".hidden.rle", ".folder/x.rle", "picture.png", "noname"])
def test_what_is_no_pattern_and_what_is_hidden_is_left_out(library, own, name):
    write(own / name)
    assert mine(library) == []


def test_a_file_that_cannot_be_read_says_why_and_hides_nothing(library, own):
    write(own / "bad.rle", "<html>not a pattern</html>")
    write(own / "good.rle")
    bad, good = mine(library)
    assert (bad.name, good.name, good.problem) == ("bad", "good", "")
    assert "web page" in bad.problem
    with pytest.raises(PatternError):
        bad.read()
    assert names(search(mine(library), "bad")) == ["bad"]


@given(data=st.binary(max_size=300))
def test_whatever_the_bytes_of_a_file_it_is_one_entry(tmp_path_factory, data):
    own = tmp_path_factory.mktemp("own")
    (own / "any.rle").write_bytes(data)
    (entry,) = Library(Path("nowhere"), own).entries()
    assert entry.problem or entry.population >= 0


def test_a_file_of_cells_far_apart_is_described_without_the_room_between(library, own):
    write(own / "far.lif", "#Life 1.06\n0 0\n4000000000000 4000000000000\n")
    (far,) = mine(library)
    assert (far.population, far.width, far.problem) == (2, 4_000_000_000_001, "")


def test_a_large_file_is_listed_and_not_looked_into(library, own):
    write(own / "large.rle", "#N Large\nx = 1, y = 1\no!" + " " * LARGEST_FILE_READ)
    (large,) = mine(library)
    assert large.name == "large"
    assert "before it is opened" in large.problem
    assert large.read().population == 1


def test_only_so_many_files_are_read_and_it_says_that_there_are_more(library, own):
    for number in range(MOST_FILES + 3):
        write(own / f"{number:04}.rle")
    assert len(mine(library)) == MOST_FILES
    assert library.has_more
    (own / "0000.rle").unlink()
    (own / "0001.rle").unlink()
    (own / "0002.rle").unlink()
    assert len(mine(library)) == MOST_FILES
    assert not library.has_more


def test_only_so_many_folders_are_looked_into(library, own):
    for number in range(MOST_FOLDERS + 5):
        write(own / f"{number:04}" / f"{number}.rle")
    assert len(mine(library)) == MOST_FOLDERS - 1  # one of them is the top
    assert len(library.own_folders) == MOST_FOLDERS
    assert library.has_more


def test_folders_deeper_than_anybody_keeps_patterns_are_not_searched(library, own):
    folders = [f"f{depth}" for depth in range(DEEPEST + 2)]
    for depth in range(DEEPEST + 2):
        write(own.joinpath(*folders[:depth], f"at{depth}.rle"))
    assert names(mine(library)) == [f"at{depth}" for depth in range(DEEPEST + 1)]


@pytest.mark.skipif(sys.platform == "win32", reason="needs rights there that not everybody has")
def test_a_folder_that_contains_itself_ends(library, own):
    write(own / "one.rle")
    (own / "again").symlink_to(own, target_is_directory=True)
    assert names(mine(library)) == ["one"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes there")
def test_a_pipe_is_not_waited_for(library, own):
    own.mkdir()
    os.mkfifo(own / "pipe.rle")
    assert mine(library) == []


def test_a_file_is_read_again_only_when_it_has_changed(library, own):
    kept, changed = write(own / "kept.rle"), write(own / "changed.rle")
    before = {entry.path: entry for entry in library.entries()}
    write(changed, "x = 3, y = 1\n3o!")
    gone = write(own / "new.rle")
    after = {entry.path: entry for entry in library.entries()}
    assert after[kept] is before[kept]
    assert (after[changed].population, before[changed].population) == (3, 4)
    assert all(after[path] is before[path] for path in before if SHIPPED in path.parents)
    gone.unlink()
    assert gone not in {entry.path for entry in library.entries()}


def test_another_folder_shows_other_patterns(library, own, tmp_path):
    write(own / "here.rle")
    assert names(mine(library)) == ["here"]
    write(tmp_path / "there" / "there.rle")
    library.own = tmp_path / "there"
    assert names(mine(library)) == ["there"]


# Saving into it.


def test_saving_makes_the_folder_and_takes_no_name_twice(library, own):
    pattern = read_rle("#O Me\n#C Why.\nx = 3, y = 1, rule = B36/S23:T8,4\n3o!")
    first, second = library.save(pattern, "My: gun / 2?"), library.save(pattern, "My: gun / 2?")
    assert (first.parent, first.name, second.name) == (own, "My-gun-2.rle", "My-gun-2-2.rle")
    again = read_pattern(first)
    assert (again.name, again.author, again.comments) == ("My: gun / 2?", "Me", ("#C Why.",))
    assert str(again.notation) == "B36/S23:T8,4"
    assert names(mine(library)) == ["My: gun / 2?", "My: gun / 2?"]


def test_whoever_saves_at_the_same_moment_gets_another_name(own):
    with ThreadPoolExecutor(8) as pool:
        saved = [pool.submit(Library(Path("nowhere"), own).save, read_rle(BLOCK), "block") for _ in range(40)]
    paths = {one.result() for one in saved}
    assert len(paths) == 40
    assert sorted(paths) == sorted(own.iterdir())
    assert {read_pattern(path).population for path in paths} == {4}


def test_what_could_not_be_written_leaves_no_empty_file(library, own, monkeypatch):
    monkeypatch.setattr("life.patterns.files.replace_file", raise_disk_full)
    with pytest.raises(PatternError, match="cannot be saved"):
        library.save(read_rle(BLOCK), "block")
    assert list(own.iterdir()) == []


def raise_disk_full(*args: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_while_the_folder_is_gone_there_is_nothing_and_saving_makes_it_again(library, own):
    library.save(read_rle(BLOCK), "first")
    assert names(mine(library)) == ["first"]
    rmtree(own)
    assert mine(library) == []
    library.save(read_rle(BLOCK), "second")
    assert names(mine(library)) == ["second"]


@given(name=st.text(max_size=200))
def test_any_name_becomes_a_file_in_the_folder(tmp_path_factory, name):
    own = tmp_path_factory.mktemp("own")
    path = Library(Path("nowhere"), own).save(read_rle(BLOCK), name)
    assert path.parent == own
    assert path.is_file()
    assert read_pattern(path).population == 4


def test_a_folder_that_cannot_be_made_is_told(library, own):
    own.write_text("a file is in its place")
    with pytest.raises(PatternError, match="cannot be saved"):
        library.save(read_rle(BLOCK), "block")


def test_the_folder_is_where_the_system_keeps_such_things(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert own_folder() == tmp_path / "lifeloom" / "patterns"
    monkeypatch.delenv("XDG_DATA_HOME")
    assert own_folder() == Path.home() / ".local" / "share" / "lifeloom" / "patterns"
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    assert own_folder() == tmp_path / "Lifeloom" / "patterns"
    monkeypatch.setattr(sys, "platform", "darwin")
    assert own_folder() == Path.home() / "Library" / "Application Support" / "Lifeloom" / "patterns"
