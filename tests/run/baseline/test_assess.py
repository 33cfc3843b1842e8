"""A run in the light of a baseline, beyond the truth table: order of the statuses, what follows, places, rates, readings."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from conformance.run.baseline import Assessment, Baseline, assess
from conformance.run.finding import Verdict
from conformance.run.summary import Tally
from tests.report.lines import finding, verdicts
from tests.run.test_summary import STATUSES

from .files import DAY_BEFORE, PLACE, assessed, entry, run

FAIL, BLOCKED, NOT_TESTABLE = Verdict.FAIL, Verdict.BLOCKED, Verdict.NOT_TESTABLE
READING = "order-status-xml-root"


def failing(*places: str, **more: Any) -> Tally:
    rows = [finding("OS-106", number=n, where=place, failed=3, attempts=3) for n, place in enumerate(places, start=1)]
    return run(verdicts(OS_106="fail"), *rows, **more)


@pytest.mark.parametrize(("result", "status"), STATUSES.values(), ids=STATUSES)
def test_an_empty_baseline_leaves_every_exit_status_as_it_is(result: Tally, status: int) -> None:
    assert assess(Baseline(), result).exit_status == status


def test_an_unexpected_deviation_comes_before_a_stale_entry_and_that_before_incompleteness(tmp_path: Path) -> None:
    lines: list[Any] = [verdicts(OS_106="fail", OS_010="not_testable"), finding("OS-106"),
                        finding("OS-010", NOT_TESTABLE, where="")]  # fmt: skip
    stale = entry("OS-108")
    assert assessed(tmp_path, run(*lines), stale).exit_status == 1
    assert assessed(tmp_path, run(*lines), entry(), stale).exit_status == 2
    assert assessed(tmp_path, run(*lines), entry()).exit_status == 5
    assert assessed(tmp_path, run(*lines), entry(), entry("OS-010", "not_testable")).exit_status == 0
    assert assessed(tmp_path, run(*lines, allow_incomplete=True), entry()).exit_status == 0


@pytest.mark.parametrize(
    ("pattern", "place", "same"),
    [
        ("$.orders[0].status", "$.orders[7].status", True),
        ("$.orders[*].status", "$.orders[7].status", True),
        ("$.orders[*].*", "$.orders[7].status", True),
        ("*", "anything at all", True),
        ("*", "", True),
        ("", "", True),
        ("", "$", False),
        ("$.orders[*].status", "$.orders[7].lines[0].status", False),
        ("$.orders", "$.orders[7]", False),
        ("$.order.", "$.orders", False),
        ("/Orders/Order[*]/*Date", "/Orders/Order[3]/CreatedDate", True),
        ("header *", "header Content-Type", True),
        ("$.(a+)+", "$.aaa", False),
    ],
)
def test_a_place_is_a_text_with_stars_and_without_numbers(tmp_path: Path, pattern: str, place: str, same: bool) -> None:
    assert assessed(tmp_path, failing(place), entry(where=pattern)).exit_status == (0 if same else 1)


def test_one_entry_accepts_every_place_that_it_covers_and_no_other(tmp_path: Path) -> None:
    assessment = assessed(tmp_path, failing("$.a", "$.b", "status"), entry(where="$.*"))
    assert sorted(assessment.accepted) == ["OS-106-000001", "OS-106-000002"]
    assert [row.id for row in assessment.unexpected] == ["OS-106-000003"]


def test_of_two_entries_the_valid_one_accepts_and_the_expired_one_is_told(tmp_path: Path) -> None:
    assessment = assessed(tmp_path, failing(PLACE), entry(where="*", expires=DAY_BEFORE), entry())
    assert {id_: row.number for id_, row in assessment.accepted.items()} == {"OS-106-000001": 2}
    assert (assessment.overdue, [row.number for row in assessment.expired], assessment.exit_status) == ({}, [1], 2)


def blocked_run() -> Tally:
    return run(
        verdicts(OS_106="fail", OS_010="blocked", OS_003="blocked"), finding("OS-106", where=PLACE),
        finding("OS-010", BLOCKED, where="", actual="follows from OS-106", blocked_by="OS-106"),
        finding("OS-003", BLOCKED, where="", actual="follows from OS-010", blocked_by="OS-010"),
    )  # fmt: skip


def test_what_an_accepted_deviation_blocks_is_accepted_with_it(tmp_path: Path) -> None:
    assessment = assessed(tmp_path, blocked_run(), entry())
    assert {id_: row.number for id_, row in assessment.accepted.items()} == dict.fromkeys(
        ("OS-106-000001", "OS-010-000001", "OS-003-000001"), 1)  # fmt: skip
    assert assessment.exit_status == 0


def test_what_an_overdue_deviation_blocks_waits_with_it(tmp_path: Path) -> None:
    assessment = assessed(tmp_path, blocked_run(), entry(expires=DAY_BEFORE))
    assert sorted(assessment.overdue) == ["OS-003-000001", "OS-010-000001", "OS-106-000001"]
    assert (assessment.incomplete, assessment.exit_status, len(assessment.sentences)) == ((), 2, 1)


def test_what_a_deviation_blocks_that_is_only_half_accepted_stays_incomplete(tmp_path: Path) -> None:
    result = run(
        verdicts(OS_106="fail", OS_010="blocked"), finding("OS-106", number=1, where=PLACE),
        finding("OS-106", number=2, where="status"),
        finding("OS-010", BLOCKED, where="", actual="follows from OS-106", blocked_by="OS-106"),
    )  # fmt: skip
    assessment = assessed(tmp_path, result, entry())
    assert (assessment.exit_status, assessment.incomplete) == (1, ("OS-010",))


def test_requirements_that_block_each_other_are_accepted_by_nobody(tmp_path: Path) -> None:
    result = run(
        verdicts(OS_106="blocked", OS_010="blocked"),
        finding("OS-106", BLOCKED, where="", actual="follows from OS-010", blocked_by="OS-010"),
        finding("OS-010", BLOCKED, where="", actual="follows from OS-106", blocked_by="OS-106"),
    )
    assert assessed(tmp_path, result, entry("OS-108", "not_testable")).incomplete == ("OS-010", "OS-106")


def test_what_was_hidden_behind_an_accepted_deviation_comes_to_light(tmp_path: Path) -> None:
    result = run(verdicts(OS_106="fail"), finding("OS-106", where=PLACE),
                 finding("OS-106", NOT_TESTABLE, number=2, where="", actual="no such order"))  # fmt: skip
    assert assessed(tmp_path, result, entry()).exit_status == 5
    assert assessed(tmp_path, result, entry(), entry(verdict="not_testable")).exit_status == 0


@pytest.mark.parametrize(("failed", "attempts", "verdict", "status"), [
    (1, 3, "inconclusive", 0), (2, 3, "inconclusive", 1), (1, 2, "inconclusive", 0), (3, 3, "fail", 1),
])  # fmt: skip
def test_what_is_flaky_may_show_so_often_and_no_oftener(
    tmp_path: Path, failed: int, attempts: int, verdict: str, status: int
) -> None:
    result = run(verdicts(OS_106=verdict), finding("OS-106", Verdict(verdict), failed=failed, attempts=attempts))
    assert assessed(tmp_path, result, entry(verdict="inconclusive", max_rate=0.5)).exit_status == status


def test_a_rate_of_one_accepts_that_the_flaky_thing_shows_every_time(tmp_path: Path) -> None:
    assert assessed(tmp_path, failing(PLACE), entry(verdict="inconclusive", max_rate=1)).exit_status == 0


def observed(*options: str) -> list[dict[str, Any]]:
    return [{"kind": "reading", "requirement": "OS-065", "reading": READING, "option": option} for option in options]


@pytest.mark.parametrize(("before", "now", "status"), [
    ("as-named", ["as-named"], 0), ("as-named", ["other"], 1), ("as-named", ["as-named", "other"], 1),
    (["as-named", "other"], ["other"], 0), ("as-named", [], 0),
])  # fmt: skip
def test_another_observed_reading_than_the_noted_one_is_unexpected(
    tmp_path: Path, before: str | list[str], now: list[str], status: int
) -> None:
    assessment = assessed(tmp_path, run(*observed(*now)), readings={READING: before})
    assert assessment.exit_status == status
    if status:
        told = " and ".join(sorted(now))
        assert assessment.sentences == [
            f"Changed reading: {READING} is observed as {told}, the baseline (line 3) has as-named."
        ]


@pytest.mark.parametrize(("options", "status"), [(["as-named"], 0), (["other"], 1), ([], 1)])
def test_an_entry_that_depends_on_a_reading_holds_only_while_it_is_followed(
    tmp_path: Path, options: list[str], status: int
) -> None:
    result = run(verdicts(OS_106="fail"), finding("OS-106", where=PLACE), *observed(*options))
    assert assessed(tmp_path, result, entry(reading={READING: "as-named"})).exit_status == status


@pytest.mark.parametrize(("actual", "status"), [("as-named", 0), ("other", 1)])
def test_a_refused_reading_is_accepted_as_long_as_it_is_the_same(tmp_path: Path, actual: str, status: int) -> None:
    result = run(verdicts(OS_106="fail"), finding("OS-106", where=f"reading {READING}", actual=actual))
    row = entry(where=f"reading {READING}", reading={READING: "as-named"})
    assert assessed(tmp_path, result, row).exit_status == status


def kinds(assessment: Assessment) -> tuple[int, ...]:
    return tuple(map(len, (assessment.passing, assessment.unmatched, assessment.expired, assessment.unjudged)))


def test_a_run_that_was_cut_short_calls_no_entry_stale(tmp_path: Path) -> None:
    rows = [entry("OS-108"), entry("OS-106", where="status"), entry("OS-010", expires=DAY_BEFORE)]
    whole = assessed(tmp_path, failing(PLACE), *rows)
    cut = assessed(tmp_path, failing(PLACE, end=False), *rows)
    assert (kinds(whole), kinds(cut)) == ((1, 1, 1, 0), (0, 0, 1, 2))


def test_an_entry_about_an_api_that_was_not_judged_is_left_alone(tmp_path: Path) -> None:
    assessment = assessed(tmp_path, run(verdicts(CS_010="pass")), entry("CS-010"))
    assert (kinds(assessment), assessment.exit_status) == ((0, 0, 0, 1), 0)


def test_an_entry_about_what_nothing_can_test_matches_nothing(tmp_path: Path) -> None:
    about = "entry 1 (line 3) accepts OS-028 not_testable"
    assert assessed(tmp_path, run(), entry("OS-028", "not_testable")).sentences == [
        f"Matches nothing: {about}, no test judges OS-028; correct the entry or remove it."
    ]


def test_a_deviation_that_no_finding_explains_can_be_accepted_by_nobody(tmp_path: Path) -> None:
    assert assessed(tmp_path, run(verdicts(OS_106="fail")), entry(where="*")).exit_status == 1


def test_a_planned_requirement_that_no_test_came_to_can_be_accepted_by_nobody(tmp_path: Path) -> None:
    plan = {"kind": "plan", "requirements": ["OS-106"]}
    assert assessed(tmp_path, run(plan), entry(verdict="not_testable")).exit_status == 5


def test_the_assessment_as_json_names_entries_by_their_numbers(tmp_path: Path) -> None:
    rows = [entry(), entry("OS-108"), entry("OS-010", expires=DAY_BEFORE), entry("CS-010")]
    assessment = assessed(tmp_path, failing(PLACE, "status"), *rows)
    assert assessment.to_json() == {
        "file": str(tmp_path / "baseline.yaml"), "accepted": {"OS-106-000001": 1}, "overdue": {},
        "unexpected": ["OS-106-000002"], "changed_readings": [], "passing": [2], "unmatched": [], "expired": [3],
        "unjudged": [4], "incomplete": [], "sentences": assessment.sentences,
    }  # fmt: skip
    assert len(assessment.sentences) == 3
