import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QByteArray, QSettings

from gui import settings as table
from gui.settings import FIELDS, Settings
from life.experiment import Experiment, Fault, WireKind


@pytest.fixture
def path(tmp_path):
    return str(tmp_path / "settings.ini")


def opened(path: str) -> Settings:
    return Settings(QSettings(path, QSettings.Format.IniFormat))


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.key)
def test_a_setting_that_was_never_set_has_its_default(field, path):
    assert opened(path).get(field) == field.default


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.key)
def test_every_default_is_a_value_that_its_own_row_accepts(field):
    assert field.accepts(field.default)


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.key)
def test_every_value_comes_back_with_its_type_from_the_file(field, path):
    first = opened(path)
    first.set(field, field.default)
    first.sync()
    read = opened(path).get(field)
    assert read == field.default
    assert type(read) is type(field.default)


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.key)
@pytest.mark.parametrize(
    "rubbish", ["", "nonsense", "-1", "1e999", "nan", "9" * 30, "a, b", "@Invalid()", "@ByteArray("]
)
def test_rubbish_in_the_file_counts_as_absent(field, rubbish, path):
    group, name = field.key.split("/")
    with open(path, "w", encoding="utf-8") as file:
        file.write(f"[{group}]\n{name}={rubbish}\n")
    value = opened(path).get(field)
    assert type(value) is type(field.default)
    assert field.accepts(value)


def test_a_file_that_is_no_settings_file_at_all_gives_the_defaults(path):
    with open(path, "wb") as file:
        file.write(bytes(range(256)) * 20)
    settings = opened(path)
    assert all(settings.get(field) == field.default for field in FIELDS)


def test_no_two_rows_share_a_key():
    assert len({field.key for field in FIELDS}) == len(FIELDS)


@given(
    st.builds(
        Experiment,
        strategy=st.sampled_from(["serial", "thread-pool", "coroutines"]),
        workers=st.none() | st.integers(1, 1000),
        wire=st.sampled_from(WireKind),
        latency=st.floats(0, 60),
        jitter=st.floats(0, 60),
        seed=st.integers(0, 2**31 - 1),
        time_limit=st.floats(0.001, 60),
        fault_rate=st.floats(0, 1),
        fault_kind=st.sampled_from(Fault),
    )
)
def test_an_experiment_comes_back_as_it_was(tmp_path_factory, experiment):
    path = str(tmp_path_factory.mktemp("settings") / "settings.ini")
    first = opened(path)
    first.remember_experiment(experiment)
    first.sync()
    assert opened(path).experiment() == experiment


def test_a_time_limit_of_nothing_in_the_file_does_not_keep_the_rest_from_being_read(path):
    settings = opened(path)
    settings.set(table.TIME_LIMIT, 0.0)
    settings.set(table.STRATEGY, "serial")
    assert settings.experiment() == Experiment(strategy="serial")


@pytest.mark.parametrize("rate", [None, 0.5, 5.0, 100.0])
def test_the_speed_comes_back_as_fast_as_it_goes_included(rate, path):
    settings = opened(path)
    settings.remember_rate(rate)
    assert settings.rate() == rate


def test_a_window_layout_comes_back_byte_by_byte(path):
    layout = QByteArray(bytes(range(256)))
    first = opened(path)
    first.set(table.PLAY_LAYOUT, layout)
    first.sync()
    assert opened(path).get(table.PLAY_LAYOUT) == layout


def test_how_many_at_a_time_is_remembered_with_the_speed_and_only_where_it_can_be(path):
    settings = opened(path)
    settings.remember_experiment(Experiment(strategy="whole-board", engine="hashlife", memory=64 << 20))
    settings.remember_rate(None, 1 << 40)
    settings.sync()
    again = opened(path)
    assert (again.rate(), again.stride()) == (None, 1 << 40)
    assert (again.experiment().engine, again.experiment().memory) == ("hashlife", 64 << 20)
    again.remember_experiment(Experiment(strategy="serial"))
    assert again.stride() == 1
    again.remember_experiment(Experiment(strategy="whole-board"))
    again.remember_rate(5.0)
    assert again.stride() == 1
