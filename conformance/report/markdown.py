"""A summary in Markdown for a pull request: the answer first, then what is wrong, what was not judged, what was observed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from conformance.report.accepted import acceptance, told
from conformance.report.closing import sentence
from conformance.report.evidence import Problem
from conformance.report.gathered import Gathered
from conformance.report.layout import plural, some, words
from conformance.report.markup import bounded, code, fenced, prose
from conformance.report.missing import blocked_elsewhere, reasons, target_lines
from conformance.report.readings import said
from conformance.run.baseline import Assessment
from conformance.run.finding import Verdict

_PROBLEMS, _PLACES, _REASONS, _READINGS = 20, 2, 10, 100
_LINES, _WIDEST = 60, 200
_REST = "\nThe rest is left out here: `conformance report` shows it.\n"
_SIGNS = {0: "✅", 1: "❌", 2: "⚠️", 5: "⚠️"}


def to_markdown(gathered: Gathered, assessment: Assessment | None = None) -> str:
    """The run as Markdown, at most `markup.LONGEST` characters."""
    status = assessment.exit_status if assessment else gathered.tally.exit_status
    return bounded(_parts(gathered, assessment), _REST, _closing(gathered, status))


def _parts(gathered: Gathered, assessment: Assessment | None) -> Iterator[str]:
    evidence, tally = gathered.evidence, gathered.tally
    status = assessment.exit_status if assessment else tally.exit_status
    yield f"## {_SIGNS.get(status, '⛔')} Order API conformance\n\n"
    yield f"{prose(sentence(evidence, assessment))}\n\n"
    if assessment:
        yield from _baseline(assessment)
    yield from _table(gathered)
    accepted = assessment.accepted if assessment else {}
    open_ = [problem for problem in evidence.problems if not all(finding.id in accepted for finding in problem.findings)]
    if open_:
        yield f"### What is wrong: {plural(len(open_), 'requirement')}\n\n"
    for problem in open_[:_PROBLEMS]:
        yield _problem(problem, assessment)
    if len(open_) > _PROBLEMS:
        rest = [problem.requirement.id for problem in open_[_PROBLEMS:]]
        yield f"- and {plural(len(rest), 'further requirement')}: {some(rest, 40)}\n"
    yield from _unjudged(gathered)
    yield from _readings(gathered)


def _baseline(assessment: Assessment) -> Iterator[str]:
    yield f"### Baseline {code(assessment.baseline.path)}\n\n"
    lines = [*told(assessment), *assessment.sentences]
    for line in lines[:_PROBLEMS]:
        yield f"- {prose(line)}\n"
    yield f"- and {len(lines) - _PROBLEMS} more\n\n" if len(lines) > _PROBLEMS else "\n"


def _table(gathered: Gathered) -> Iterator[str]:
    tally = gathered.tally
    counts = {contract.id: Counter(verdict for id_, verdict in tally.verdicts.items() if id_ in contract.requirements)
              for contract in tally.contracts}  # fmt: skip
    shown = [verdict for verdict in Verdict if any(row[verdict] for row in counts.values())]
    if not shown:
        return
    yield f"| API | {' | '.join(map(words, shown))} |\n|---|{'--:|' * len(shown)}\n"
    for api, row in counts.items():
        yield f"| {api} | {' | '.join(str(row[verdict] or '') for verdict in shown)} |\n"
    yield "\n"


def _problem(problem: Problem, assessment: Assessment | None) -> str:
    row, first = problem.requirement, problem.findings[0]
    often = f" {first.often}" if first.often else ""
    lines = [f"- **{words(problem.verdict)}{often} {row.id}** ({row.level}, {problem.contract.id}): {prose(row.text)}",
             f"  - source: {prose(str(row.source))}"]  # fmt: skip
    accepted = acceptance(problem.findings, assessment) if assessment else ""
    lines += [f"  - baseline: {prose(accepted)}"] if accepted else []
    for finding in problem.findings[:_PLACES]:
        place = f"at {code(finding.where)}: " if finding.where else ""
        lines.append(f"  - {place}expected {code(finding.expected)}, got {code(finding.actual)}")
    left = len(problem.findings) - _PLACES
    lines += [f"  - and in {plural(left, 'further place')}"] if left > 0 else []
    lines += [f"  - next: {prose(first.next_step)}"] if first.next_step else []
    lines += [f"  - blocks {plural(len(problem.blocks), 'requirement')}: {some(problem.blocks)}"] if problem.blocks else []
    return "\n".join(lines) + "\n"


def _unjudged(gathered: Gathered) -> Iterator[str]:
    untestable, blocked = gathered.evidence.findings(Verdict.NOT_TESTABLE), blocked_elsewhere(gathered.evidence)
    found = {finding.requirement for finding in (*untestable, *blocked)}
    if found:
        yield f"\n### What could not be judged: {plural(len(found), 'requirement')}\n\n"
    why = [*reasons(untestable).items(), *reasons(blocked).items()]
    for reason, ids in why[:_REASONS]:
        yield f"- {code(reason)} ({some(ids)})\n"
    if len(why) > _REASONS:
        yield f"- and {plural(len(why) - _REASONS, 'further reason')}\n"
    lines = target_lines(untestable)
    if lines:
        block = fenced([line[:_WIDEST] for line in lines[:_LINES]], "toml")
        yield "\n".join(["\nLines for the target file, with values of your own for …:", "", *block]) + "\n"


def _readings(gathered: Gathered) -> Iterator[str]:
    tally, found = gathered.tally, list[str]()
    for contract in tally.contracts:
        for id_ in sorted(tally.readings):
            if id_ in contract.readings:
                found.append(f"- {prose(said(contract, id_, sorted(tally.readings[id_])))} ({id_})\n")
    if found:
        yield f"\n<details><summary>What was observed where the document leaves a choice ({len(found)})</summary>\n\n"
        yield from found[:_READINGS]
        if len(found) > _READINGS:
            yield f"- and {len(found) - _READINGS} more\n"
        yield "\n</details>\n"


def _closing(gathered: Gathered, status: int) -> str:
    tally, header = gathered.tally, gathered.tally.header
    targets = dict.fromkeys((str(target["name"]), str(target["base_url"])) for target in header.get("targets", ()))
    told = "".join(f"{code(name)} at {code(url)}, " for name, url in list(targets)[:_PROBLEMS])
    return f"\n{told}{plural(tally.requests, 'request')}, {str(header.get('clock', ''))[:19]}, exit status {status}.\n"
