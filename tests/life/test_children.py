import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from life.children import Child, child_command, project_folder

PATIENCE = 30.0


def python(script: str) -> list[str]:
    return [sys.executable, "-c", script]


def test_a_child_is_this_python_running_this_package(monkeypatch: pytest.MonkeyPatch) -> None:
    assert child_command("serve", "--port", "0") == [sys.executable, "-m", "life", "serve", "--port", "0"]
    assert (project_folder() / "life" / "__main__.py").is_file()
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert child_command("serve", "--port", "0") == [sys.executable, "--child", "serve", "--port", "0"]


def test_a_child_runs_in_the_folder_of_the_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with Child(python("import os; print('in', os.getcwd())")) as child:
        assert child.wait_for_line("in ", PATIENCE) == f"in {project_folder()}"


def test_the_line_that_is_waited_for_is_found_behind_others() -> None:
    with Child(python("print('one'); print('two'); print('ready: 5', flush=True); input()")) as child:
        assert child.wait_for_line("ready: ", PATIENCE) == "ready: 5"
        assert child.said == ["one", "two"]


def test_what_a_child_said_before_it_died_is_kept() -> None:
    with Child(python("raise ValueError('no such port')")) as child:
        assert child.wait_for_line("ready", PATIENCE) is None
        assert child.said[-1] == "ValueError: no such port"


def test_only_the_last_lines_are_kept() -> None:
    with Child(python("for n in range(1000): print(n)")) as child:
        assert child.wait_for_line("ready", PATIENCE) is None
        assert child.said == [str(n) for n in range(980, 1000)]


def test_a_child_that_says_nothing_in_time_is_ended() -> None:
    with Child(python("import time; time.sleep(1000)")) as child:
        assert child.wait_for_line("ready", 0.1) is None
        assert child.process.wait(PATIENCE) != 0


def test_a_child_ends_with_its_life_line() -> None:
    with Child(python("print('ready', flush=True); import sys; sys.stdin.read(); sys.exit(3)")) as child:
        assert child.wait_for_line("ready", PATIENCE) == "ready"
    assert child.process.returncode == 3


def test_a_child_that_does_not_notice_is_ended_by_force() -> None:
    with Child(python("print('ready', flush=True); import time; time.sleep(1000)")) as child:
        assert child.wait_for_line("ready", PATIENCE) == "ready"
    assert child.process.returncode not in (0, None)


def test_closing_again_changes_nothing() -> None:
    child = Child(python("input()"))
    child.close()
    child.close()
    assert child.process.returncode is not None


@pytest.mark.skipif(not hasattr(psutil.Process, "num_fds"), reason="files are counted where there are such")
def test_children_that_have_ended_leave_no_files_open() -> None:
    before = psutil.Process().num_fds()
    for _ in range(3):
        with Child(python("print('ready')")) as child:
            assert child.wait_for_line("ready", PATIENCE) == "ready"
    assert psutil.Process().num_fds() == before


def test_a_child_does_not_outlive_a_parent_that_is_killed() -> None:
    parent = (
        "import os; from life.children import Child; import sys\n"
        "child = Child([sys.executable, '-c', 'import sys; sys.stdin.read()'])\n"
        "print(child.process.pid, flush=True); input()"
    )
    with subprocess.Popen(
        python(parent), cwd=project_folder(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        child = psutil.Process(int(process.stdout.readline()))
        process.kill()
    psutil.wait_procs([child], PATIENCE)
    assert not child.is_running() or child.status() == psutil.STATUS_ZOMBIE
