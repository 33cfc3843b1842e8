"""A run added up: the exit status as a table, and `summary.json` member by member."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from conformance.contract import Level, load
from conformance.run.finding import Verdict
from conformance.run.summary import Tally, summary, tally, write_summary
from tests.report.lines import CARTS, END, ORDERS, exchange, finding, header, verdicts, written

MUST, OTHER, MAY = "OS-106", "OS-108", "OS-065"
PLAN: Mapping[str, Any] = {"kind": "plan", "requirements": [MUST, OTHER]}
ALLOWED = header(ORDERS, allow_incomplete=True)
INTERRUPTED, BROKE = {"kind": "interrupted"}, {"kind": "broke", "text": "a traceback"}
TROUBLE = {"kind": "trouble", "text": "no answer"}
Line = Mapping[str, Any]


def added(*lines: Line) -> Tally:
    result = Tally()
    for line in lines:
        result.add(line)
    return result


def run(*lines: Line, head: Line | None = None, end: bool = True) -> Tally:
    """A run of order status."""
    return added(head or header(ORDERS), *lines, *[END] * end)


STATUSES: dict[str, tuple[Tally, int]] = {
    "all passed": (run(verdicts(OS_106="pass", OS_065="observed", OS_010="not_applicable")), 0),
    "a must is broken": (run(verdicts(OS_106="fail")), 1),
    "a should is broken": (run(verdicts(OS_056="warn")), 1),
    "attempts disagree": (run(verdicts(OS_106="inconclusive")), 1),
    "a deviation beside something untested": (run(verdicts(OS_106="fail", OS_108="not_testable")), 1),
    "a deviation in a run that was killed": (run(verdicts(OS_106="fail"), end=False), 1),
    "an unreachable target": (run(TROUBLE), 3),
    "an unreachable target after a deviation": (run(verdicts(OS_106="fail"), TROUBLE), 3),
    "a bug of ours in a test": (run(verdicts(OS_106="suite_error")), 4),
    "a bug of ours beside a deviation": (run(verdicts(OS_106="suite_error", OS_108="fail")), 4),
    "a bug of ours outside of any test": (run(verdicts(OS_106="pass"), BROKE), 4),
    "nothing judged": (run(), 5),
    "an interrupted run": (run(verdicts(OS_106="pass"), INTERRUPTED), 5),
    "a killed run": (run(verdicts(OS_106="pass"), end=False), 5),
    "a file with nothing in it": (added(), 5),
    "a must not testable": (run(verdicts(OS_106="not_testable")), 5),
    "a should not testable": (run(verdicts(OS_106="pass", OS_056="not_testable")), 5),
    "a must blocked": (run(verdicts(OS_106="blocked")), 5),
    "a may not testable": (run(verdicts(OS_106="pass", OS_065="not_testable")), 0),
    "a may blocked": (run(verdicts(OS_106="pass", OS_065="blocked")), 0),
    "all that was planned": (run(PLAN, verdicts(OS_106="pass", OS_108="pass")), 0),
    "planned and not judged": (run(PLAN, verdicts(OS_106="pass")), 5),
    "a may planned and not judged": (
        run({"kind": "plan", "requirements": [MUST, MAY]}, verdicts(OS_106="pass")), 0),
    "another API only asked for help": (run(verdicts(OS_106="pass", CS_010="fail")), 0),
    "incomplete, and allowed": (run(verdicts(OS_106="not_testable"), head=ALLOWED), 0),
    "planned and not judged, and allowed": (run(PLAN, verdicts(OS_106="pass"), head=ALLOWED), 0),
    "a deviation where only incompleteness is allowed": (run(verdicts(OS_106="fail"), head=ALLOWED), 1),
    "a bug of ours where only incompleteness is allowed": (run(verdicts(OS_106="suite_error"), head=ALLOWED), 4),
    "a killed run where only untested parts are allowed": (run(verdicts(OS_106="pass"), head=ALLOWED, end=False), 5),
}  # fmt: skip


@pytest.mark.parametrize(("result", "status"), STATUSES.values(), ids=STATUSES)
def test_the_exit_status_says_how_the_run_ended(result: Tally, status: int) -> None:
    assert result.exit_status == status


def test_the_table_is_about_the_levels_that_it_names() -> None:
    levels = {id_: load(ORDERS).requirements[id_].level for id_ in (MUST, OTHER, "OS-010", "OS-056", MAY)}
    assert list(levels.values()) == [Level.MUST, Level.MUST, Level.MUST, Level.SHOULD, Level.MAY]


def test_of_several_tests_the_worst_verdict_counts_in_any_order() -> None:
    said = [verdicts(OS_106=verdict) for verdict in ("pass", "inconclusive", "observed")]
    for lines in (said, said[::-1]):
        assert run(*lines).verdicts == {MUST: "inconclusive"}


def test_what_should_have_been_judged_and_was_not_is_named() -> None:
    result = run(PLAN, verdicts(OS_056="not_testable", OS_065="not_testable", OS_010="blocked", OS_106="pass"))
    assert result.unjudged == ["OS-010", "OS-056", "OS-108"]


def test_a_finding_is_kept_as_it_was_told_first() -> None:
    result = run(finding(MUST, actual="first"), finding(MUST, actual="again"))
    assert [row.actual for row in result.findings.values()] == ["first"]


def test_only_findings_of_the_verdict_that_counts_explain_it() -> None:
    lines = [finding(MUST, Verdict.BLOCKED, number=1), finding(MUST, Verdict.FAIL, number=2), verdicts(OS_106="fail")]
    assert [row.id for row in run(*lines).relevant(MUST)] == ["OS-106-000002"]


def test_the_summary_has_these_members(tmp_path: Path) -> None:
    path = written(
        tmp_path, header(ORDERS, CARTS), exchange("x1", b"{}"), exchange("x2", b"{}"),
        verdicts(OS_106="fail", OS_065="observed", OS_010="pass", CS_010="not_testable"), finding(MUST),
        {"kind": "reading", "requirement": MAY, "reading": "order-status-xml-root", "option": "other", "exchanges": []},
        {"kind": "reading", "requirement": MAY, "reading": "order-status-xml-root", "option": "as-named", "exchanges": []},
        {"kind": "leftover", "text": "an order"}, END,
    )  # fmt: skip
    none = dict.fromkeys(map(str, Verdict), 0)
    write_summary(path, tmp_path / "summary.json")
    assert json.loads((tmp_path / "summary.json").read_text(encoding="utf-8")) == {
        "suite": {"name": "order-api-conformance", "version": "0"},
        "target": {"name": "mine", "base_url": "http://mine.example", "environment": "sandbox", "vendors": ["imaterialise"]},
        "started": "2026-01-31T12:00:00+00:00",
        "seed": 7,
        "profile": "quick",
        "seconds": 2.0,
        "requests": 2,
        "complete": True,
        "trouble": "",
        "unjudged": ["CS-010"],
        "exit": 1,
        "verdicts": {**none, "fail": 1, "pass": 1, "observed": 1, "not_testable": 1},
        "apis": {
            ORDERS: {"verdicts": {**none, "fail": 1, "pass": 1, "observed": 1}},
            CARTS: {"verdicts": {**none, "not_testable": 1}},
        },
        "requirements": {
            "CS-010": {"verdict": "not_testable", "level": "must", "findings": []},
            "OS-010": {"verdict": "pass", "level": "must", "findings": []},
            "OS-065": {"verdict": "observed", "level": "may", "findings": []},
            "OS-106": {"verdict": "fail", "level": "must", "findings": ["OS-106-000001"]},
        },
        "readings": {"order-status-xml-root": "as-named and other"},
        "leftovers": ["an order"],
    }


def test_a_run_that_was_killed_is_added_up_up_to_there(tmp_path: Path) -> None:
    path = written(tmp_path, header(ORDERS), verdicts(OS_106="pass"), END)
    path.write_bytes(path.read_bytes()[:-5])
    result = tally(path)
    assert (result.ended, result.verdicts, summary(result)["complete"], summary(result)["exit"]) == (
        False, {MUST: "pass"}, False, 5,
    )  # fmt: skip


def test_without_a_header_the_summary_is_empty_and_incomplete() -> None:
    result = summary(Tally())
    assert (result["target"], result["apis"], result["requirements"], result["exit"]) == ({}, {}, {}, 5)
