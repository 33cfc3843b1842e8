"""How outcomes are collected: each kind by itself, what an attempt forgets, and what a run remembers."""

from __future__ import annotations

import pytest

from conformance.checks import Blocked, Broken, Judge, Kept, Nonconformance, Observed, Unseen, Untested
from conformance.checks.judge import Attempt

FIRST = Broken("R-1", "$.a", "1", "2", ("x1",))
SECOND = Broken("R-2", "$.b", "3", "4", ("x2",))
AGAIN = Broken("R-1", "$.c", "5", "6", ("x3",))
SEEN = Observed("R-3", "a-reading", "other", ("x1",))


@pytest.fixture
def judge() -> Judge:
    return Judge()


def test_a_judge_begins_with_an_empty_attempt(judge: Judge) -> None:
    assert judge.attempt == Attempt()
    assert judge.begin() is judge.attempt
    assert judge.raised is None


def test_each_outcome_is_collected_as_what_it_is(judge: Judge) -> None:
    assert judge(Kept("R-4"), SEEN, Unseen("R-5"), Untested("R-6", "lacks an order"))
    assert not judge(FIRST)
    found = judge.attempt
    assert (dict(found.kept), found.observed, found.broken) == ({"R-4": 1}, [SEEN], [FIRST])
    assert (found.unseen, found.untested) == ({"R-5"}, {"R-6": "lacks an order"})


def test_outcomes_come_one_by_one_or_in_groups(judge: Judge) -> None:
    assert not judge(Kept("R-4"), [FIRST, Kept("R-4")], (item for item in [SECOND]))
    assert (judge.attempt.kept["R-4"], judge.attempt.broken) == (2, [FIRST, SECOND])


def test_evidence_counts_what_was_kept_and_what_was_observed(judge: Judge) -> None:
    judge(Kept("R-4"), Kept("R-4"), SEEN, SEEN)
    assert (dict(judge.attempt.kept), judge.attempt.observed) == ({"R-4": 2}, [SEEN])
    assert dict(judge.evidence) == {"R-4": 2, "R-3": 2}


def test_a_later_fault_takes_no_earlier_one_away(judge: Judge) -> None:
    assert not judge(FIRST)
    assert not judge(SECOND)
    assert judge.attempt.broken == [FIRST, SECOND]
    assert not judge.passively([AGAIN])
    assert judge.attempt.broken == [FIRST, SECOND, AGAIN]


def test_a_run_remembers_the_first_fault_of_each_requirement(judge: Judge) -> None:
    judge(FIRST, SECOND)
    judge.begin()
    judge(AGAIN)
    assert judge.faults == {"R-1": FIRST, "R-2": SECOND}


def test_a_new_attempt_forgets_the_last_one_and_the_run_does_not(judge: Judge) -> None:
    judge(Kept("R-4"), FIRST)
    assert judge.begin() == Attempt()
    assert dict(judge.evidence) == {"R-4": 1}


@pytest.mark.parametrize("said", [Kept("R-1"), FIRST, Observed("R-1", "a-reading", "other")])
def test_something_was_said_of_a_requirement_that_was_kept_broken_or_observed(
    judge: Judge, said: Kept | Broken | Observed
) -> None:
    assert not judge.said("R-1")
    judge(said)
    assert judge.said("R-1")
    assert not judge.said("R-2")


def test_what_is_demanded_ends_the_test_where_it_is_broken(judge: Judge) -> None:
    judge.demand(Kept("R-4"))
    with pytest.raises(Nonconformance) as ended:
        judge.demand(FIRST, SECOND)
    assert ended.value.broken == (FIRST, SECOND)


def test_in_an_example_the_first_fault_ends_it_and_belongs_to_it_alone(judge: Judge) -> None:
    with pytest.raises(Nonconformance) as ended, judge.example():
        judge(FIRST)
    assert ended.value.broken == (FIRST,)
    assert judge.attempt.broken == []


def test_after_an_example_faults_are_collected_again(judge: Judge) -> None:
    with judge.example():
        assert judge(Kept("R-4"))
    assert not judge(FIRST)
    assert judge.attempt.broken == [FIRST]


def test_what_every_answer_shows_ends_no_example(judge: Judge) -> None:
    with judge.example():
        assert judge.passively([Kept("R-4")])
        assert not judge.passively([FIRST])
    assert (judge.attempt.broken, judge.attempt.kept["R-4"]) == ([FIRST], 1)


def test_what_ends_a_test_says_why() -> None:
    assert str(Nonconformance([FIRST, SECOND])) == "R-1 at $.a: expected 1, got 2; R-2 at $.b: expected 3, got 4"
    assert (str(Blocked("R-1")), Blocked("R-1").requirement) == ("follows from R-1", "R-1")
    assert str(Blocked("R-1", "the cart is gone")) == "the cart is gone"
