"""What README and pyproject.toml say of bands is so."""

import argparse
import tomllib

import pytest

from life import options
from life.bands.crew import TRIES
from life.children import project_folder
from life.fanout import STRATEGIES

README = (project_folder() / "README.md").read_text(encoding="utf-8")
NUMBERS = {3: "three"}


def test_the_extra_that_is_named_installs_what_is_imported():
    project = tomllib.loads((project_folder() / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert 'pip install ".[cluster]"' in README
    (needed,) = project["optional-dependencies"]["cluster"]
    assert needed.startswith("distributed>=")
    assert needed in project["optional-dependencies"]["test"]


@pytest.mark.parametrize("strategy", STRATEGIES, ids=lambda strategy: strategy.key)
def test_every_strategy_can_be_found_by_its_key(strategy):
    assert f"`{strategy.key}`" in README


def test_the_option_for_a_cluster_is_there_and_takes_what_is_shown():
    parser = argparse.ArgumentParser()
    options.add_experiment(parser)
    assert "| `--cluster ADDRESS` |" in README
    experiment = options.experiment_of(parser.parse_args(["--cluster", "tcp://10.0.0.1:8786"]))
    assert experiment.cluster == "tcp://10.0.0.1:8786"
    assert options.experiment_of(parser.parse_args([])).cluster is None


def test_a_band_is_tried_as_often_as_promised():
    assert f"after {NUMBERS[TRIES]} tries the run ends" in README
