"""A bounded stock of blocking connections. Whoever finds none left waits in line: first come, first served."""

from collections import deque
from threading import Lock

from life.stop import StopSignal
from life.wire.connection import Connection, Endpoint


class _Waiter:
    """A thread in the line; its gate opens once, when it is handed a connection or has no more to hope for."""

    def __init__(self) -> None:
        self.connection: Connection | None = None
        self.has_left = False
        self._gate = Lock()
        self._gate.acquire()
        self._opener = Lock()

    def wait(self) -> None:
        self._gate.acquire()

    def wake(self) -> None:
        if self._opener.acquire(blocking=False):
            self._gate.release()


class ConnectionPool:
    """At most `most` connections to `endpoint`, which are used again when they come back in good order."""

    def __init__(self, endpoint: Endpoint, most: int) -> None:
        self._endpoint = endpoint
        self._most = most
        self._guard = Lock()
        self._free: deque[Connection] = deque()
        self._taken: set[Connection] = set()
        self._line: deque[_Waiter] = deque()
        self._is_closed = False

    def take(self, stop: StopSignal) -> Connection:
        """A connection for the calling thread alone, which may have to wait for it; bring it back in any case.

        Raises:
            Stopped: `stop` was set.
            ConnectionAbortedError: the pool was closed.
        """
        stop.check()
        with self._guard:
            self._refuse_if_closed()
            if self._free or len(self._taken) < self._most:
                connection = self._free.pop() if self._free else Connection(self._endpoint)
                self._taken.add(connection)
                return connection
            waiter = _Waiter()
            self._line.append(waiter)
        return self._wait(waiter, stop)

    def _wait(self, waiter: _Waiter, stop: StopSignal) -> Connection:
        waker = stop.add_waker(waiter.wake)
        waiter.wait()
        stop.remove_waker(waker)
        with self._guard:
            if waiter.connection is not None:
                return waiter.connection
            waiter.has_left = True
            stop.check()
            raise self._closed()

    def give_back(self, connection: Connection) -> None:
        """Lets the next thread have the place of `connection`, and the connection itself unless it is closed."""
        with self._guard:
            self._taken.discard(connection)
            if self._is_closed:
                connection.close()
                return
            while self._line:
                waiter = self._line.popleft()
                if not waiter.has_left:
                    waiter.connection = connection if not connection.is_closed else Connection(self._endpoint)
                    self._taken.add(waiter.connection)
                    waiter.wake()
                    return
            if not connection.is_closed:
                self._free.append(connection)  # the last one is taken first, so that few stay in use

    def renew(self, connection: Connection) -> Connection:
        """Closes a connection that was taken; returns another one, taken as well, that was never used."""
        connection.close()
        with self._guard:
            self._refuse_if_closed()
            self._taken.discard(connection)
            fresh = Connection(self._endpoint)
            self._taken.add(fresh)
            return fresh

    def close(self) -> None:
        """Closes all connections; threads that wait for one, or on one, are woken with an error."""
        with self._guard:
            self._is_closed = True
            taken, line, free = list(self._taken), list(self._line), list(self._free)
            self._free.clear()
        for connection in taken:
            connection.wake()
        for waiter in line:
            waiter.wake()
        for connection in free:
            connection.close()

    def _refuse_if_closed(self) -> None:
        if self._is_closed:
            raise self._closed()

    def _closed(self) -> ConnectionAbortedError:
        return ConnectionAbortedError("the connections to the rule service were closed")
