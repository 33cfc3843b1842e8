"""What could not be judged, and the lines that would make it possible."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from rich.console import Console

from conformance.report.evidence import Evidence
from conformance.report.layout import STYLES, heading, items, labelled, plural, some, unbroken, words
from conformance.run.finding import Finding, Verdict

_LINE = re.compile(r'needs (?P<need>.+); add to the target file: \[(?P<table>[\w.]+)\] (?P<key>\w+) = \["(?P<value>.*)"\]')
_ANY = "…"


@dataclass
class _Entry:
    """One member of the target file, for all the needs that it would meet."""

    needs: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """What is needed → the requirements that need it."""
    values: set[str] = field(default_factory=set)
    """Values that the run found out; none where only the reader knows one."""


def print_missing(evidence: Evidence, console: Console) -> None:
    """Prints what is not testable, as lines for the target file where these help, and what is blocked.

    What is blocked by a finding that the report shows is counted there, and not told again.
    """
    untestable = evidence.findings(Verdict.NOT_TESTABLE)
    if untestable:
        _print_reasons(Verdict.NOT_TESTABLE, untestable, console)
        lines = target_lines(untestable)
        if lines:
            labelled(console, [("-", "add to the target file, with values of your own for …:")])
        for line in lines:
            unbroken(console, f"\n  {line}" if line.startswith("[") else f"  {line}")
    blocked = blocked_elsewhere(evidence)
    if blocked:
        _print_reasons(Verdict.BLOCKED, blocked, console)


def blocked_elsewhere(evidence: Evidence) -> list[Finding]:
    """What is blocked by something that no finding of the report tells."""
    told = {problem.requirement.id for problem in evidence.problems}
    return [finding for finding in evidence.findings(Verdict.BLOCKED) if finding.blocked_by not in told]


def reasons(findings: Iterable[Finding]) -> dict[str, set[str]]:
    """Why something could not be judged → the requirements; without what a line of the target file would mend."""
    by_reason: dict[str, set[str]] = defaultdict(set)
    for finding in findings:
        if not _LINE.fullmatch(finding.actual):
            by_reason[finding.actual].add(finding.requirement)
    return by_reason


def target_lines(findings: Iterable[Finding]) -> list[str]:
    """The lines of a target file that would make these testable: tables, comments that say why, members."""
    lines: list[str] = []
    for table, entries in sorted(_entries(findings).items()):
        lines.append(f"[{table}]")
        for key, entry in sorted(entries.items()):
            lines += _lines(key, entry)
    return lines


def _print_reasons(verdict: Verdict, findings: Iterable[Finding], console: Console) -> None:
    findings = list(findings)
    number = plural(len({finding.requirement for finding in findings}), "requirement")
    heading(console, f"{words(verdict).capitalize()}: {number}", STYLES[verdict])
    items(console, (f"{reason} ({some(ids)})" for reason, ids in reasons(findings).items()))


def _entries(findings: Iterable[Finding]) -> Mapping[str, Mapping[str, _Entry]]:
    tables: dict[str, dict[str, _Entry]] = defaultdict(lambda: defaultdict(_Entry))
    for finding in findings:
        match = _LINE.fullmatch(finding.actual)
        if match:
            entry = tables[match["table"]][match["key"]]
            entry.needs[match["need"]].add(finding.requirement)
            entry.values |= {match["value"]} - {_ANY}
    return tables


def _lines(key: str, entry: _Entry) -> Iterator[str]:
    for need, ids in entry.needs.items():
        yield f"# {need}: {some(ids)}"
    values = ", ".join(f'"{value}"' for value in sorted(entry.values) or [_ANY])
    yield f"{key} = [{values}]"
