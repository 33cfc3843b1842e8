"""How many altered answers the suite notices, by kind: it knows none of them, so it must hold all that it is told to the
contract, to its own predictions and to what it was told before.

Noticed is an altered answer only where a deviation that is or joins a finding cites that very exchange. A deviation that
cites several altered answers counts for the latest of them alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from types import MappingProxyType
from typing import Any

import pytest

from conformance.checks.judge import Attempt
from conformance.contract import load, load_vendor
from conformance.proof.bout import tried
from conformance.proof.perturb import MARK, Perturbed, Perturber
from conformance.run.finding import DEVIATIONS, Finding
from conformance.run.plugin import RUN
from conformance.run.policy import Ending, Judgement, Policy
from conformance.run.runfile import RUN_FILE, read_lines
from conformance.sandbox.app import create_app, find_vendor

Cited = list[tuple[str, ...]]
_COUNTED = ("altered", "caught", "harmless", "blamed_harmless")


@dataclass(frozen=True)
class Away:
    """One altered answer that nobody noticed."""

    kind: str
    operation: str
    told: str
    test: str
    seed: int
    ending: str = ""
    """What its test came to where it did not end green: blocked, not testable."""
    only: bool = True
    """Whether no other answer of the run is to the same question."""


@dataclass
class Noticed:
    """What became of the altered answers of some runs."""

    altered: Counter[str] = field(default_factory=Counter)
    """Those that changed what is documented, by kind."""
    caught: Counter[str] = field(default_factory=Counter)
    away: list[Away] = field(default_factory=list)
    harmless: Counter[str] = field(default_factory=Counter)
    """Those that changed nothing that is documented, by kind."""
    blamed_harmless: Counter[str] = field(default_factory=Counter)
    """Those among them that a finding cites all the same."""
    outside: int = 0
    """Those that changed what is documented in the first contact or in cleaning up, which judge no answer by themselves."""
    answers: int = 0
    """All answers of the runs, altered or not."""
    runs: int = 0

    def add(self, other: Noticed) -> None:
        """Takes another run's."""
        for name in _COUNTED:
            getattr(self, name).update(getattr(other, name))
        self.away += other.away
        self.outside += other.outside
        self.answers += other.answers
        self.runs += other.runs

    @property
    def share(self) -> float:
        """Of the answers whose meaning was changed, those that were noticed."""
        return self.caught.total() / self.altered.total() if self.altered else 1.0

    def to_json(self) -> dict[str, Any]:
        """As plain values."""
        counted = {name: dict(getattr(self, name)) for name in _COUNTED}
        rest = {"outside": self.outside, "answers": self.answers, "runs": self.runs}
        return {**counted, **rest, "away": [asdict(one) for one in self.away]}


@dataclass(frozen=True)
class _Heard(Policy):
    """The verdict policy, and which exchanges the deviations cite that became findings."""

    cited: Cited = field(default_factory=list)

    def judge(
        self, test: str, cited: Sequence[str], attempts: Sequence[Attempt], ending: Ending,
        known: Mapping[str, Finding] = MappingProxyType({}), unfinished: Sequence[Attempt] = (),
    ) -> Judgement:  # fmt: skip
        """As ever."""
        judgement = super().judge(test, cited, attempts, ending, known, unfinished)
        told = {finding.id for finding in judgement.findings if finding.verdict in DEVIATIONS}
        for attempt in (*attempts, *unfinished):
            refused = (broken for observed in attempt.observed if (broken := self._refused(observed)))
            self.cited.extend(broken.exchanges for broken in (*attempt.broken, *refused) if self.key(broken) in told)
        return judgement


@dataclass(eq=False)
class Listener:
    """A pytest plugin that hears which exchanges are cited by what becomes a finding."""

    cited: Cited = field(default_factory=list)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """Around each test."""
        for conductor in item.config.stash[RUN].conductors.values():
            if not isinstance(conductor.policy, _Heard):
                conductor.policy = _Heard(conductor.policy.contracts, conductor.policy.pins, self.cited)
        return (yield)


def notice(vendor: str, seed: int, every: int) -> Noticed:
    """One run of the suite against a vendor's sandbox some of whose answers are altered.

    Args:
        vendor: whose sandbox.
        seed: of what is altered and how.
        every: how many answers pass for one that is altered.
    """
    contracts = [load(f"{vendor}/{api}") for api in load_vendor(vendor).apis]
    perturber = Perturber(create_app([find_vendor(vendor)]), contracts, seed, every)
    listener = Listener()
    with tried(vendor, perturber, listener) as (out, _):
        return _counted(perturber.done, list(read_lines(out / RUN_FILE)), listener.cited, seed)


def _counted(done: list[Perturbed], lines: list[dict[str, Any]], cited: Cited, seed: int) -> Noticed:
    marked = {number: line for line in lines if line["kind"] == "exchange" and (number := _mark(line))}
    place = {line["id"]: number for number, line in marked.items()}
    firsts = [line["exchanges"] for line in lines if line["kind"] == "finding" and line["test"].startswith("first contact")]
    telling = {one.number for one in done if one.changes_meaning}
    found = set[int]()
    for exchanges in (*cited, *firsts):
        numbers = {place[id_] for id_ in exchanges if id_ in place}
        found |= {max(numbers & telling or numbers)} if numbers else set()
    endings = _endings(lines)
    times = Counter(_question(line) for line in lines if line["kind"] == "exchange")
    noticed = Noticed(runs=1, answers=sum(line["kind"] == "exchange" for line in lines))
    for one in done:
        line = marked.get(one.number)
        if line is None:
            continue
        if not one.changes_meaning:
            noticed.harmless[one.kind] += 1
            noticed.blamed_harmless[one.kind] += int(one.number in found)
        elif one.number in found:
            noticed.altered[one.kind] += 1
            noticed.caught[one.kind] += 1
        elif "::" not in line["test"]:
            noticed.outside += 1
        else:
            noticed.altered[one.kind] += 1
            name = line["test"].rpartition("/")[2]
            ending, only = endings.get(line["test"], ""), times[_question(line)] == 1
            noticed.away.append(Away(one.kind, one.operation, one.told, name, seed, ending, only))
    return noticed


def _question(line: dict[str, Any]) -> tuple[str, ...]:
    """What an exchange asks: the same for two that ask the same."""
    return tuple(str(line["request"].get(name)) for name in ("method", "url", "text", "base64"))


def _mark(line: dict[str, Any]) -> int:
    """The number that the answer of an exchange was given when it was altered; 0 where it was not."""
    headers = (line["response"] or {}).get("headers", ())
    return next((int(value) for name, value in headers if name.lower() == MARK.decode()), 0)


def _endings(lines: list[dict[str, Any]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in lines:
        if line["kind"] == "finding" and line["verdict"] in ("blocked", "not_testable", "suite_error"):
            found.setdefault(line["test"], f"{line['verdict']}: {line['actual']}"[:200])
    return found
