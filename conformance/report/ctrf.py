"""CTRF, the common test report format (ctrf.io): one JSON object that many dashboards and pull-request bots read."""

from __future__ import annotations

import json
from collections import Counter
from datetime import datetime
from typing import Any

from conformance.report.cases import Case, Outcome, cases, in_short, trouble
from conformance.report.gathered import Gathered
from conformance.run.baseline import Assessment
from conformance.run.finding import Verdict
from conformance.wire.excerpt import visible

_STATUS = {
    Outcome.PASSED: "passed",
    Outcome.FAILED: "failed",
    Outcome.ERROR: "other",
    Outcome.SKIPPED: "skipped",
}
"""`other` is for what is neither the target's success nor its failure."""
_STATUSES = ("passed", "failed", "skipped", "pending", "other")


def to_ctrf(gathered: Gathered, assessment: Assessment | None = None) -> str:
    """The run as a CTRF document of version 0.0.0."""
    every = list(cases(gathered, assessment))
    tests = [_test(case) for case in every]
    told = trouble(gathered)
    if told:
        tests.append({"name": "the run ends well", "status": "other", "duration": 0, "message": told})
    counts = Counter(test["status"] for test in tests)
    header, tally = gathered.tally.header, gathered.tally
    suite = header.get("suite", {})
    start = _milliseconds(header.get("clock", ""))
    summary = {"tests": len(tests), **{status: counts[status] for status in _STATUSES}}
    summary |= {"suites": len({case.contract.id for case in every}), "start": start,
                "stop": start + round(tally.seconds * 1000), "duration": round(tally.seconds * 1000)}  # fmt: skip
    document = {
        "reportFormat": "CTRF",
        "specVersion": "0.0.0",
        "generatedBy": "conformance report",
        "results": {
            "tool": {"name": str(suite.get("name", "order-api-conformance")), "version": str(suite.get("version", ""))},
            "summary": summary,
            "tests": tests,
            "environment": _environment(gathered, assessment),
        },
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _test(case: Case) -> dict[str, Any]:
    row = case.requirement
    test: dict[str, Any] = {
        "testId": row.id,
        "name": case.name,
        "status": _STATUS[case.outcome],
        "rawStatus": str(case.verdict or "not_judged"),
        "duration": round(case.milliseconds),
        "suite": [case.contract.vendor.title, case.contract.title, row.area],
        "tags": [str(row.level), row.area],
        "labels": {"api": case.contract.id, "level": str(row.level), "source": str(row.source)},
    }
    if case.reason:
        test["message"] = case.reason
    if case.outcome in {Outcome.FAILED, Outcome.ERROR}:
        first = case.findings[0] if case.findings else None
        test["trace"] = "\n".join(in_short(finding) for finding in case.findings[:9])
        test["retries"] = max(0, first.attempts - 1) if first else 0
        test["extra"] = {
            "findings": [finding.id for finding in case.findings],
            "exchanges": list(first.exchanges[-1:]) if first else [],
            "next": visible(first.next_step) if first else "",
            "confirmed": case.verdict is not Verdict.INCONCLUSIVE,
        }
    return test


def _environment(gathered: Gathered, assessment: Assessment | None) -> dict[str, Any]:
    header = gathered.tally.header
    targets = header.get("targets", ())
    status = assessment.exit_status if assessment else gathered.tally.exit_status
    extra = {"base_url": sorted({str(target["base_url"]) for target in targets}), "seed": header.get("seed"),
             "profile": header.get("profile"), "exit_status": status}  # fmt: skip
    return {
        "appName": ", ".join(dict.fromkeys(visible(str(target["name"])) for target in targets)),
        "testEnvironment": ", ".join(dict.fromkeys(str(target["environment"]) for target in targets)),
        "healthy": status == 0,
        "extra": extra,
    }


def _milliseconds(clock: str) -> int:
    try:
        return round(datetime.fromisoformat(clock).timestamp() * 1000)
    except ValueError:
        return 0
