"""What a fault that was planted on purpose looks like from inside the cell; the same over every wire."""

from life.experiment import Fault


def fail_before_asking(fault: Fault | None) -> None:
    """Raises what the faults raise that strike before the cell has asked anything; does nothing for the others."""
    if fault is Fault.ERROR:
        raise OSError("Problem with I/O")
    if fault is Fault.EXIT:
        raise SystemExit("the cell asked Python to exit")


def no_answer(seconds: float) -> TimeoutError:
    """What a cell raises that has waited for `seconds`."""
    return TimeoutError(f"no answer from the service within {seconds:g} seconds")


def cut_off() -> ConnectionResetError:
    """What a cell raises whose connection ends before the answer."""
    return ConnectionResetError("the service cut the connection before it answered")
