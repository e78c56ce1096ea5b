"""The client for threads: each waits for its own answer in `recv`."""

from life.stop import StopSignal
from life.wire.connection import Connection, Endpoint, StaleConnection
from life.wire.pool import ConnectionPool


class BlockingClient:
    """Asks over at most `most` connections at a time."""

    def __init__(self, endpoint: Endpoint, most: int) -> None:
        self._pool = ConnectionPool(endpoint, most)

    def ask(self, request: bytes, limit: float, stop: StopSignal, number: int = 1, *, alone: bool = False) -> str:
        """Sends a request and blocks the calling thread until it is answered.

        Args:
            request: the line, or lines.
            limit: seconds until it gives up, from the moment when it has a connection.
            stop: wakes it.
            number: of the request.
            alone: whether the connection is to be used for nothing else, because something will go wrong on it.

        Raises:
            See `life.wire.connection.Connection.ask`, except `StaleConnection`.
        """
        connection = self._pool.take(stop)
        try:
            if alone:
                connection = self._pool.renew(connection)
            try:
                return connection.ask(request, limit, stop, number)
            except StaleConnection:  # the service was started anew since; no harm in asking again
                connection = self._pool.renew(connection)
            return connection.ask(request, limit, stop, number)
        except BaseException:
            connection.close()
            raise
        finally:
            self._bring_back(connection, stop, alone)

    def _bring_back(self, connection: Connection, stop: StopSignal, alone: bool) -> None:
        if alone or stop.is_set:  # whoever sets it may be about to wake this connection
            connection.close()
        self._pool.give_back(connection)

    def close(self) -> None:
        """Closes all connections; whoever still asks is woken with an error."""
        self._pool.close()
