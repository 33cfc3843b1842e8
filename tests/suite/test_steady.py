"""Whom a mismatch is blamed on: data that change while a run goes on are nobody's fault, two answers to one question are."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any, cast

from conformance.checks import Answer, Broken, Judge, Kept, Outcome
from conformance.suite.context import Context
from conformance.suite.steady import Steady


@dataclass
class Data:
    shows: int

    def fingerprint(self) -> object:
        return self.shows


@dataclass
class Target:
    """Shows one number in pictures and one in answers, each as told, the last for ever."""

    pictures: list[int]
    answers: list[int]
    judge: Judge = field(default_factory=Judge)

    def steady(self) -> Steady[Data]:
        context = SimpleNamespace(shared={}, judge=self.judge)
        return Steady(cast(Context, context), "data", lambda: Data(_next(self.pictures)))

    def ask(self) -> Answer:
        return cast(Answer, _next(self.answers))


def _next(values: list[int]) -> int:
    return values.pop(0) if len(values) > 1 else values[0]


def as_pictured(picture: Data, answer: Any) -> list[Outcome]:
    return [Kept("R-1") if answer == picture.shows else Broken("R-1", "$", str(picture.shows), str(answer))]


def judged(pictures: list[int], answers: list[int]) -> list[str]:
    target = Target(pictures, answers)
    target.judge.begin()
    target.steady().judged(target.ask, as_pictured)
    return [broken.actual for broken in target.judge.attempt.broken]


def test_an_answer_as_pictured_is_kept() -> None:
    assert judged([1], [1]) == []


def test_an_answer_that_differs_is_broken() -> None:
    assert judged([1], [2]) == ["2"]


def test_data_that_changed_are_nobodys_fault() -> None:
    assert judged([1, 2], [2]) == []


def test_a_target_that_shows_now_this_now_that_finds_no_excuse() -> None:
    assert judged([1, 2, 1], [2]) == ["2"]


def test_after_data_changed_the_answer_is_asked_for_again() -> None:
    assert judged([1, 3], [2, 3]) == []
    assert judged([1, 3], [2, 4]) == ["4"]


def test_the_picture_is_taken_once_and_again_when_forgotten() -> None:
    steady = Target([1, 2], [1]).steady()
    assert (steady.picture.shows, steady.picture.shows) == (1, 1)
    steady.forget()
    assert steady.picture.shows == 2
