import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from life.children import project_folder
from life.wire.limits import connection_limits, raise_open_file_limit


@given(st.integers(256, 1 << 20))
def test_the_app_never_asks_for_more_than_the_service_takes(open_files: int) -> None:
    limits = connection_limits(open_files)
    assert 16 <= limits.client < limits.service
    assert limits.service + limits.backlog < open_files
    assert limits.client < open_files


@given(st.integers(1, 1 << 20), st.integers(1, 1 << 20))
def test_more_files_allow_no_fewer_connections(files: int, more: int) -> None:
    fewer, limits = connection_limits(files), connection_limits(files + more)
    assert fewer.client <= limits.client
    assert fewer.service <= limits.service


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such limit there")
@pytest.mark.parametrize(("soft", "hard", "raised"), [(128, 1000, 1000), (1000, 1000, 1000), (50, 50, 50)])
def test_the_soft_limit_is_raised_to_the_hard_one(soft: int, hard: int, raised: int) -> None:
    script = (
        "import resource; from life.wire.limits import raise_open_file_limit\n"
        f"resource.setrlimit(resource.RLIMIT_NOFILE, ({soft}, {hard}))\n"
        "print(raise_open_file_limit(), *resource.getrlimit(resource.RLIMIT_NOFILE))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=project_folder(), capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == [str(raised), str(raised), str(hard)]


def test_raising_it_again_changes_nothing() -> None:
    assert raise_open_file_limit() == raise_open_file_limit() > 0
