"""SARIF and CTRF, against their published schemas."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema

from conformance.report.ctrf import to_ctrf
from conformance.report.gathered import Gathered, gather
from conformance.report.sarif import to_sarif
from conformance.run.baseline import Assessment
from conformance.run.finding import Verdict

from .lines import ORDERS, header, written
from .test_junit import SCHEMAS
from .varied import accepting, varied


@cache
def validator(name: str) -> Any:
    schema = json.loads((SCHEMAS / name).read_text(encoding="utf-8"))
    return jsonschema.validators.validator_for(schema)(schema, format_checker=jsonschema.FormatChecker())


def sarif(gathered: Gathered, assessment: Assessment | None = None) -> dict[str, Any]:
    """The only run of the log, once it is known to be valid."""
    document = json.loads(to_sarif(gathered, assessment))
    assert [error.message for error in validator("sarif-2.1.0-rtm.5.json").iter_errors(document)] == []
    run: dict[str, Any] = document["runs"][0]
    return run


def ctrf(gathered: Gathered, assessment: Assessment | None = None) -> dict[str, Any]:
    document = json.loads(to_ctrf(gathered, assessment))
    assert [error.message for error in validator("ctrf-schema-0.0.json").iter_errors(document)] == []
    results: dict[str, Any] = document["results"]
    return results


def test_only_deviations_are_results_at_the_level_of_their_clause(tmp_path: Path) -> None:
    run = sarif(varied(tmp_path))
    told = [(one["ruleId"], one["level"], one["fingerprints"]["conformanceFinding/v1"]) for one in run["results"]]
    assert told == [
        ("OS-010", "warning", "OS-010-000004"),
        ("OS-103", "error", "OS-103-000003"),
        ("OS-106", "error", "OS-106-000001"),
        ("OS-106", "error", "OS-106-000002"),
        ("CS-102", "error", "CS-102-000008"),
    ]
    rules = run["tool"]["driver"]["rules"]
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in run["results"])
    assert all(result["partialFingerprints"] == {"primaryLocationLineHash": result["fingerprints"]["conformanceFinding/v1"]}
               for result in run["results"])  # fmt: skip


def test_a_rule_helps_the_reader_with_the_clause_and_its_source(tmp_path: Path) -> None:
    rule = next(rule for rule in sarif(varied(tmp_path))["tool"]["driver"]["rules"] if rule["id"] == "OS-106")
    assert rule["help"]["text"].startswith("A dateFrom later than dateTo is answered with code 106 ")
    assert "(order-status, Errors Section of the Response, row 106; must.)" in rule["help"]["text"]
    assert rule["defaultConfiguration"] == {"level": "error"}
    assert rule["properties"]["tags"][0] == "imaterialise/order-status"


def test_a_result_leads_to_its_line_of_the_evidence_and_shows_the_exchange(tmp_path: Path) -> None:
    result = sarif(varied(tmp_path))["results"][2]
    assert result["locations"] == [{
        "physicalLocation": {"artifactLocation": {"uri": "run.jsonl"}, "region": {"startLine": 3}},
        "logicalLocations": [{"fullyQualifiedName": "imaterialise/order-status $.requestError.code", "kind": "member"}],
    }]  # fmt: skip
    assert result["webRequest"] == {
        "method": "GET", "target": "http://mine.example/web-api/order",
        "headers": {"apiCode": "[redacted:api_code]", "Accept": "application/json"},
    }  # fmt: skip
    assert result["webResponse"]["statusCode"] == 200
    assert '    "code": 108,   ← here' in result["webResponse"]["body"]["text"].splitlines()
    assert result["message"]["text"] == "fail at $.requestError.code: expected 106, got 108. Next: Mend it."


def test_what_is_ours_or_was_not_judged_is_a_notification(tmp_path: Path) -> None:
    invocation = sarif(varied(tmp_path, end=None))["invocations"][0]
    assert (invocation["executionSuccessful"], invocation["startTimeUtc"]) == (False, "2026-01-31T12:00:00Z")
    assert [note["message"]["text"] for note in invocation["toolExecutionNotifications"]] == [
        "the run broke off", "an error of the suite, not of the target: KeyError: 'x'",
    ]  # fmt: skip
    assert [note["associatedRule"]["id"] for note in invocation["toolConfigurationNotifications"]] == [
        "OS-001", "OS-019", "CS-037",
    ]  # fmt: skip


def test_what_the_baseline_accepts_is_suppressed_with_its_reason(tmp_path: Path) -> None:
    gathered = varied(tmp_path)
    results = sarif(gathered, accepting(gathered, ("OS-106", Verdict.FAIL)))["results"]
    assert Counter((result["ruleId"], result["baselineState"]) for result in results) == {
        ("OS-106", "unchanged"): 2, ("OS-103", "new"): 1, ("OS-010", "new"): 1, ("CS-102", "new"): 1,
    }  # fmt: skip
    why = [result["suppressions"][0]["justification"] for result in results if result["suppressions"]]
    assert len(why) == 2
    assert why[0].startswith("known `x")
    assert why[0].endswith(" (orders@example.org, until 2026-12-31)")


def test_ctrf_counts_the_same_cases(tmp_path: Path) -> None:
    results = ctrf(varied(tmp_path, end=None))
    assert results["summary"] == {"tests": 12, "passed": 2, "failed": 4, "skipped": 4, "pending": 0, "other": 2, "suites": 2,
                                  "start": 1769860800000, "stop": 1769860800000, "duration": 0}  # fmt: skip
    test = next(test for test in results["tests"] if test.get("testId") == "OS-010")
    assert (test["status"], test["rawStatus"], test["retries"]) == ("failed", "inconclusive", 2)
    assert (test["extra"]["findings"], test["extra"]["confirmed"]) == (["OS-010-000004"], False)
    whole = {"name": "the run ends well", "status": "other", "duration": 0, "message": "the run broke off"}
    assert results["tests"][-1] == whole


def test_a_run_that_never_opened_is_valid_too(tmp_path: Path) -> None:
    lines = [header(targets=[], contracts={}), {"kind": "trouble", "text": "no such file"}]
    gathered = gather(written(tmp_path, *lines))
    assert (sarif(gathered)["results"], ctrf(gathered)["summary"]["tests"]) == ([], 1)
    lines = [header(ORDERS, clock="")]
    gathered = gather(written(tmp_path, *lines))
    assert "startTimeUtc" not in sarif(gathered)["invocations"][0]
    assert ctrf(gathered)["summary"]["start"] == 0


def test_the_reports_of_one_run_file_are_the_same_to_the_byte(tmp_path: Path) -> None:
    assert to_sarif(varied(tmp_path)) == to_sarif(gather(tmp_path / "run.jsonl"))
    assert to_ctrf(varied(tmp_path)) == to_ctrf(gather(tmp_path / "run.jsonl"))
