"""Fights all bouts, several at a time, each in a process that begins with everything imported and nothing used."""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout, suppress
from dataclasses import replace
from multiprocessing.connection import Connection, wait
from typing import Any

from conformance.contract import load, load_vendor
from conformance.proof.bout import REFERENCE, Case, Outcome, bout, packed
from conformance.sandbox.faults import personalities

Bout = tuple[Case, ...]

LIMIT_SECONDS = 300.0
"""A bout that takes longer has hung: it ends in trouble."""


def fight(cases: Sequence[Case], *, jobs: int = 0, full: bool = False) -> Iterator[Outcome]:
    """The outcomes of all bouts, as they end.

    Args:
        cases: what the suite is put against.
        jobs: how many at a time, beside those that only wait; default one more than there are processors.
        full: lets every bout run to its end, instead of to the first kill.
    """
    context = _context({case.vendor for case in cases})
    waiting = _bouts(cases, full)
    running = dict[Connection, tuple[Bout, Any]]()
    again: set[str] = set()
    most = jobs or (os.cpu_count() or 1) + 1  # every bout waits a little: for its server, or for a clock
    try:
        while waiting or running:
            while waiting and (_waits(waiting[-1]) or sum(not _waits(fought) for fought, _ in running.values()) < most):
                next_ = waiting.pop()
                ours, theirs = context.Pipe(duplex=False)
                process = context.Process(target=_child, args=(theirs, next_, full), daemon=True)
                process.start()
                theirs.close()
                running[ours] = (next_, process)
            ready = wait(list(running), timeout=LIMIT_SECONDS)
            for connection in ready or list(running):
                assert isinstance(connection, Connection)  # noqa: S101 (nothing else is waited for)
                fought, process = running.pop(connection)
                outcomes = _outcomes(connection, fought, process) if ready else _ended(fought, process, "no end in time")
                if len(fought) > 1 and any(outcome.alarms or outcome.trouble for outcome in outcomes):
                    waiting += [(case,) for case in fought]  # one of them is to blame, or none of them alone
                elif outcomes[0].case.requirement and not outcomes[0].killed and fought[0].id not in again:
                    again.add(fought[0].id)
                    waiting.append(fought)
                else:
                    yield from (replace(outcome, tries=2) if outcome.case.id in again else outcome for outcome in outcomes)
    finally:
        for _, process in running.values():
            process.kill()


def _bouts(cases: Sequence[Case], full: bool) -> list[Bout]:
    """What is fought one after the other, taken from the end: what only waits goes first, then all that run whole."""
    odd = [case for case in cases if not case.requirement]
    whole = [(case,) for case in odd] if full else packed(odd)
    return [*((case,) for case in cases if case.requirement), *sorted(whole, key=_waits)]


def _waits(fought: Bout) -> bool:
    """Whether a bout leaves the processors to others."""
    return not fought[0].requirement and fought[0].name != REFERENCE and personalities()[fought[0].id].waits


def _context(fighting: set[str]) -> Any:
    """Processes that start as copies of this one, where the system has them: what it has built need not be built again."""
    methods = multiprocessing.get_all_start_methods()
    if "fork" in methods and sys.platform == "linux":
        for vendor in sorted(fighting):
            _warm(vendor)
        gc.collect()
        gc.freeze()  # pytest collects garbage at its end: in every copy, over all that they share
        return multiprocessing.get_context("fork")
    return multiprocessing.get_context("spawn")


def _warm(vendor: str) -> None:
    """Imports, compiles and draws what every bout of a vendor needs: the copies find it done."""
    with _unheard(), suppress(Exception):  # a suite that fails here fails in every bout, and there it is told
        bout([Case(f"{vendor}/{REFERENCE}", "")])
        for api in load_vendor(vendor).apis:
            for operation in load(f"{vendor}/{api}").operations.values():
                operation.answer.prepare()


@contextmanager
def _unheard() -> Iterator[None]:
    """What is printed meanwhile is nobody's."""
    with open(os.devnull, "w", encoding="utf-8") as nowhere, redirect_stdout(nowhere), redirect_stderr(nowhere):
        yield


def _child(connection: Connection, fought: Bout, full: bool) -> None:
    """Fights one bout and sends what came out."""
    with _unheard():
        try:
            outcomes = bout(fought, full=full)
        except BaseException:  # whatever it was, the parent tells it
            outcomes = [Outcome(case, trouble=traceback.format_exc(limit=-3)) for case in fought]
        connection.send([outcome.to_json() for outcome in outcomes])
        connection.close()


def _outcomes(connection: Connection, fought: Bout, process: Any) -> list[Outcome]:
    try:
        outcomes = [Outcome.from_json(row) for row in connection.recv()]
    except EOFError:
        return _ended(fought, process, "the process of this bout ended without an outcome")
    finally:
        connection.close()
    process.join()
    return outcomes


def _ended(fought: Bout, process: Any, why: str) -> list[Outcome]:
    process.kill()
    process.join()
    return [Outcome(case, trouble=why) for case in fought]
