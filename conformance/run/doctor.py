"""Looks at a target in full: its address, then each API in each media type by the first contact of a run."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime
from email.utils import parsedate_to_datetime
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType

from conformance.run.opening import open_contexts
from conformance.run.runfile import RUN_FILE, RunFile, read_lines
from conformance.run.settings import Settings, now
from conformance.suite.context import Context
from conformance.suite.probe import Ready, RootFault, Unauthorised, Unreachable
from conformance.target.doctor import Step, address, permissions
from conformance.wire import Exchange

TOLERATED_SKEW = 120.0
"""Seconds. "Today" decides date windows: a clock that is off by minutes moves them around midnight only."""


def examine(target: str) -> Iterator[Step]:
    """Every step of the examination, as it is made; nothing that changes state is sent.

    Raises:
        TargetError: the target file cannot be used at all.
    """
    with TemporaryDirectory() as folder, ExitStack() as stack:
        runfile = RunFile(Path(folder) / RUN_FILE)
        stack.callback(runfile.close)
        settings = Settings(out=Path(folder), target=target, read_only=True, clock=now())
        for context in open_contexts(settings, runfile, stack).values():
            yield from _examined(context, runfile.path)


def _examined(context: Context, recorded: Path) -> Iterator[Step]:
    target = context.target
    reachable = True
    for step in address(target):
        reachable = step.good
        yield step
    if reachable:
        probes = import_module(f"conformance.suite.{target.vendor.id}.probes")
        probes.prepare(context)
        for api in context.chosen:
            for media_type in target.media_types:
                # The same question as at the start of a run, to a target that speaks this media type only.
                context.target = replace(target, media_types=(media_type,))
                yield _contact(context, probes, api, media_type)
        yield _clock(recorded)
    yield from permissions(target)


def _contact(context: Context, probes: ModuleType, api: str, media_type: str) -> Step:
    name = f"{api} in {media_type}"
    asked = context.recorder.count
    match probes.contact_with(context, api):
        case Ready():
            answered = context.recorder.count > asked
            return Step(name, True, "answers" if answered else "not asked, every question changes state")
        case Unauthorised(status):
            credentials = ", ".join(f"credentials.{name}" for name in context.target.vendor.credentials)
            return Step(name, False, f"HTTP {status}; check {credentials}")
        case Unreachable(reason):
            return Step(name, False, f"no answer: {reason}")
        case RootFault(broken):
            what = f"{broken.where}: expected {broken.expected}, got {broken.actual}"
            return Step(name, False, f"{what}; check base_url and media_types")
    raise AssertionError("a contact is one of the four")


def _clock(recorded: Path) -> Step:
    """How far apart the clocks are, by the first answer that tells its own."""
    for line in read_lines(recorded, "exchange"):
        response = Exchange.from_json(line).response
        told = response.header("Date") if response else ""
        if told:
            return _skew(told, datetime.fromisoformat(line["at"]))
    return Step("clock", True, "not told, no answer has a Date header")


def _skew(told: str, sent: datetime) -> Step:
    try:
        seconds = (parsedate_to_datetime(told) - sent).total_seconds()
    except (ValueError, TypeError):
        return Step("clock", False, f"the Date header is no date: {told}")
    if abs(seconds) > TOLERATED_SKEW:
        return Step("clock", False, f"{seconds:+.0f} s apart from ours; set one of the two right, or dates disagree")
    return Step("clock", True, f"{seconds:+.0f} s apart from ours")
