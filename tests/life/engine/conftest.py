import pytest


@pytest.fixture(scope="session")
def machine_code_folder(request, tmp_path_factory):
    """Where what numba compiles is kept: between runs where pytest keeps anything, and away from the user's own."""
    cache = getattr(request.config, "cache", None)  # absent with `-p no:cacheprovider`
    return str(cache.mkdir("numba") if cache else tmp_path_factory.mktemp("numba"))
