"""One requirement that is not kept: the clause, what was expected, what came, how to see it, what to do."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from conformance.contract import ContractError, load_vendor
from conformance.report.accepted import acceptance
from conformance.report.evidence import Evidence, Problem
from conformance.report.layout import STYLES, heading, labelled, plural, some, unbroken, words
from conformance.run.baseline import Assessment
from conformance.run.finding import Finding, Verdict
from conformance.wire import Exchange
from conformance.wire.curl import curl_line
from conformance.wire.excerpt import excerpt

_MORE = 8
"""How many further places of one requirement are told; a reader sees the pattern before that."""


def print_problem(
    evidence: Evidence, problem: Problem, number: int, console: Console, assessment: Assessment | None = None
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
    for id_ in finding.exchanges[-1:]:
        if id_ in evidence.exchanges:
            _print_exchange(evidence.exchanges[id_], finding, problem.contract.vendor.id, console)
    earlier = [f"{evidence.exchanges[id_].title} ({id_})" for id_ in finding.exchanges[:-1] if id_ in evidence.exchanges]
    rows = [("see also", text) for text in earlier[:_MORE]]
    rows += [("also", _in_short(other)) for other in problem.findings[1 : _MORE + 1]]
    left_out = len(problem.findings) - 1 - _MORE
    rows += [("also", f"{plural(left_out, 'further place')}, all in the run file")] if left_out > 0 else []
    rows += [("blocks", f"{plural(len(problem.blocks), 'requirement')}: {some(problem.blocks)}")] if problem.blocks else []
    labelled(console, [*rows, ("next", finding.next_step), ("finding", finding.id)])
    unbroken(console, f"  test     {finding.test}")


def _told(finding: Finding) -> list[tuple[str, str]]:
    rate = f"showed in {finding.failed} of {finding.attempts} attempts"
    return [
        ("where", finding.where),
        ("expected", finding.expected),
        ("actual", finding.actual),
        ("attempts", rate if finding.verdict is Verdict.INCONCLUSIVE else ""),
    ]


def _in_short(finding: Finding) -> str:
    return f"{words(finding.verdict)} at {finding.where}: expected {finding.expected}, got {finding.actual}"


def _print_exchange(exchange: Exchange, finding: Finding, vendor: str, console: Console) -> None:
    labelled(console, _told_exchange(exchange))
    if exchange.response is not None:
        _print_body(exchange.response.body, finding.where, console)
    unbroken(console, f"  {curl_line(exchange.request, _credentials(vendor))}")


def _told_exchange(exchange: Exchange) -> list[tuple[str, str]]:
    request = exchange.request
    return [("exchange", f"{exchange.id}: {request.method} {request.url}"), ("answer", _answer(exchange))]


def _answer(exchange: Exchange) -> str:
    response = exchange.response
    if response is None:
        return exchange.failure
    kind = response.header("Content-Type") or "no Content-Type"
    return f"HTTP {response.status} {response.reason}, {kind}, {plural(len(response.body), 'byte')}"


def _print_body(body: bytes, where: str, console: Console) -> None:
    shown = excerpt(body, where)
    lines = list(shown.lines)
    if shown.above:
        lines.insert(0, f"… {plural(shown.above, 'line')} above")
    if shown.below:
        lines.append(f"… {plural(shown.below, 'line')} below")
    for line in lines:
        console.print(Text(f"    | {line}", style="dim"), no_wrap=True, overflow="ellipsis", crop=True)


def _credentials(vendor: str) -> tuple[str, ...]:
    try:
        return load_vendor(vendor).credentials
    except ContractError:
        return ()
