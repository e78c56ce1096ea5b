"""What a rule service takes on: of one client, of one connection, and of all of them together.

The app's own service knows its one client, so most bounds are out of its way. One that others can reach gets narrow
ones, because nothing that comes over a network is known to be meant well.
"""

import hmac
from dataclasses import dataclass, field
from typing import Protocol

from life.wire.requests import MOST_CELLS_IN_BAND, RequestParser

UNBOUNDED = float("inf")


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a service takes on.

    Attributes:
        connections: at a time; one more is told so and closed.
        connections_of_one: of these, from one address.
        requests: under way on one connection; until one of them is answered, no more are read from it.
        line: longest request in bytes, not counting the cells of a band.
        band_cells: cells of all bands that are under way; a band that would exceed it is refused.
        cells_in_band: cells of one band; a larger one is refused.
        band_seconds: how long the cells of a band may take to come in.
        line_seconds: how long a request may take to come in, once its first byte is there.
        hello_seconds: how long a client may take to say the token.
        idle_seconds: how long a connection may be left without a word, while nothing is due on it.
        rate: requests a second from one address, at least 1; whoever sends more is read more slowly.
        look_seconds: how often connections are looked at for the three times before that one.
    """

    connections: int = 512
    connections_of_one: int = 1 << 20
    requests: int = 1 << 14
    line: int = 256
    band_cells: int = 1 << 26
    cells_in_band: int = MOST_CELLS_IN_BAND
    band_seconds: float = 10.0
    line_seconds: float = 10.0
    hello_seconds: float = 10.0
    idle_seconds: float = UNBOUNDED
    rate: float = UNBOUNDED
    look_seconds: float = 1.0


FOR_OTHERS = Bounds(
    connections=256,
    connections_of_one=64,
    requests=1 << 10,
    band_cells=1 << 22,
    cells_in_band=1 << 20,
    idle_seconds=300.0,
    rate=20_000.0,
)


class Visitor:
    """Everybody at one address: their connections, and how much they may ask at the moment.

    Attributes:
        connections: how many are open.
    """

    def __init__(self, rate: float, now: float) -> None:
        self.connections = 0
        self._rate = rate
        self._allowed = rate  # a second's worth can be asked at once
        self._filled = now

    def may_ask(self, now: float) -> bool:
        """Whether one more request may be read now; counts it where it may."""
        if self._rate == UNBOUNDED:
            return True
        self._allowed = min(self._allowed + (now - self._filled) * self._rate, self._rate)
        self._filled = now
        if self._allowed < 1:
            return False
        self._allowed -= 1
        return True

    def is_forgotten(self, now: float) -> bool:
        """Whether it makes no difference any more that there was such a visitor."""
        return not self.connections and self._allowed + (now - self._filled) * self._rate >= self._rate

    @property
    def seconds_to_wait(self) -> float:
        """How long until one more may be read."""
        return max(1 - self._allowed, 0.0) / self._rate


class Guest(Protocol):
    """A connection, as the service sees it."""

    def look(self, now: float) -> None:
        """Ends itself where its client takes too much time; `now` is the event loop's time."""

    def cut(self) -> None:
        """Ends itself at once."""


@dataclass(slots=True)
class Occupancy:
    """What a service has taken on, shared by all its conversations; only its event loop's thread touches it.

    Attributes:
        bounds: what it takes on at most.
        token: what a client has to say first; b"" where anybody may ask.
        conversations: those whose connection is open.
        visitors: by address.
        band_cells: cells of all bands that are under way.
    """

    bounds: Bounds
    token: bytes = b""
    parser: RequestParser = field(default_factory=RequestParser)
    conversations: set[Guest] = field(default_factory=set)
    visitors: dict[str, Visitor] = field(default_factory=dict)
    band_cells: int = 0

    def take_in(self, conversation: Guest, address: str, now: float) -> Visitor | str:
        """Gives a connection its place; or says why there is none."""
        if len(self.conversations) >= self.bounds.connections:
            return f"the service takes {self.bounds.connections} connections at a time, try again later"
        visitor = self.visitors.setdefault(address, Visitor(self.bounds.rate, now))
        if visitor.connections >= self.bounds.connections_of_one:
            return f"the service takes {self.bounds.connections_of_one} connections from one address"
        self.conversations.add(conversation)
        visitor.connections += 1
        return visitor

    def let_go(self, conversation: Guest, address: str) -> None:
        """Takes the place of a connection back, where it had one."""
        if conversation in self.conversations:
            self.conversations.discard(conversation)
            visitor = self.visitors[address]
            visitor.connections -= 1
            if not visitor.connections and self.bounds.rate == UNBOUNDED:
                del self.visitors[address]

    def look(self, now: float) -> None:
        """Ends the conversations whose time is over, and forgets who left and could ask a whole second's worth."""
        for conversation in list(self.conversations):
            conversation.look(now)
        gone = [address for address, visitor in self.visitors.items() if visitor.is_forgotten(now)]
        for address in gone:
            del self.visitors[address]

    def is_token(self, said: bytes) -> bool:
        """Whether that is the token; takes as long for a wrong one as for one that is nearly right."""
        return hmac.compare_digest(said, self.token)
