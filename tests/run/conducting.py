"""A conductor over fake tests: nothing is sent, and what it wrote is at hand."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from conformance.checks import Judge
from conformance.contract import load
from conformance.run.attempts import Conductor
from conformance.run.finding import Finding
from conformance.run.policy import Judgement, Policy
from conformance.suite.context import PROFILES, Context
from conformance.target import TestData, from_fields
from conformance.wire import Guard, Recorder, Redactor, open_session
from conformance.wire.pace import Pace

API = "imaterialise/order-status"
URL = "http://127.0.0.1:9"


class Conducted:
    """Runs fake tests one after the other, as one run would."""

    def __init__(self, **pins: str) -> None:
        target = from_fields(
            {"vendor": "imaterialise", "base_url": URL, "credentials": {"api_code": "code"}}, "mine.toml", {}
        )
        recorder = Recorder(
            guard=Guard(URL, True, "", frozenset()), redactor=Redactor({}), write=lambda _: None, pace=Pace(None),
            max_requests=None, max_response_bytes=1, name=lambda: "x1",
        )  # fmt: skip
        contracts = {API: load(API)}
        self.judge = Judge()
        context = Context(
            target, contracts, (API,), self.judge, recorder, open_session(recorder),
            TestData(target, lambda _: None), datetime(2026, 1, 31, tzinfo=UTC), 0, PROFILES["quick"],
        )  # fmt: skip
        self.lines: list[dict[str, Any]] = []
        policy = Policy(tuple(contracts.values()), {name.replace("_", "-"): option for name, option in pins.items()})
        self.conductor = Conductor(context, policy, self.lines.append)

    def run(
        self, body: Callable[[], Any], *cited: str, test: str = "a test", repeatable: bool = True
    ) -> Judgement:
        return self.conductor.run(test, cited, body, repeatable=repeatable)

    def judged(self, body: Callable[[], Any], *cited: str, **options: Any) -> dict[str, str]:
        """The verdict of each requirement."""
        return {id_: str(verdict) for id_, verdict in self.run(body, *cited, **options).verdicts.items()}

    @property
    def findings(self) -> list[Finding]:
        """What the run file holds of findings."""
        return [Finding.from_json(line) for line in self.lines if line["kind"] == "finding"]


def every(calls: int, body: Callable[[], Any], *, first: int = 1) -> Callable[[], Any]:
    """Does something at each n-th call only, from the first given one on, and nothing at the others."""
    counted = itertools.count(1)

    def some_calls() -> None:
        if next(counted) % calls == first % calls:
            body()

    return some_calls


def raising(error: BaseException) -> Callable[[], None]:
    def body() -> None:
        raise error

    return body


def ids(findings: Sequence[Finding]) -> list[tuple[str, str]]:
    """Verdict and requirement of each finding."""
    return [(str(finding.verdict), finding.requirement) for finding in findings]
