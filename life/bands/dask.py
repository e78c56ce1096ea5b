"""Workers on other machines, by way of Dask: how a board outgrows one machine.

Dask is an extra, and to import it takes half a second; so nobody does before these workers are wanted.
"""

import asyncio
import logging
import pickle
import sys
import tempfile
from collections.abc import Callable, Coroutine
from concurrent.futures import BrokenExecutor, Executor, Future
from pathlib import Path
from threading import Thread
from typing import Any, ParamSpec, TypeVar
from zipfile import ZipFile

from life.errors import LifeError

P = ParamSpec("P")
T = TypeVar("T")

_OUT_OF_SIGHT = "127.0.0.1:0"  # Dask's web server, which cannot be left out; by default the whole network sees it
_SECONDS_TO_CONNECT = 3
_SETTINGS = {
    "distributed.admin.large-graph-warning-threshold": "1 TiB",  # a band is large, and sent only once
    "distributed.worker.profile.enabled": False,  # or an hour of samples, taken 100 times a second, is kept in memory
}


class ClusterError(LifeError):
    """There is no cluster to compute on; the message says why and what to do."""


class DaskWorkers(Executor):
    """The workers of a Dask cluster; `life` is sent to them, so that all they need to have is NumPy, and better numba.

    Without an address it is a cluster of threads in this process, because the compiled kernel lets threads run side by
    side and nothing has to be copied.
    """

    def __init__(self, workers: int, address: str | None = None) -> None:
        """Connects.

        Raises:
            ClusterError: Dask is not installed, or nobody answers at that address.
        """
        self._distributed = _distributed()
        self._workers = workers
        self._address = address
        self._cluster: Any = None
        self._client: Any = None
        self._loop = asyncio.new_event_loop()
        self._loop.set_exception_handler(_note)
        self._thread = Thread(target=self._loop.run_forever, name="dask client", daemon=True)
        self._thread.start()
        try:
            self._run(self._open())
        except BaseException:
            self.shutdown()
            raise

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Sends the arguments to a worker, and has it call `fn` with them."""
        return asyncio.run_coroutine_threadsafe(self._call(fn, *args), self._loop)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Disconnects, and ends the cluster where it is one of our own; what is under way is given up."""
        if self._loop.is_closed():
            return
        self._run(self._close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _run(self, coroutine: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(coroutine, self._loop).result()

    async def _call(self, fn: Callable[..., T], *args: Any) -> T:
        try:
            # Sent with the task and not before it, so that the scheduler can send it to another worker as well.
            call, packed = _packed_call(fn, args)
            return await self._client.submit(call, packed, pure=False)  # type: ignore[no-any-return]
        except Exception as error:
            if self._client.status != "running":
                raise BrokenExecutor(f"the connection to the Dask scheduler is lost ({error})") from error
            raise

    async def _open(self) -> None:
        if not self._address:
            self._cluster = await self._distributed.LocalCluster(
                n_workers=1,
                threads_per_worker=self._workers,
                processes=False,
                memory_limit=None,  # it would be that of the whole program
                dashboard_address=_OUT_OF_SIGHT,
                worker_dashboard_address=_OUT_OF_SIGHT,
                scheduler_kwargs={"dashboard": False},
                silence_logs=logging.ERROR,
                asynchronous=True,
            )
        where = self._address or self._cluster
        try:
            self._client = self._distributed.Client(
                where, timeout=_SECONDS_TO_CONNECT, set_as_default=False, asynchronous=True
            )
            await self._client
        except (OSError, ValueError) as error:
            raise ClusterError(_NOBODY.format(where, where)) from error
        try:
            await self._client.wait_for_workers(1, timeout=_SECONDS_TO_CONNECT)
        except TimeoutError as error:
            raise ClusterError(_NO_WORKERS.format(where, where)) from error
        if self._address:
            await self._send_code()

    async def _send_code(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "lifeloom.zip"
            if not pack_code(file):
                return
            try:
                plugin = self._distributed.diagnostics.plugin.UploadFile(str(file))
                await self._client.register_plugin(plugin, name="lifeloom")
            except Exception as error:  # whatever a worker of another Python, or without NumPy, may raise
                raise ClusterError(f"the workers at {self._address} cannot load life: {error}") from error

    async def _close(self) -> None:
        if self._client is not None:
            await self._client.close()
        if self._cluster is not None:
            await self._cluster.close()
        under_way = asyncio.all_tasks() - {asyncio.current_task()}
        for task in under_way:
            task.cancel()
        await asyncio.gather(*under_way, return_exceptions=True)
        await self._loop.shutdown_default_executor()


def _note(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """Takes what Dask leaves unread, such as a try to connect that it has given up; what matters reaches a caller."""
    logging.getLogger(__name__).debug(context.get("message", ""), exc_info=context.get("exception"))


def _packed_call(fn: Callable[..., Any], args: tuple[Any, ...]) -> tuple[Callable[[bytes], Any], bytes]:
    """The call as bytes, and a function for them that Dask sends as it stands, because it belongs to no module.

    So the scheduler, which unpacks what it passes on, need not have `life`; nothing in that function may come from it,
    its annotations included.
    """

    def call(packed: bytes) -> Any:
        import pickle

        fn, args = pickle.loads(packed)
        return fn(*args)

    return call, pickle.dumps((fn, args), pickle.HIGHEST_PROTOCOL)


def pack_code(file: Path) -> bool:
    """Writes the source of `life` into a zip file; returns whether there is any, as there is in no packed program."""
    folder = Path(__file__).parent.parent
    sources = sorted(folder.rglob("*.py"))
    if getattr(sys, "frozen", False) or not sources:
        return False
    with ZipFile(file, "w") as archive:
        for source in sources:
            archive.write(source, source.relative_to(folder.parent))
    return True


def _distributed() -> Any:
    try:
        import distributed
        from dask import config
    except ImportError as error:
        raise ClusterError(_NO_PACKED_DASK if getattr(sys, "frozen", False) else _NO_DASK) from error
    config.set(_SETTINGS)
    return distributed


_NO_DASK = "bands on a Dask cluster need a package that is not installed: pip install distributed"
_NO_PACKED_DASK = (
    "this packed program has no Dask, whose workers need a Python of their own; install Lifeloom from its folder, "
    'with pip install ".[cluster]"'
)
_NOBODY = (
    "no Dask scheduler answers at {}; start one with `dask scheduler` and workers with `dask worker {}`, "
    "or leave the address out for a cluster in this process"
)
_NO_WORKERS = "the Dask cluster at {} has no workers; start some with `dask worker {}`"
