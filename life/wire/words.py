"""The words that the app and the rule service exchange; `life.wire.service` describes them.

Nothing in here loads NumPy, so that the service starts quickly.
"""

from typing import NamedTuple

from life.errors import NonsenseError, ServiceError
from life.experiment import Fault
from life.states import ALIVE, EMPTY
from life.wire.base import BandQuestion, Question

GREETING = b"hello\n"
GREETING_ANSWER = b"lifeloom 1\n"
NONSENSE = "perhaps"

# A cell of a band is one character: 0 to 8, the number of its live neighbours, or A to I for the same where it lives.
LETTERS = b"012345678ABCDEFGHI"
STATES = (EMPTY + ALIVE).encode()

_TO_LETTERS = bytes.maketrans(bytes(range(len(LETTERS))), LETTERS)
_FROM_STATES = bytes.maketrans(STATES, b"\0\1")
LONGEST_ANSWER = 1 << 10  # bytes, to one cell

_MOST_DIGITS = 18
_MOST_SHOWN = 40
_MOST_SHOWN_OF_REASON = 200


class Answer(NamedTuple):
    """A line that came from the service.

    Attributes:
        number: of the request that it answers, or None where it says none.
        text: what it says.
        refused: whether the service has refused the request, or the whole connection.
    """

    number: int | None
    text: str
    refused: bool = False

    def to(self, number: int) -> str:
        """What it says to the request of this number; raises its `refusal`, or `NonsenseError` if it is for another."""
        if self.refused:
            raise self.refusal()
        if self.number != number:
            raise NonsenseError(_shown(f"{self.number} {self.text}"))
        return self.text

    def refusal(self) -> ServiceError:
        """What a cell raises whose request was refused."""
        return ServiceError(f"the rule service refused: {self.reason}")

    @property
    def reason(self) -> str:
        """What it says, for a person to read: in part where it is long, and without what a terminal would obey."""
        text = "".join(letter if letter.isprintable() else " " for letter in self.text[:_MOST_SHOWN_OF_REASON])
        return text if len(self.text) <= _MOST_SHOWN_OF_REASON else f"{text}…"


def parse_answer(line: bytes) -> Answer:
    """What the service said in `line`; raises `NonsenseError`."""
    number, _, text = line.rstrip(b"\r\n").decode("ascii", "backslashreplace").partition(" ")
    if number == "error":
        number, _, reason = text.partition(" ")
        return Answer(int(number) if _is_number(number) else None, reason, refused=True)
    if not _is_number(number):
        raise NonsenseError(_shown(f"{number} {text}"))
    return Answer(int(number), text)


def no_line(received: bytes | bytearray) -> NonsenseError:
    """What whoever waits for a line raises where there is none in what came."""
    return NonsenseError(_shown(received[: _MOST_SHOWN + 1].decode("ascii", "backslashreplace")))


def _is_number(word: str) -> bool:
    return len(word) <= _MOST_DIGITS and word.isascii() and word.isdigit()


def cell_request(number: int, rule: str, question: Question) -> bytes:
    """The line that asks for one cell; `rule` is in canonical notation."""
    ending = _ending(question.seconds, question.fault)
    return f"cell {number} {rule} {question.state} {question.neighbors} {ending}\n".encode()


def band_request(number: int, rule: str, question: BandQuestion) -> bytes:
    """The two lines that ask for a band of cells; `rule` is in canonical notation."""
    head = f"band {number} {rule} {len(question.codes)} {_ending(question.seconds, question.fault)}\n".encode()
    return head + question.codes.translate(_TO_LETTERS) + b"\n"


def _ending(seconds: float, fault: Fault | None) -> str:
    microseconds = round(seconds * 1e6)
    return str(microseconds) if fault is None else f"{microseconds} {fault.value}"


def state_from(answer: str) -> str:
    """A cell's next state, ALIVE or EMPTY, from the answer to `cell`; raises `NonsenseError`."""
    if answer not in (ALIVE, EMPTY):
        raise NonsenseError(_shown(answer))
    return answer


def states_from(answer: str, cells: int) -> bytes:
    """A band's next states, 0 or 1 for each of `cells` cells, from the answer to `band`; raises `NonsenseError`."""
    states = answer.encode("ascii", "replace")
    if len(states) != cells or states.translate(None, STATES):
        raise NonsenseError(_shown(answer))
    return states.translate(_FROM_STATES)


def error_line(number: bytes, reason: str) -> bytes:
    """What the service says to a line that is no request; `number` is "-" where it has none."""
    return b"error %b %b\n" % (number, reason.encode())


def _shown(answer: str) -> str:
    return answer if len(answer) <= _MOST_SHOWN else answer[:_MOST_SHOWN] + "…"
