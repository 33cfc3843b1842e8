"""Fights all bouts, several at a time, each in a process of its own."""

from __future__ import annotations

import os
import traceback
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

from conformance.contract import load, load_vendor
from conformance.proof.bout import REFERENCE, Case, Outcome, bout, packed
from conformance.proof.processes import Processes
from conformance.sandbox.faults import personalities

Bout = tuple[Case, ...]

LIMIT_SECONDS = 300.0
"""A bout that takes longer has hung: it ends in trouble."""


def fight(cases: Sequence[Case], *, jobs: int | None = None, full: bool = False) -> Iterator[Outcome]:
    """The outcomes of all bouts, as they end.

    Args:
        cases: what the suite is put against.
        jobs: how many at a time, beside those that only wait; default two more than there are processors.
        full: lets every bout run to its end, instead of to the first kill.
    """
    references: dict[str, Outcome] = {}
    again: set[str] = set()
    most = jobs or (os.cpu_count() or 1) + 2  # every bout waits a little: for its server, or for a clock
    warm = partial(_warm, sorted({case.vendor for case in cases}), references)
    with Processes(partial(_fought, full=full), warm=warm, within=LIMIT_SECONDS) as running:
        yield from (replace(references[case.id], case=case) for case in cases if case.id in references)
        waiting = _bouts([case for case in cases if case.id not in references], full)
        while waiting or len(running):
            while waiting and (_waits(waiting[-1]) or sum(not _waits(fought) for fought in running.pieces()) < most):
                running.start(waiting.pop())
            for fought, found in running.ended():
                outcomes = found if isinstance(found, list) else [Outcome(case, trouble=str(found)) for case in fought]
                if len(fought) > 1 and any(outcome.alarms or outcome.trouble for outcome in outcomes):
                    waiting += [(case,) for case in fought]  # one of them is to blame, or none of them alone
                elif outcomes[0].case.requirement and not outcomes[0].killed and fought[0].id not in again:
                    again.add(fought[0].id)
                    waiting.append(fought)
                else:
                    yield from (replace(outcome, tries=2) if outcome.case.id in again else outcome for outcome in outcomes)


def _bouts(cases: Sequence[Case], full: bool) -> list[Bout]:
    """What is fought one after the other, taken from the end: what only waits goes first, then all that run whole."""
    odd = [case for case in cases if not case.requirement]
    whole = [(case,) for case in odd] if full else packed(odd)
    return [*((case,) for case in cases if case.requirement), *sorted(whole, key=_waits)]


def _waits(fought: Bout) -> bool:
    """Whether a bout leaves the processors to others."""
    return not fought[0].requirement and fought[0].name != REFERENCE and personalities()[fought[0].id].waits


def _warm(fighting: Sequence[str], references: dict[str, Outcome]) -> None:
    """Imports, compiles and draws what every bout of these vendors needs: a bout against the sandbox as it is does that."""
    for vendor in fighting:
        outcome = bout([Case(f"{vendor}/{REFERENCE}", "")])[0]
        references[outcome.case.id] = outcome
        for api in load_vendor(vendor).apis:
            for operation in load(f"{vendor}/{api}").operations.values():
                operation.answer.prepare()


def _fought(fought: Bout, *, full: bool) -> list[Outcome]:
    """What comes of one bout."""
    try:
        return bout(fought, full=full)
    except BaseException:  # whatever it was, the parent tells it
        trouble = traceback.format_exc(limit=-3)
        return [Outcome(case, trouble=trouble) for case in fought]
