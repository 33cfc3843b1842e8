"""JUnit XML, against the schema of Jenkins' xunit plugin."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring

import pytest
import xmlschema

from conformance.report.gathered import Gathered, gather
from conformance.report.junit import to_junit
from conformance.run.baseline import Assessment
from conformance.run.finding import Verdict

from .lines import ORDERS, header, written
from .varied import accepting, varied

SCHEMAS = Path(__file__).parents[1] / "schemas"


@cache
def schema() -> xmlschema.XMLSchema:
    return xmlschema.XMLSchema(SCHEMAS / "junit-10.xsd")


def junit(gathered: Gathered, assessment: Assessment | None = None) -> Element:
    """The document, once it is known to be valid."""
    text = to_junit(gathered, assessment)
    assert [error.reason for error in schema().iter_errors(text)] == []
    return fromstring(text)


def outcomes(root: Element) -> dict[str, tuple[str, str, str]]:
    """By requirement: the element, its type and its message."""
    found = {}
    for case in root.iter("testcase"):
        inner = [(child.tag, child.get("type", ""), child.get("message", "")) for child in case]
        assert len(inner) <= 1
        found[case.get("name", "").partition(":")[0]] = inner[0] if inner else ("", "", "")
    return found


def test_each_verdict_becomes_what_it_means_there(tmp_path: Path) -> None:
    assert outcomes(junit(varied(tmp_path))) == {
        "OS-106": ("failure", "fail", "fail at $.requestError.code: expected 106, got 108"),
        "OS-103": ("failure", "warn", "warn at $.requestError: expected 106, got 108"),
        "OS-010": ("failure", "inconclusive", "inconclusive in 1 of 3 attempts at $.requestError: expected 106, got 108"),
        "OS-002": ("error", "suite_error", "an error of the suite, not of the target: KeyError: 'x'"),
        "OS-001": ("skipped", "blocked", "blocked: follows from OS-106"),
        "OS-019": ("skipped", "not_testable", "not testable: the run is read-only"),
        "OS-018": ("skipped", "not_applicable", "not applicable: the target does not offer it"),
        "OS-007": ("", "", ""),
        "OS-003": ("", "", ""),
        "CS-102": ("failure", "fail", "fail at $.requestError: expected 106, got 108"),
        "CS-037": ("skipped", "not_judged", "not judged: the run ended before"),
    }


def test_the_counts_are_those_of_the_cases(tmp_path: Path) -> None:
    root = junit(varied(tmp_path))
    for suite in root.iter("testsuite"):
        counts = Counter(child.tag for case in suite.iter("testcase") for child in case)
        assert [suite.get(name) for name in ("tests", "failures", "errors", "skipped")] == [
            str(len(suite.findall("testcase"))), str(counts["failure"]), str(counts["error"]), str(counts["skipped"]),
        ]  # fmt: skip
    assert [root.get(name) for name in ("tests", "failures", "errors", "time")] == ["11", "4", "1", "2.000"]
    assert [suite.get("name") for suite in root] == ["imaterialise/order-status", "imaterialise/cart-status"]
    # One exchange of 3 ms, which ten requirements share.
    assert {case.get("time") for case in root.iter("testcase")} == {"0.000"}
    assert root[0].get("time") == "0.003"


def test_a_failure_shows_clause_places_exchange_and_next_step(tmp_path: Path) -> None:
    text = next(text for failure in junit(varied(tmp_path)).iter("failure") if (text := failure.text or "").count("OS-106"))
    shown = r"`x # owned <b>&amp;]]> @you \x1b[2J\x00\ufffe\u202e"
    assert text.splitlines() == [
        'clause: A dateFrom later than dateTo is answered with code 106 and the message "Date range is wrong; '
        'please make sure DateFrom is older than DateTo."',
        "source: order-status, Errors Section of the Response, row 106",
        "force: must",
        "fail at $.requestError.code: expected 106, got 108",
        f"fail at {shown}: expected {shown}, got {shown}",
        "next: Mend it.",
        "finding: OS-106-000001",
        "test: a test",
        'x1: curl -sS -i http://mine.example/web-api/order -H "apiCode: $CONFORMANCE_API_CODE"'
        " -H 'Accept: application/json'",
        "  HTTP 200 OK, application/json",
        "  | {",
        '  |   "requestError": {',
        '  |     "code": 108,',
        r'  |     "message": "<![CDATA[ no \u0000"',
        "  |   }",
        "  | }",
    ]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ({"kind": "trouble", "text": "nobody\x00"}, r"nothing could be judged: nobody\x00"),
        ({"kind": "broke", "text": "us"}, "the suite broke: us"),
        ({"kind": "interrupted"}, "the run was interrupted before every test had its turn"),
    ],
)
def test_what_is_wrong_with_the_run_as_a_whole_is_an_error(tmp_path: Path, line: dict[str, str], told: str) -> None:
    root = junit(varied(tmp_path, line))
    assert outcomes(root)["the run ends well"] == ("error", "incomplete", told)
    assert root.get("errors") == "2"


def test_a_run_that_broke_off_or_judged_nothing_is_not_green(tmp_path: Path) -> None:
    assert outcomes(junit(varied(tmp_path, end=None)))["the run ends well"][2] == "the run broke off"
    root = junit(gather(written(tmp_path, header(ORDERS), {"kind": "end", "seconds": 0.1, "requests": 0})))
    assert outcomes(root) == {"the run ends well": ("error", "incomplete", "no test of the suite was executed")}


def test_what_the_baseline_accepts_is_skipped_and_its_own_faults_fail(tmp_path: Path) -> None:
    gathered = varied(tmp_path)
    told = outcomes(junit(gathered, accepting(gathered, ("OS-106", Verdict.FAIL), ("OS-003", Verdict.FAIL))))
    assert told["OS-106"][:2] == ("skipped", "fail")
    assert told["OS-106"][2].startswith("accepted until 2026-12-31, orders@example.org: known `x")
    assert told["CS-102"][0] == "failure"
    name = "every entry of the baseline is in use"
    assert told[name][:2] == ("failure", "baseline")
    assert told[name][2].startswith("Passes now: entry 2 ")
    assert outcomes(junit(gathered, accepting(gathered, ("OS-106", Verdict.FAIL))))[name] == ("", "", "")
