"""What README.md names is there: folders, files, links, commands and the boxes of its picture."""

import importlib.util
import re
import subprocess
import sys
from xml.etree import ElementTree

from tests.door.readme import README, ROOT, section

PICTURE = ROOT / "assets" / "architecture.svg"
SVG = "{http://www.w3.org/2000/svg}"
COMMANDS = [
    line.partition("   #")[0].strip() for block in re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
    for line in block.splitlines()
]  # fmt: skip
BENCHMARKS = {path.stem for path in (ROOT / "tests" / "benchmarks").glob("*.py")}


def boxes_of(picture):
    """The paths in the boxes of the picture, and the box that each stands in: x, y, width, height."""
    root = ElementTree.parse(picture).getroot()
    box = None
    for element in root:
        if element.tag == f"{SVG}rect" and element.get("rx") == "6":
            box = tuple(float(element.get(name)) for name in ("x", "y", "width", "height"))
        if element.tag == f"{SVG}text" and element.get("class") == "path":
            yield element, box


def test_every_file_and_folder_in_the_picture_is_there():
    texts = [text.text for text, _ in boxes_of(PICTURE) if "(" not in text.text]  # which is a call
    paths = [path for text in texts for path in text.split(", ")]
    assert len(paths) > 20
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_every_package_of_the_simulation_is_named():
    named = set(re.findall(r"\(life/(\w+)\)", section("Where to find what")))
    assert {path.parent.name for path in ROOT.glob("life/*/__init__.py")} == named


def test_every_link_to_a_file_leads_to_one():
    links = [link for link in re.findall(r"\]\(([^)\s]+)\)", README) if "://" not in link]
    assert len(links) > 10
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_every_benchmark_that_is_named_is_there():
    named = set(re.findall(r"python -m tests\.benchmarks\.(\w+)", README))
    assert {"holds_up", "bench_fanout"} <= named <= BENCHMARKS


def test_every_module_that_is_to_be_run_is_there():
    modules = {words[2] for words in map(str.split, COMMANDS) if words[:2] == ["python", "-m"]}
    assert {"life", "pytest"} <= modules
    assert [name for name in modules if importlib.util.find_spec(name) is None] == []


def test_the_command_for_one_test_finds_some():
    (command,) = [line for line in COMMANDS if line.startswith("python -m pytest")]
    arguments = command.split()[1:]
    done = subprocess.run(
        [sys.executable, *arguments, "--collect-only", "-q"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_what_keeps_watch_over_a_promise_is_there():
    """The last column of "How it holds up" names tests and benchmarks."""
    rows = [line for line in section("How it holds up").splitlines() if line.startswith("| ")][1:]
    named = {word for row in rows for word in re.findall(r"`(\w+)`", row.rsplit("|", 2)[1])}
    assert "bench_start" in named
    assert [word for word in named if not [*ROOT.glob(f"tests/**/{word}.py")]] == []
