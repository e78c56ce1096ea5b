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


def nobody_there(host: str, port: int) -> ConnectionRefusedError:
    """What a cell raises that is not let in, because there is no service any more where one was."""
    return ConnectionRefusedError(f"no rule service listens at {host}:{port} any more")


def cut_off() -> ConnectionResetError:
    """What a cell raises whose connection ends before the answer."""
    return ConnectionResetError("the service cut the connection before it answered")
