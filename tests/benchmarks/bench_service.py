"""What the rule service makes of requests that nobody should send.

    python -m tests.benchmarks.bench_service [REQUESTS]

A service of its own gets mangled requests, from a seed, over connections that come and go. Before and after, a whole
band of cells is asked for, so that a service that lives on but answers wrongly is found out as well.
"""

import random
import socket
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import psutil

from life.rule import CONWAY
from life.wire.base import BandQuestion
from life.wire.service import HOST, READY
from life.wire.words import band_request, parse_answer, states_from

ROOT = Path(__file__).parents[2]
REQUESTS = 20_000
A_CONNECTION = 50
PATIENCE = 10.0  # seconds
WORDS = (b"cell", b"band", b"hello", b"1", b"17", b"9" * 30, b"-1", b"B3/S23", b"B/S", b"*", b"-", b"\xff\x00", b"")


@dataclass(frozen=True)
class Measured:
    """What came of it.

    Attributes:
        is_right: whether the service gives right answers afterwards.
        grown: MiB that it has taken meanwhile.
        per_second: how many of the requests it took in a second.
        cut: how many connections it had enough of.
    """

    is_right: bool
    grown: float
    per_second: float
    cut: int


def measure(requests: int, seed: int = 1) -> Measured:
    """Starts a service, sends `requests` mangled requests, and ends it."""
    chance, cut = random.Random(seed), 0
    command = [sys.executable, "-m", "life", "serve"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            port = int(process.stdout.readline().removeprefix(READY))
            is_right, before = _is_right(port), _mebibytes(process)
            began = perf_counter()
            for _ in range(0, requests, A_CONNECTION):
                cut += not _send(port, [_mangled(chance) for _ in range(A_CONNECTION)])
            took = perf_counter() - began
            return Measured(is_right and _is_right(port), _mebibytes(process) - before, requests / took, cut)
        finally:
            process.terminate()


def _mangled(chance: random.Random) -> bytes:
    """A request that was right once, or was never one."""
    kind = chance.randrange(3)
    if kind == 0:
        return bytes(chance.randrange(256) for _ in range(chance.randrange(300))).replace(b"\n", b" ")
    if kind == 1:
        return b" ".join(chance.choices(WORDS, k=chance.randrange(9)))
    line = bytearray(b"cell 7 B3/S23 * 3 0")
    for _ in range(chance.randint(1, 3)):
        line[chance.randrange(len(line))] = chance.choice(b"0123456789 -*/xBS\xff")
    return bytes(line)


def _send(port: int, lines: list[bytes]) -> bool:
    """Sends them over one connection and hears it out; False where the service cut it before it had taken all."""
    with socket.create_connection((HOST, port), timeout=PATIENCE) as connection:
        try:
            connection.sendall(b"\n".join(lines))
            connection.shutdown(socket.SHUT_WR)
            while connection.recv(1 << 16):
                pass
        except ConnectionError:
            return False
    return True


def _is_right(port: int) -> bool:
    codes = bytes(range(18))
    with socket.create_connection((HOST, port), timeout=PATIENCE) as connection:
        connection.sendall(band_request(1, str(CONWAY), BandQuestion(codes, 0.0, None)))
        with connection.makefile("rb") as lines:
            answer = parse_answer(lines.readline())
    return states_from(answer.text, len(codes)) == codes.translate(CONWAY.table)


def _mebibytes(process: subprocess.Popen[str]) -> float:
    return psutil.Process(process.pid).memory_info().rss / (1 << 20)


def main() -> None:
    requests = int(sys.argv[1]) if len(sys.argv) > 1 else REQUESTS
    measured = measure(requests)
    print(f"{requests:,} mangled requests, {measured.per_second:,.0f} a second; {measured.cut} connections were cut")
    print(f"answers are {'right' if measured.is_right else 'WRONG'} afterwards; it grew by {measured.grown:.1f} MiB")


if __name__ == "__main__":
    main()
