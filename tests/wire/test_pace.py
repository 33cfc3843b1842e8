"""The pace that a target file asks for, with a clock that is ours."""

from __future__ import annotations

import pytest

from conformance.wire import pace
from conformance.wire.pace import Pace


class Clock:
    """Stands in for the module `time`."""

    def __init__(self) -> None:
        self.now = 100.0
        self.slept: list[float] = []

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 9))
        self.now += seconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(pace, "time", clock)
    return clock


def test_requests_leave_at_a_steady_rate(clock: Clock) -> None:
    four_a_second = Pace(4)
    for _ in range(4):
        four_a_second.wait()
    assert clock.slept == [0, 0.25, 0.25, 0.25]


def test_a_slow_answer_is_not_made_slower(clock: Clock) -> None:
    four_a_second = Pace(4)
    four_a_second.wait()
    clock.now += 0.2
    four_a_second.wait()
    clock.now += 5
    four_a_second.wait()
    assert clock.slept == [0, 0.05, 0]


def test_idle_time_buys_no_burst(clock: Clock) -> None:
    two_a_second = Pace(2)
    two_a_second.wait()
    clock.now += 60
    two_a_second.wait()
    two_a_second.wait()
    assert clock.slept == [0, 0, 0.5]


def test_without_a_rate_nothing_waits(clock: Clock) -> None:
    Pace(None).wait()
    assert clock.slept == []
