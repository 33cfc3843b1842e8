"""One accepted deviation, and what has to be the same for it to accept a finding."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path

from conformance.run.finding import DEVIATIONS, Finding, Verdict, place
from conformance.wire.excerpt import shortened, visible

ANYWHERE = "*"
_LONGEST = 160
"""Of a text from an answer, in a sentence."""
_STEPS = re.compile(r"(\[\*\]|\*)")


@dataclass(frozen=True)
class Entry:
    """What a team accepts. The members are those of baseline.schema.json."""

    requirement: str
    verdict: Verdict
    reason: str
    owner: str
    first_seen: date
    expires: date
    """The last day on which it holds."""
    where: str = ANYWHERE
    link: str = ""
    reading: str = ""
    """The id of a reading: the entry holds only while the target follows its `option`."""
    option: str = ""
    max_rate: float | None = None
    number: int = 0
    """Which entry of its file it is, from 1."""
    line: int = 0

    @property
    def name(self) -> str:
        """How a sentence calls it: `entry 2 (line 9)`."""
        return f"entry {self.number} (line {self.line})"

    @property
    def accepts(self) -> str:
        """What it is about: `OC-508 fail at $.requestError`."""
        flaky = f" in at most {self.max_rate:g} of the attempts" if self.max_rate is not None else ""
        reading = f" while {self.reading} is read as {self.option}" if self.reading else ""
        return f"{self.requirement} {self.verdict}{_at(self)}{flaky}{reading}"

    @property
    def key(self) -> tuple[str, ...]:
        """What no two entries of a file may share."""
        return self.requirement, self.verdict, place(self.where), self.reading, self.option

    @cached_property
    def only_place(self) -> str | None:
        """The one place that it covers; None where it has a star."""
        pattern = place(self.where)
        return None if "*" in _STEPS.sub(lambda step: "" if step[0] == "[*]" else step[0], pattern) else pattern

    def expired(self, today: date) -> bool:
        """Whether its last day is over."""
        return today > self.expires

    def objections(self, finding: Finding, observed: Mapping[str, Set[str]]) -> Iterator[str]:
        """Why it does not accept a finding of its requirement; nothing where it does. Its end is not looked at.

        Args:
            finding: what a run found.
            observed: the options that the run observed, by reading.
        """
        if self.max_rate is not None and finding.verdict in DEVIATIONS:
            if finding.failed > self.max_rate * finding.attempts:
                often = f"it showed in {finding.failed} of {finding.attempts} attempts"
                yield f"{often}, the entry accepts a rate of at most {self.max_rate:g}"
        elif finding.verdict is not self.verdict:
            yield f"its verdict is {finding.verdict}, the entry accepts {self.verdict}"
        if finding.verdict in DEVIATIONS and not self._pattern.fullmatch(place(finding.where)):
            yield f"its place is {said(finding.where)}, the entry accepts {said(self.where)}"
        if self.reading:
            options = {finding.actual} if finding.reading == self.reading else observed.get(self.reading, set())
            if options != {self.option}:
                seen = said(" and ".join(sorted(options))) if options else "not observed"
                yield f"the reading {self.reading} is {seen}, the entry accepts {self.option}"

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        steps = _STEPS.split(place(self.where))
        return re.compile("".join(".*" if step == "*" else re.escape(step) for step in steps), re.DOTALL)


@dataclass(frozen=True)
class Baseline:
    """The entries of a baseline file, and the readings that it holds on to. An empty one accepts nothing."""

    path: str = ""
    entries: tuple[Entry, ...] = ()
    readings: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """By reading, the options that the target was observed to follow."""
    lines: Mapping[str, int] = field(default_factory=dict)
    """By reading, where the file names it."""

    @staticmethod
    def read(path: Path) -> Baseline:
        """The baseline that a YAML file holds.

        Raises:
            BaselineError: it cannot be read, or does not have the form of baseline.schema.json, or names a
                requirement or reading that no contract has. All faults are told, each with its line.
        """
        from conformance.run.baseline.load import load_baseline

        return load_baseline(path)


def told(finding: Finding) -> str:
    """What a finding is about: `OC-508 fail at $.requestError`."""
    return f"{finding.requirement} {finding.verdict}{_at(finding)} {finding.often}".rstrip()


def said(text: str) -> str:
    """A text, perhaps a stranger's, fit to stand in a sentence: one line, of bearable length, obeyed by no terminal."""
    return shortened(visible(" ".join(text.split())), _LONGEST)


def _at(row: Entry | Finding) -> str:
    if row.verdict not in DEVIATIONS:
        return ""
    return " anywhere" if row.where == ANYWHERE else f" at {said(row.where) or 'no place'}"
