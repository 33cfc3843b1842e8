"""Fights all bouts, several at a time, each in a process that begins with everything imported and nothing used."""

from __future__ import annotations

import multiprocessing
import os
import pkgutil
import sys
import traceback
from collections.abc import Iterator, Sequence
from importlib import import_module
from multiprocessing.connection import Connection, wait
from typing import Any

from conformance.contract import vendors
from conformance.proof.bout import Case, Outcome, bout

LIMIT_SECONDS = 300.0
"""A bout that takes longer has hung: it ends in trouble."""


def fight(cases: Sequence[Case], *, jobs: int = 0, full: bool = False) -> Iterator[Outcome]:
    """The outcomes of all bouts, as they end.

    Args:
        cases: what the suite is put against.
        jobs: how many at a time; default the number of processors.
        full: lets every bout run to its end, instead of to the first kill.
    """
    context = _context()
    waiting, running = list(reversed(cases)), dict[Connection, tuple[Case, Any]]()
    most = jobs or os.cpu_count() or 1
    try:
        while waiting or running:
            while waiting and len(running) < most:
                case = waiting.pop()
                ours, theirs = context.Pipe(duplex=False)
                process = context.Process(target=_child, args=(theirs, case, full), daemon=True)
                process.start()
                theirs.close()
                running[ours] = (case, process)
            ready = wait(list(running), timeout=LIMIT_SECONDS)
            for connection in ready or list(running):
                assert isinstance(connection, Connection)  # noqa: S101 (nothing else is waited for)
                case, process = running.pop(connection)
                yield _outcome(connection, case, process) if ready else _ended(case, process, "no end within the time limit")
    finally:
        for _, process in running.values():
            process.kill()


def _context() -> Any:
    """Processes that start as copies of this one, where the system has them: what is imported need not be again."""
    methods = multiprocessing.get_all_start_methods()
    if "fork" in methods and sys.platform == "linux":
        _import_the_suite()
        return multiprocessing.get_context("fork")
    return multiprocessing.get_context("spawn")


def _import_the_suite() -> None:
    """What every bout would import: the copies find it done."""
    for vendor in vendors():
        package = import_module(f"conformance.suite.{vendor}")
        for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            import_module(module.name)


def _child(connection: Connection, case: Case, full: bool) -> None:
    """Fights one bout and sends what came out; what is printed meanwhile is nobody's."""
    with open(os.devnull, "w", encoding="utf-8") as nowhere:
        sys.stdout = sys.stderr = nowhere
        try:
            outcome = bout(case, full=full)
        except BaseException:  # whatever it was, the parent tells it
            outcome = Outcome(case, trouble=traceback.format_exc(limit=-3))
        connection.send(outcome.to_json())
        connection.close()


def _outcome(connection: Connection, case: Case, process: Any) -> Outcome:
    try:
        outcome = Outcome.from_json(connection.recv())
    except EOFError:
        return _ended(case, process, "the process of this bout ended without an outcome")
    finally:
        connection.close()
    process.join()
    return outcome


def _ended(case: Case, process: Any, why: str) -> Outcome:
    process.kill()
    process.join()
    return Outcome(case, trouble=why)
