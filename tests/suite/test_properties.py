"""Hypothesis under a run's rules: the same questions in every process, and an end where the evidence ends."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.internal.conjecture import engine, providers
from hypothesis.stateful import RuleBasedStateMachine, rule

from conformance.checks import Broken, Nonconformance
from conformance.suite.properties import drawn_the_same_everywhere, for_all, run_machine
from conformance.wire import NotInEvidence

from ..run.conducting import Conducted

BROKEN = Broken("OS-106", "$", "one", "another", ("x00001",))


@pytest.fixture
def run() -> Conducted:
    return Conducted()


def missing(run: Conducted) -> NotInEvidence:
    """What the replay does when the evidence holds no answer."""
    error = NotInEvidence("not in the evidence: GET /")
    run.conductor.context.recorder.missing = error
    return error


def test_nothing_is_drawn_from_modules_that_happen_to_be_loaded() -> None:
    before = providers._get_local_constants, engine.MAX_SHRINKING_SECONDS
    with drawn_the_same_everywhere():
        assert len(providers._get_local_constants()) == 0
        assert math.isinf(engine.MAX_SHRINKING_SECONDS)
    assert (providers._get_local_constants, engine.MAX_SHRINKING_SECONDS) == before


def test_the_same_seed_draws_the_same_examples(run: Conducted) -> None:
    drawn: list[list[int]] = [[], []]
    for seen in drawn:
        for_all(run.conductor.context, lambda number, seen=seen: seen.append(number), number=st.integers())
    assert drawn[0] == drawn[1]


def test_a_property_that_meets_the_end_of_the_evidence_says_so(run: Conducted) -> None:
    asked: list[int] = []

    def body(number: int) -> None:
        asked.append(number)
        if len(asked) == 3:
            raise missing(run)

    with pytest.raises(NotInEvidence):
        for_all(run.conductor.context, body, number=st.integers())
    assert len(asked) == 3  # nothing more is asked


def test_what_broke_before_the_evidence_ended_is_said(run: Conducted) -> None:
    asked: list[int] = []

    def body(number: int) -> None:
        asked.append(number)
        if len(asked) > 4:
            raise missing(run)
        if len(asked) > 3:
            run.judge(BROKEN)

    with pytest.raises(Nonconformance) as error:
        for_all(run.conductor.context, body, number=st.integers())
    assert error.value.broken == (BROKEN,)


class Machine(RuleBasedStateMachine):
    """Asks at each step; subclassed for a test."""

    run: Any
    asked: list[int]
    breaks: bool

    @rule(number=st.integers())
    def ask(self, number: int) -> None:
        self.asked.append(number)
        if len(self.asked) > 5:
            raise missing(self.run)
        if self.breaks and len(self.asked) > 4:
            with self.run.judge.example():
                self.run.judge(BROKEN)


@pytest.mark.parametrize(("breaks", "told"), [(False, NotInEvidence), (True, Nonconformance)])
def test_a_machine_ends_where_the_evidence_ends(run: Conducted, breaks: bool, told: type[Exception]) -> None:
    machine = type("OfThisTest", (Machine,), {"run": run, "asked": [], "breaks": breaks})
    with pytest.raises(told):
        run_machine(run.conductor.context, machine, 2)
