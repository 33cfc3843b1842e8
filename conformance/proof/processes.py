"""Pieces of work in processes of their own, several at a time; each process begins with everything built and nothing used.

No pool of the standard library does that: `multiprocessing.Pool` waits for ever for the work of a process that died, and an
executor that begins a process for each piece of work does not begin it as a copy.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout, suppress
from multiprocessing.connection import Connection, wait
from typing import Any, Generic, Self, TypeVar

Piece = TypeVar("Piece")
Result = TypeVar("Result")


class Processes(Generic[Piece, Result]):
    """A context in which pieces of work run; whatever still runs at its end is killed.

    Args:
        work: what is done with a piece, in its process. Both and what it returns can be pickled.
        warm: builds what every piece needs: copies of this process find it done.
        within: after how many seconds without an end everything that runs counts as hung.
    """

    def __init__(self, work: Callable[[Piece], Result], *, warm: Callable[[], object], within: float) -> None:
        self._work = work
        self._within = within
        self._context = _context(warm)
        self._running = dict[Connection, tuple[Piece, Any]]()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        for _, process in self._running.values():
            process.kill()
        gc.unfreeze()

    def __len__(self) -> int:
        """How many pieces are being worked on."""
        return len(self._running)

    def pieces(self) -> list[Piece]:
        """Those that are being worked on."""
        return [piece for piece, _ in self._running.values()]

    def start(self, piece: Piece) -> None:
        """Begins a piece."""
        ours, theirs = self._context.Pipe(duplex=False)
        process = self._context.Process(target=_child, args=(theirs, self._work, piece), daemon=True)
        process.start()
        theirs.close()
        self._running[ours] = (piece, process)

    def ended(self) -> Iterator[tuple[Piece, Result | ChildProcessError]]:
        """Waits until pieces end: each with what came of it, or with a `ChildProcessError` that says why nothing did."""
        ready = wait(list(self._running), timeout=self._within)
        for connection in ready or list(self._running):
            assert isinstance(connection, Connection)  # noqa: S101 (nothing else is waited for)
            piece, process = self._running.pop(connection)
            yield piece, _received(connection, process) if ready else _given_up(connection, process, "no end in time")


@contextmanager
def _unheard() -> Iterator[None]:
    """What is printed meanwhile is nobody's."""
    with open(os.devnull, "w", encoding="utf-8") as nowhere, redirect_stdout(nowhere), redirect_stderr(nowhere):
        yield


def _context(warm: Callable[[], object]) -> Any:
    """Processes that start as copies of this one, where the system has them: what it has built need not be built again."""
    if "fork" not in multiprocessing.get_all_start_methods() or sys.platform != "linux":
        return multiprocessing.get_context("spawn")
    with _unheard(), suppress(Exception):  # what fails here fails in every piece, and there it is told
        warm()
    gc.collect()
    gc.freeze()  # pytest collects garbage at its end: in every copy, over all that they share
    return multiprocessing.get_context("fork")


def _child(connection: Connection, work: Callable[[Piece], Result], piece: Piece) -> None:
    with _unheard():
        connection.send(work(piece))
        connection.close()


def _received(connection: Connection, process: Any) -> Any:
    try:
        found = connection.recv()
    except EOFError:
        return _given_up(connection, process, "its process ended without an outcome")
    connection.close()
    process.join()
    return found


def _given_up(connection: Connection, process: Any, why: str) -> ChildProcessError:
    connection.close()
    process.kill()
    process.join()
    return ChildProcessError(why)
