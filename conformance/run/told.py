"""A finding in plain text, with the exchange that shows it: what pytest, JUnit and Allure print."""

from __future__ import annotations

from collections.abc import Iterator

from conformance.run.finding import Finding, Verdict
from conformance.run.policy import Policy
from conformance.run.runfile import RunFile
from conformance.wire import Exchange
from conformance.wire.curl import curl_line
from conformance.wire.excerpt import excerpt, visible


def told(finding: Finding, policy: Policy, evidence: RunFile) -> str:
    """The clause, what was expected and what came, the last exchange in full and the next step."""
    row, vendor = policy.requirement(finding.requirement), policy.contract_of(finding.requirement).vendor
    often = f" ({finding.failed} of {finding.attempts} attempts)" if finding.verdict is Verdict.INCONCLUSIVE else ""
    lines = {
        "clause": row.text, "source": str(row.source), "where": finding.where, "expected": finding.expected,
        "actual": finding.actual, "next": finding.next_step, "exchanges": ", ".join(finding.exchanges),
    }  # fmt: skip
    shown = [f"{finding.verdict} {finding.requirement}{often}"]
    shown += [f"  {name}: {visible(text)}" for name, text in lines.items() if text]
    for id_ in finding.exchanges[-1:]:
        shown += exchange_lines(evidence.exchange(id_), finding.where, vendor.credentials)
    return "\n".join(shown)


def exchange_lines(exchange: Exchange, where: str, credentials: tuple[str, ...]) -> Iterator[str]:
    """An exchange for a reader: the request as a curl line, the answer, its body around a place."""
    yield f"{exchange.id}: {visible(curl_line(exchange.request, credentials))}"
    response = exchange.response
    if response is None:
        yield f"  no answer: {visible(exchange.failure)}"
        return
    kind = response.header("Content-Type") or "no Content-Type"
    yield visible(f"  HTTP {response.status} {response.reason}, {kind}")
    shown = excerpt(response.body, where)
    if shown.above:
        yield f"  … {_lines(shown.above)} above"
    yield from (f"  | {line}" for line in shown.lines)
    if shown.below:
        yield f"  … {_lines(shown.below)} below"


def _lines(number: int) -> str:
    return "1 line" if number == 1 else f"{number} lines"
