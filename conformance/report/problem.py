"""One requirement that is not kept: the clause, what was expected, what came, how to see it, what to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rich.console import Console
from rich.text import Text

from conformance.report.accepted import acceptance
from conformance.report.cases import in_short
from conformance.report.evidence import Evidence, Problem
from conformance.report.gathered import exchanges, showing
from conformance.report.layout import STYLES, answered, heading, labelled, plural, some, unbroken, words
from conformance.run.baseline import Assessment
from conformance.run.finding import Finding
from conformance.wire import Exchange
from conformance.wire.curl import curl_line
from conformance.wire.excerpt import excerpt

_MORE = 8
"""How many further places of one requirement are told; a reader sees the pattern before that."""


@dataclass(frozen=True)
class ShownExchanges:
    """What is told of the exchanges behind the problems of a run; no answer is kept whole, however large it is."""

    last: Mapping[str, _Last]
    """By the finding that a problem is told by, the exchange that shows it."""
    titles: Mapping[str, str]
    """Of earlier exchanges, by their id."""


@dataclass(frozen=True)
class _Last:
    rows: list[tuple[str, str]]
    body: list[str]
    curl: str


def shown_exchanges(evidence: Evidence) -> ShownExchanges:
    """Looks the exchanges up.

    Raises:
        RunFileError: the run file cannot be read.
    """
    leading = [problem.findings[0] for problem in evidence.problems]
    credentials = {problem.findings[0].id: problem.contract.vendor.credentials for problem in evidence.problems}
    earlier = {id_ for finding in leading for id_ in finding.exchanges[:-1][:_MORE]}

    def last(finding: Finding, exchange: Exchange, _: int) -> _Last:
        body = _body(exchange.response.body, finding.where) if exchange.response else []
        return _Last(_told_exchange(exchange), body, curl_line(exchange.request, credentials[finding.id]))

    titles = {exchange.id: exchange.title for _, exchange in exchanges(evidence.path, earlier)}
    return ShownExchanges(showing(evidence.path, leading, last), titles)


def print_problem(
    known: ShownExchanges, problem: Problem, number: int, console: Console, assessment: Assessment | None = None
) -> None:
    """Prints everything a reader needs to see and mend one broken requirement, or why it is accepted."""
    row, finding = problem.requirement, problem.findings[0]
    style = STYLES[problem.verdict]
    heading(
        console,
        f"{number}. {words(problem.verdict).upper()} {row.id} ({row.level}), {problem.contract.title}",
        style,
    )
    accepted = acceptance(problem.findings, assessment) if assessment else ""
    labelled(console, [("baseline", accepted), ("clause", row.text), ("source", str(row.source)), *_told(finding)])
    if finding.id in known.last:
        _print_exchange(known.last[finding.id], console)
    earlier = [id_ for id_ in finding.exchanges[:-1][:_MORE] if id_ in known.titles]
    rows = [("see also", f"{known.titles[id_]} ({id_})") for id_ in earlier]
    rows += [("also", in_short(other)) for other in problem.findings[1 : _MORE + 1]]
    left_out = len(problem.findings) - 1 - _MORE
    rows += [("also", f"{plural(left_out, 'further place')}, all in the run file")] if left_out > 0 else []
    rows += [("blocks", f"{plural(len(problem.blocks), 'requirement')}: {some(problem.blocks)}")] if problem.blocks else []
    labelled(console, [*rows, ("next", finding.next_step), ("finding", finding.id)])
    unbroken(console, f"  test     {finding.test}")


def _told(finding: Finding) -> list[tuple[str, str]]:
    return [
        ("where", finding.where),
        ("expected", finding.expected),
        ("actual", finding.actual),
        ("attempts", finding.often and f"showed {finding.often}"),
    ]


def _print_exchange(last: _Last, console: Console) -> None:
    labelled(console, last.rows)
    for line in last.body:
        console.print(Text(f"    | {line}", style="dim"), no_wrap=True, overflow="ellipsis", crop=True)
    unbroken(console, f"  {last.curl}")


def _told_exchange(exchange: Exchange) -> list[tuple[str, str]]:
    request, response = exchange.request, exchange.response
    answer = answered(response) if response else exchange.failure
    return [("exchange", f"{exchange.id}: {request.method} {request.url}"), ("answer", answer)]


def _body(body: bytes, where: str) -> list[str]:
    shown = excerpt(body, where)
    lines = list(shown.lines)
    if shown.above:
        lines.insert(0, f"… {plural(shown.above, 'line')} above")
    if shown.below:
        lines.append(f"… {plural(shown.below, 'line')} below")
    return lines
