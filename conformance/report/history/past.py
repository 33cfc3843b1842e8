"""What a history says: the lives of deviations, what was judged side by side, and how the latencies went."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from itertools import pairwise

from conformance.report.layout import plural
from conformance.run.finding import Verdict

_SILENT = frozenset({Verdict.NOT_TESTABLE, Verdict.NOT_APPLICABLE, Verdict.BLOCKED, Verdict.SUITE_ERROR})
_KEPT = frozenset({Verdict.PASS, Verdict.OBSERVED, Verdict.NOT_APPLICABLE})
_DAY = 86400


@dataclass(frozen=True)
class Seen:
    """A deviation in one run."""

    finding: str
    requirement: str
    api: str
    verdict: Verdict
    place: str
    expected: str
    actual: str
    failed: int
    attempts: int


@dataclass(frozen=True)
class Run:
    """The results of one run."""

    id: str
    """SHA-256 of its file."""
    label: str
    clock: str
    suite: str
    target: str
    profile: str
    seconds: float
    requests: int
    exit_status: int
    complete: bool
    path: str
    trouble: str
    verdicts: Mapping[str, Verdict]
    deviations: Mapping[str, Seen]
    readings: Mapping[str, tuple[str, ...]]
    latencies: Mapping[str, tuple[int, int, float, float]]
    """By operation: answers, questions without one, median and 95th percentile in milliseconds."""

    @property
    def counts(self) -> list[tuple[Verdict, int]]:
        """How many requirements have each verdict, worst first; only those that occur."""
        counted = Counter(self.verdicts.values())
        return [(verdict, counted[verdict]) for verdict in Verdict if counted[verdict]]

    @property
    def day(self) -> str:
        """Date and minute of its clock."""
        return self.clock[:16].replace("T", " ")


@dataclass(frozen=True)
class Life:
    """A deviation over all runs of one label."""

    label: str
    last: Seen
    first_seen: str
    last_seen: str
    pattern: str
    """A letter for each run: `x` deviates, `~` now and then within the run, `.` kept, `-` not judged."""
    lived: timedelta
    """From the first run that shows it to the first one after its end that does not, or to the last run."""

    @property
    def state(self) -> str:
        """`open`, `gone`, or `not judged since`."""
        tail = self.pattern.rstrip("-")[-1]
        return "gone" if tail == "." else "open" if self.pattern[-1] != "-" else "not judged since"

    @property
    def rate(self) -> float:
        """In what share of the runs that judged it, from the first that showed it, it showed."""
        judged = self.pattern[self._first :].replace("-", "")
        return sum(letter in "x~" for letter in judged) / len(judged)

    @property
    def flips(self) -> int:
        """How often it came or went, after it first showed."""
        judged = self.pattern[self._first :].replace("-", "").replace("~", "x")
        return sum(left != right for left, right in pairwise(judged))

    @property
    def flaky(self) -> bool:
        """Whether it came back, or showed in some attempts only."""
        return "~" in self.pattern or self.flips > 1

    @property
    def _first(self) -> int:
        return next(number for number, letter in enumerate(self.pattern) if letter in "x~")


@dataclass(frozen=True)
class Column:
    """What a matrix shows of one label: its newest run that judged anything."""

    label: str
    run: Run


@dataclass(frozen=True)
class Pace:
    """How fast an operation was answered, run by run."""

    label: str
    operation: str
    medians: tuple[float | None, ...]
    """Milliseconds; None where a run did not ask."""
    slow: float
    """The 95th percentile in the newest run that asked."""
    failures: int
    """Questions of all runs that were never answered."""

    @property
    def known(self) -> list[float]:
        """The medians that there are."""
        return [median for median in self.medians if median is not None]


@dataclass(frozen=True)
class Past:
    """Runs, the oldest first."""

    runs: tuple[Run, ...]

    @cached_property
    def labels(self) -> dict[str, list[Run]]:
        """The runs by label, in the order in which the labels came up."""
        found: dict[str, list[Run]] = {}
        for run in self.runs:
            found.setdefault(run.label, []).append(run)
        return found

    @cached_property
    def lives(self) -> list[Life]:
        """The deviations: open ones first, then by how long they have lived."""
        order = ("open", "not judged since", "gone")
        every = [life for label, runs in self.labels.items() for life in _lives(label, runs)]
        return sorted(every, key=lambda life: (order.index(life.state), -life.lived.total_seconds(), life.last.finding))

    @cached_property
    def columns(self) -> list[Column]:
        """The labels side by side."""
        judging = {label: [run for run in runs if run.verdicts] for label, runs in self.labels.items()}
        return [Column(label, runs[-1]) for label, runs in judging.items() if runs]

    @cached_property
    def matrix(self) -> list[tuple[str, list[Verdict | None]]]:
        """The requirements that not every column keeps, each with a verdict for each column."""
        ids = sorted({id_ for column in self.columns for id_ in column.run.verdicts})
        rows = [(id_, [column.run.verdicts.get(id_) for column in self.columns]) for id_ in ids]
        return [(id_, cells) for id_, cells in rows if any(cell and cell not in _KEPT for cell in cells)]

    @cached_property
    def readings(self) -> list[tuple[str, list[str]]]:
        """The readings that the columns follow in different ways."""
        ids = sorted({id_ for column in self.columns for id_ in column.run.readings})
        rows = [(id_, [" and ".join(column.run.readings.get(id_, ())) for column in self.columns]) for id_ in ids]
        return [(id_, cells) for id_, cells in rows if len({cell for cell in cells if cell}) > 1]

    @cached_property
    def paces(self) -> list[Pace]:
        """The latencies, operation by operation."""
        return [pace for label, runs in self.labels.items() for pace in _paces(label, runs)]


def _lives(label: str, runs: Sequence[Run]) -> Iterator[Life]:
    ids = dict.fromkeys(id_ for run in runs for id_ in run.deviations)
    for id_ in ids:
        showing = [number for number, run in enumerate(runs) if id_ in run.deviations]
        last = runs[showing[-1]].deviations[id_]
        pattern = "".join(_letter(run, id_, last.requirement) for run in runs)
        ended = pattern.find(".", showing[-1])
        end = runs[ended if ended >= 0 else -1]
        lived = max(timedelta(), _moment(end) - _moment(runs[showing[0]]))
        yield Life(label, last, runs[showing[0]].clock, runs[showing[-1]].clock, pattern, lived)


def _letter(run: Run, finding: str, requirement: str) -> str:
    seen = run.deviations.get(finding)
    if seen:
        return "~" if seen.verdict is Verdict.INCONCLUSIVE else "x"
    verdict = run.verdicts.get(requirement)
    return "-" if verdict is None or verdict in _SILENT else "."


def _moment(run: Run) -> datetime:
    return datetime.fromisoformat(run.clock)


def _paces(label: str, runs: Sequence[Run]) -> Iterator[Pace]:
    for operation in sorted({name for run in runs for name in run.latencies}):
        own = [run.latencies.get(operation) for run in runs]
        asked = [figures for figures in own if figures and figures[0]]
        if asked:
            medians = tuple(figures[2] if figures and figures[0] else None for figures in own)
            yield Pace(label, operation, medians, asked[-1][3], sum(figures[1] for figures in own if figures))


def told_span(span: timedelta) -> str:
    """A span of time as a reader says it."""
    seconds = span.total_seconds()
    for unit, size in (("day", _DAY), ("hour", 3600), ("minute", 60)):
        if seconds >= size:
            return plural(int(seconds // size), unit)
    return "one run" if seconds == 0 else "under a minute"

