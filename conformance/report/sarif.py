"""SARIF 2.1.0 (OASIS), which code-scanning pages read: a rule for each requirement, a result for each deviation.

Only deviations are results: the readers of SARIF show every result as an alert. Errors of the suite and what was not
judged are notifications of the run. The fingerprint is the finding's own id, which stays from run to run.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from conformance.contract import Contract, Level, Requirement
from conformance.report.cases import Case, Outcome, cases, deviating, in_short, trouble
from conformance.report.cut import cut
from conformance.report.gathered import Gathered, showing
from conformance.report.markup import prose
from conformance.run.baseline import Assessment
from conformance.run.finding import Finding, Verdict
from conformance.wire import Exchange
from conformance.wire.excerpt import visible
from conformance.wire.exchange import Headers

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Level.MUST: "error", Level.SHOULD: "warning", Level.MAY: "note"}
_MOST = 5000
"""Results: what GitHub shows of one run."""


def to_sarif(gathered: Gathered, assessment: Assessment | None = None) -> str:
    """The run as one SARIF log."""
    every = list(cases(gathered, assessment))
    findings = deviating(every)[:_MOST]
    rules = [_rule(case.contract, case.requirement) for case in every]
    places = {case.requirement.id: number for number, case in enumerate(every)}
    levels = {case.requirement.id: case.requirement.level for case in every}
    shown = showing(gathered.path, findings, partial(_exchange, gathered.path.name))
    suite = gathered.tally.header.get("suite", {})
    run = {
        "tool": {"driver": {
            "name": str(suite.get("name", "order-api-conformance")),
            "version": str(suite.get("version", "")),
            "rules": rules,
        }},
        "automationDetails": {"id": f"order-api-conformance/{'+'.join(gathered.tally.header.get('apis', ()))}/"},
        "invocations": [_invocation(gathered, every)],
        "columnKind": "unicodeCodePoints",
        "results": [
            {**_result(finding, places, levels[finding.requirement], gathered), **_in_baseline(finding, assessment),
             **shown.get(finding.id, {})}
            for finding in findings
        ],
    }  # fmt: skip
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=1) + "\n"


def _rule(contract: Contract, row: Requirement) -> dict[str, Any]:
    hint = f" What to check first: {row.hint}" if row.hint else ""
    told = f"{row.text} ({row.source}; {row.level}.)"
    return {
        "id": row.id,
        "name": row.id.replace("-", ""),
        "shortDescription": {"text": row.text},
        "fullDescription": {"text": told},
        "help": {"text": f"{told}{hint}", "markdown": f"{prose(told)}{prose(hint) if hint else ''}"},
        "defaultConfiguration": {"level": _LEVELS[row.level]},
        "properties": {"tags": [contract.id, row.area, str(row.level)]},
    }


def _result(finding: Finding, places: Mapping[str, int], level: Level, gathered: Gathered) -> dict[str, Any]:
    sure = finding.verdict is not Verdict.INCONCLUSIVE
    next_step = f" Next: {visible(finding.next_step)}" if finding.next_step else ""
    return {
        "ruleId": finding.requirement,
        "ruleIndex": places[finding.requirement],
        "level": _LEVELS[level] if sure else "warning",
        "message": {"text": f"{in_short(finding)}.{next_step}"},
        "locations": [_location(finding, gathered.path.name, 1)],
        "fingerprints": {"conformanceFinding/v1": finding.id},
        # The one name that GitHub looks at.
        "partialFingerprints": {"primaryLocationLineHash": finding.id},
        "properties": {"verdict": str(finding.verdict), "exchanges": list(finding.exchanges[-1:]), "test": finding.test,
                       "failed": finding.failed, "attempts": finding.attempts},
    }  # fmt: skip


def _location(finding: Finding, file: str, line: int) -> dict[str, Any]:
    """Where in the evidence, and where in the answer."""
    return {
        "physicalLocation": {"artifactLocation": {"uri": file}, "region": {"startLine": line}},
        "logicalLocations": [
            {"fullyQualifiedName": f"{finding.api} {visible(finding.where)}".strip(), "kind": "member"},
        ],
    }


def _exchange(file: str, finding: Finding, exchange: Exchange, line: int) -> dict[str, Any]:
    """The part of a result that comes from its last exchange; the body is cut around the place."""
    request, response = exchange.request, exchange.response
    found: dict[str, Any] = {
        "locations": [_location(finding, file, line)],
        "webRequest": {"method": request.method, "target": visible(request.url), "headers": _headers(request.headers)},
    }
    if request.body:
        found["webRequest"]["body"] = {"text": "\n".join(cut(request.body))}
    if response is None:
        found["webResponse"] = {"noResponseReceived": True}
        return found
    body = {"body": {"text": "\n".join(cut(response.body, finding.where))}} if response.body else {}
    found["webResponse"] = {"statusCode": response.status, "reasonPhrase": visible(response.reason),
                            "headers": _headers(response.headers), **body}  # fmt: skip
    return found


def _headers(headers: Headers) -> dict[str, str]:
    return {visible(name): visible(value) for name, value in headers}


def _in_baseline(finding: Finding, assessment: Assessment | None) -> dict[str, Any]:
    if assessment is None:
        return {}
    entry = assessment.accepted.get(finding.id)
    if entry is None:
        return {"baselineState": "new", "suppressions": []}
    why = f"{visible(entry.reason)} ({visible(entry.owner)}, until {entry.expires})"
    return {"baselineState": "unchanged",
            "suppressions": [{"kind": "external", "status": "accepted", "justification": why}]}  # fmt: skip


def _invocation(gathered: Gathered, every: list[Case]) -> dict[str, Any]:
    told, tally = trouble(gathered), gathered.tally
    invocation: dict[str, Any] = {"executionSuccessful": not told, "exitCode": tally.exit_status}
    try:
        started = datetime.fromisoformat(tally.header["clock"])
        ended = started + timedelta(seconds=tally.seconds)
        invocation |= {"startTimeUtc": f"{started:%Y-%m-%dT%H:%M:%SZ}", "endTimeUtc": f"{ended:%Y-%m-%dT%H:%M:%SZ}"}
    except (KeyError, ValueError):
        pass  # a run that never opened has no clock
    errors = [_notification("error", told)] if told else []
    errors += [_notification("error", case.reason, case.requirement.id) for case in every if case.outcome is Outcome.ERROR]
    skipped = [case for case in every if case.verdict in {Verdict.NOT_TESTABLE, Verdict.BLOCKED, None}]
    return {
        **invocation,
        "toolExecutionNotifications": errors,
        "toolConfigurationNotifications": [_notification("warning", c.reason, c.requirement.id) for c in skipped],
    }


def _notification(level: str, text: str, requirement: str = "") -> dict[str, Any]:
    about = {"associatedRule": {"id": requirement}} if requirement else {}
    return {"level": level, "message": {"text": text}, **about}
