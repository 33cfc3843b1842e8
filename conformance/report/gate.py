"""What the log of a CI job needs: one line for each thing that keeps the run from conforming, and the verdict.

On GitHub these are annotations, folded into groups, and each entry of the baseline that bites is marked at its line of
the file. Elsewhere they are plain lines. A pure function of the run and its assessment, which needs no exchange.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from conformance.report.accepted import told
from conformance.report.closing import sentence
from conformance.report.evidence import Evidence
from conformance.report.layout import words
from conformance.report.workflow import command, grouped, silenced
from conformance.run.baseline import Assessment, Entry
from conformance.run.finding import Finding, Verdict
from conformance.run.summary import Tally
from conformance.wire.excerpt import shortened, visible

_LONGEST = 400
"""Of what a finding expected and got, in one line."""


@dataclass(frozen=True)
class Line:
    """One thing to tell: how bad it is, what it is about, and where in a file of the user's it stands."""

    level: str
    """`error`, `warning` or `notice`, as GitHub has them."""
    title: str
    text: str
    file: str = ""
    number: int = 0

    @property
    def plain(self) -> str:
        """As a line of any log."""
        place = f"{self.file}:{self.number}: " if self.file else ""
        return visible(f"{self.level.upper()} {place}{self.title}: {self.text}")

    @property
    def annotation(self) -> str:
        """As a workflow command."""
        return command(self.level, self.text, file=self.file, line=self.number, title=self.title)


def gate_lines(tally: Tally, assessment: Assessment, path: Path, environ: Mapping[str, str] = os.environ) -> Iterator[str]:
    """The lines of a gate's log; the last one says the exit status.

    Args:
        tally: the run, added up.
        assessment: the same run in the light of its baseline (of an empty one, where there is none).
        path: the run file, for those who want to see more.
        environ: says whether GitHub reads the log (`GITHUB_ACTIONS`), and where the checkout lies.
    """
    github = environ.get("GITHUB_ACTIONS") == "true"
    entries = list(_of_entries(assessment, environ.get("GITHUB_WORKSPACE", "")))
    parts = [
        ("Deviations", [*_of_findings(assessment), *_of_readings(assessment)]),
        ("Baseline", entries),
        ("Not judged", list(_of_silence(tally, assessment))),
        ("The run itself", list(_of_run(tally))),
    ]
    for title, lines in parts:
        if lines and github:
            yield from grouped(f"{title}: {len(lines)}", (line.annotation for line in lines))
        else:
            yield from (line.plain for line in lines)
    accepted = [f"accepted {_brief(tally.findings[id_])}: {_terms(entry)}" for id_, entry in assessment.accepted.items()]
    if accepted and github:
        yield from grouped(f"Accepted by the baseline: {len(accepted)}", silenced(accepted))
    else:
        yield from map(visible, accepted)
    verdict = " ".join(sentence(Evidence(path, tally), assessment).split())
    closing = [*(told(assessment) if assessment.baseline.path else ()), verdict, f"evidence: {path}"]
    yield from silenced(closing) if github else map(visible, closing)
    yield f"exit status {assessment.exit_status}"


def _of_findings(assessment: Assessment) -> Iterator[Line]:
    for finding in assessment.unexpected:
        level = "warning" if finding.verdict is Verdict.WARN else "error"
        yield Line(level, f"{words(finding.verdict)} {finding.requirement} ({finding.api})", _brief(finding))


def _of_readings(assessment: Assessment) -> Iterator[Line]:
    for row in assessment.changed:
        now, before = (" and ".join(sorted(options)) for options in (row.now, row.before))
        yield Line("error", f"changed reading {row.reading}", f"observed as {now}, the baseline has {before}")


def _of_entries(assessment: Assessment, workspace: str) -> Iterator[Line]:
    path = assessment.baseline.path
    inside = os.path.relpath(path, workspace) if path and workspace else path
    file = path if inside.startswith("..") else inside
    for number, text in assessment.remarks.items():
        entry = assessment.baseline.entries[number - 1]
        title, _, rest = text.partition(": ")
        yield Line("error", f"baseline: {title.lower()}", rest, file, entry.line)


def _of_silence(tally: Tally, assessment: Assessment) -> Iterator[Line]:
    level = "warning" if assessment.exit_status == 0 else "error"
    reasons: dict[str, str] = {}
    for finding in tally.findings.values():
        if finding.verdict in {Verdict.NOT_TESTABLE, Verdict.BLOCKED} and finding.id not in assessment.accepted:
            reasons.setdefault(finding.requirement, f"{words(finding.verdict)}: {finding.actual}")
    for requirement in assessment.incomplete:
        yield Line(level, f"not judged {requirement}", _short(reasons.get(requirement, "no test came to it")))


def _of_run(tally: Tally) -> Iterator[Line]:
    """What says nothing about the target: trouble on the way to it, and errors of ours."""
    for text in filter(None, (tally.trouble, tally.broke)):
        yield Line("error", "the run", _short(text))
    if tally.interrupted or not tally.ended:
        yield Line("error", "the run", "it ended before every test had its turn")
    for finding in tally.findings.values():
        if finding.verdict is Verdict.SUITE_ERROR:
            yield Line("error", f"error of the suite {finding.requirement}", _short(finding.actual))


def _brief(finding: Finding) -> str:
    """A finding in one line."""
    place = f"at {_short(finding.where)} " if finding.where else ""
    often = f"{finding.often} " if finding.often else ""
    difference = f"expected {_short(finding.expected)}, got " if finding.expected else ""
    return f"{place}{often}{difference}{_short(finding.actual)} ({finding.id})"


def _terms(entry: Entry) -> str:
    return f"until {entry.expires}, {entry.owner}: {_short(entry.reason)}"


def _short(text: str) -> str:
    """One line of bearable length; `visible` makes it harmless later."""
    return shortened(" ".join(text.split()), _LONGEST)


def failure(text: str, environ: Mapping[str, str] = os.environ) -> Iterable[str]:
    """The lines for a run that could not even begin: none but on GitHub, where standard error makes no annotation."""
    return [command("error", text, title="conformance")] if environ.get("GITHUB_ACTIONS") == "true" else []
