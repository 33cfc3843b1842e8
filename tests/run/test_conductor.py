"""Each kind of verdict, from a fake test that leads to it and to nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conformance.checks import (
    Blocked,
    Broken,
    Judge,
    Kept,
    Nonconformance,
    NotApplicable,
    NotTestable,
    Observed,
    Unreadable,
    Unseen,
    Untested,
)
from conformance.run.finding import Verdict
from conformance.target import Unmet
from conformance.wire import BudgetSpent, Refused

from .conducting import Conducted, every, ids, raising

MUST, SHOULD, MAY, OTHER = "OS-106", "OS-056", "OS-065", "OS-108"
READING = "order-status-xml-root"


def broken(requirement: str, where: str = "$.orders[0].x") -> Broken:
    return Broken(requirement, where, "this", "that", ("x1",))


@pytest.fixture
def conducted() -> Conducted:
    return Conducted()


Body = Callable[[], Any]
KINDS: dict[Verdict, tuple[Callable[[Judge], Body], str, list[tuple[int, int]]]] = {
    Verdict.FAIL: (lambda judge: lambda: judge(broken(MUST)), MUST, [(3, 3)]),
    Verdict.SUITE_ERROR: (lambda _: raising(KeyError("ours")), MUST, [(0, 0)]),
    Verdict.INCONCLUSIVE: (lambda judge: every(4, lambda: judge(broken(MUST))), MUST, [(1, 3)]),
    Verdict.WARN: (lambda judge: lambda: judge(broken(SHOULD)), SHOULD, [(3, 3)]),
    Verdict.BLOCKED: (lambda _: raising(Blocked(OTHER)), MUST, [(0, 0)]),
    Verdict.NOT_TESTABLE: (lambda judge: lambda: judge(Untested(MUST, "no second order")), MUST, [(0, 0)]),
    Verdict.OBSERVED: (lambda judge: lambda: judge(Unseen(MUST)), MUST, []),
    Verdict.PASS: (lambda judge: lambda: judge(Kept(MUST)), MUST, []),
    Verdict.NOT_APPLICABLE: (lambda _: raising(NotApplicable("offers no XML")), MUST, []),
}
"""What a test does, the requirement that it cites, and k of n attempts of what it finds."""


@pytest.mark.parametrize("verdict", Verdict)
def test_every_kind_of_verdict_comes_from_something_that_a_test_does(conducted: Conducted, verdict: Verdict) -> None:
    does, cited, counts = KINDS[verdict]
    assert conducted.judged(does(conducted.judge), cited) == {cited: verdict}
    assert ids(conducted.findings) == [(verdict, cited)] * len(counts)
    assert [(finding.failed, finding.attempts) for finding in conducted.findings] == counts


def test_what_was_kept_passes(conducted: Conducted) -> None:
    assert conducted.judged(lambda: conducted.judge(Kept(MUST)), MUST) == {MUST: "pass"}
    assert conducted.findings == []


def test_a_must_that_is_broken_at_every_attempt_fails_with_three_of_three(conducted: Conducted) -> None:
    assert conducted.judged(lambda: conducted.judge(broken(MUST)), MUST) == {MUST: "fail"}
    (finding,) = conducted.findings
    assert (finding.verdict, finding.where, finding.expected, finding.actual) == ("fail", "$.orders[0].x", "this", "that")
    assert (finding.failed, finding.attempts, finding.exchanges, finding.blocked_by) == (3, 3, ("x1",), "")


def test_a_must_whose_fault_ends_the_test_fails_too(conducted: Conducted) -> None:
    assert conducted.judged(raising(Nonconformance([broken(MUST)])), MUST) == {MUST: "fail"}


def test_a_should_that_is_broken_is_a_warning(conducted: Conducted) -> None:
    assert conducted.judged(lambda: conducted.judge(broken(SHOULD)), SHOULD) == {SHOULD: "warn"}
    assert ids(conducted.findings) == [("warn", SHOULD)]


def test_a_reading_is_observed_and_written_down(conducted: Conducted) -> None:
    assert conducted.judged(lambda: conducted.judge(Observed(MAY, READING, "other")), MAY) == {MAY: "observed"}
    assert conducted.findings == []
    assert conducted.lines[0] == {
        "kind": "reading", "requirement": MAY, "reading": READING, "option": "other", "exchanges": [],
    }  # fmt: skip


def test_an_optional_thing_that_never_showed_is_observed(conducted: Conducted) -> None:
    assert conducted.judged(lambda: conducted.judge(Unseen(MUST)), MUST) == {MUST: "observed"}


def test_what_the_target_does_not_offer_is_not_applicable(conducted: Conducted) -> None:
    assert conducted.judged(raising(NotApplicable("offers no XML")), MUST) == {MUST: "not_applicable"}
    assert conducted.findings == []


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (NotTestable("no order was found"), "no order was found"),
        (Unmet('add [data.orders] ordered = ["…"]'), 'add [data.orders] ordered = ["…"]'),
        (Refused("POST / changes state"), "POST / changes state"),
        (BudgetSpent("5 requests were sent"), "5 requests were sent: raise limits.max_requests"),
    ],
)
def test_what_lacks_something_is_not_testable_and_says_what(conducted: Conducted, error: Exception, told: str) -> None:
    assert conducted.judged(raising(error), MUST) == {MUST: "not_testable"}
    (finding,) = conducted.findings
    assert (finding.verdict, finding.actual, finding.next_step) == ("not_testable", told, told)


def test_what_follows_from_another_finding_is_blocked_by_name(conducted: Conducted) -> None:
    assert conducted.judged(raising(Blocked(OTHER)), MUST) == {MUST: "blocked"}
    (finding,) = conducted.findings
    assert (finding.blocked_by, finding.actual) == (OTHER, f"follows from {OTHER}")
    assert finding.next_step == f"Mend {OTHER} first, then run again."


def test_an_answer_that_cannot_be_read_blocks_by_the_fault_that_says_why(conducted: Conducted) -> None:
    def body() -> None:
        conducted.judge(broken(OTHER))
        raise Unreadable("no JSON")

    assert conducted.judged(body, MUST) == {OTHER: "fail", MUST: "blocked"}


@pytest.mark.parametrize("error", [ValueError("oops"), AssertionError("oops"), KeyError("x"), Unreadable("odd")])
def test_a_bug_of_ours_is_never_the_vendors(conducted: Conducted, error: Exception) -> None:
    assert conducted.judged(raising(error), MUST) == {MUST: "suite_error"}
    assert ids(conducted.findings) == [("suite_error", MUST)]


def test_a_test_that_says_nothing_is_a_bug_of_ours_for_all_that_it_cites(conducted: Conducted) -> None:
    assert conducted.judged(lambda: None, MUST, OTHER) == {MUST: "suite_error", OTHER: "suite_error"}
    assert {finding.blocked_by for finding in conducted.findings} == {""}


@pytest.mark.parametrize("first", [1, 2, 3, 4])
def test_a_fault_at_one_of_four_calls_ends_inconclusive_and_never_passes(conducted: Conducted, first: int) -> None:
    def body() -> None:
        conducted.judge(Kept(MUST))
        flaky()

    flaky = every(4, lambda: conducted.judge(broken(MUST)), first=first)
    verdicts = [conducted.judged(body, MUST, test=f"test {number}")[MUST] for number in range(first)]
    assert verdicts == ["pass"] * (first - 1) + ["inconclusive"]
    (finding,) = conducted.findings
    assert (finding.verdict, finding.failed, finding.attempts) == ("inconclusive", 1, 3)


@pytest.mark.parametrize(("calls", "k"), [(1, 3), (2, 2), (3, 1)])
def test_k_of_n_attempts_are_on_record(conducted: Conducted, calls: int, k: int) -> None:
    conducted.run(every(calls, lambda: conducted.judge(broken(MUST))), MUST)
    assert [(finding.failed, finding.attempts) for finding in conducted.findings] == [(k, 3)]


def test_a_property_that_fails_only_sometimes_is_inconclusive(conducted: Conducted) -> None:
    # 20 examples: Hypothesis itself finds that its counterexample does not fail again.
    flaky = every(20, lambda: conducted.judge(broken(MUST)), first=5)

    @settings(max_examples=15, database=None, deadline=None, derandomize=True)
    @given(st.integers())
    def body(_: int) -> None:
        with conducted.judge.example():
            flaky()

    assert conducted.judged(body, MUST) == {MUST: "inconclusive"}
    (finding,) = conducted.findings
    assert 0 < finding.failed < finding.attempts


def test_a_test_that_uses_up_its_data_is_attempted_once(conducted: Conducted) -> None:
    conducted.run(lambda: conducted.judge(broken(MUST)), MUST, repeatable=False)
    assert [(finding.verdict, finding.failed, finding.attempts) for finding in conducted.findings] == [("fail", 1, 1)]


def test_a_deviation_that_is_known_is_not_asked_for_again(conducted: Conducted) -> None:
    calls: list[str] = []

    def body() -> None:
        calls.append("called")
        conducted.judge(broken(MUST))

    first, second = conducted.run(body, MUST, test="first"), conducted.run(body, MUST, test="second")
    assert len(calls) == 4
    assert ids(conducted.findings) == [("fail", MUST)]
    assert ids(conducted.conductor.fresh(first, "first")) == [("fail", MUST)]
    assert conducted.conductor.fresh(second, "second") == []


def test_a_fault_beside_what_is_cited_blocks_what_was_left_unsaid(conducted: Conducted) -> None:
    assert conducted.judged(lambda: conducted.judge(broken(OTHER)), MUST) == {OTHER: "fail", MUST: "blocked"}
    assert ids(conducted.findings) == [("fail", OTHER), ("blocked", MUST)]


def test_what_was_kept_before_the_test_broke_off_is_not_green(conducted: Conducted) -> None:
    def body() -> None:
        conducted.judge(Kept(MUST))
        raise NotTestable("the second half lacks an order")

    assert conducted.judged(body, MUST) == {MUST: "not_testable"}


def test_a_root_finding_blocks_all_but_itself(conducted: Conducted) -> None:
    judgement = conducted.conductor.blocked("a test", [MUST, OTHER], OTHER)
    assert judgement.verdicts == {MUST: "blocked"}


def test_the_verdicts_of_a_test_stand_in_the_run_file(conducted: Conducted) -> None:
    conducted.run(lambda: conducted.judge(Kept(MUST)), MUST)
    assert conducted.lines == [{"kind": "verdicts", "test": "a test", "requests": 0, "verdicts": {MUST: "pass"}}]


def test_a_pinned_reading_that_is_not_followed_is_held_against_the_target() -> None:
    conducted = Conducted(order_status_error_http_status="200")
    observed = Observed("OS-018", "order-status-error-http-status", "4xx")
    assert conducted.judged(lambda: conducted.judge(observed), "OS-018") == {"OS-018": "fail"}
    (finding,) = conducted.findings
    assert (finding.where, finding.actual) == ("reading order-status-error-http-status", "4xx")
    assert finding.expected == "the reading 200, which the target file pins"


def test_a_fault_that_is_known_to_be_flaky_stays_inconclusive(conducted: Conducted) -> None:
    conducted.run(every(4, lambda: conducted.judge(broken(MUST))), MUST, test="first")
    assert conducted.judged(lambda: conducted.judge(broken(MUST)), MUST, test="second") == {MUST: "inconclusive"}


def test_an_attempt_that_could_not_ask_again_takes_nothing_back(conducted: Conducted) -> None:
    def body() -> None:
        if next(calls):
            raise BudgetSpent("1 request was sent")
        conducted.judge(broken(MUST))

    calls = iter([0, 1, 1])
    assert conducted.judged(body, MUST) == {MUST: "fail"}


def test_a_bug_of_ours_in_a_repeated_attempt_is_not_lost(conducted: Conducted) -> None:
    def body() -> None:
        if next(calls):
            raise KeyError("ours")
        conducted.judge(broken(OTHER))

    calls = iter([0, 1, 1])
    assert conducted.judged(body, MUST)[MUST] == "suite_error"
