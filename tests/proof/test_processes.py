"""Work in processes of its own: what it comes to arrives, and a process that dies or hangs is told and ended."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator

import pytest

from conformance.proof.processes import Processes

# Other tests' servers may still run in threads; the pieces of work use nothing that these could hold.
pytestmark = pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")


def doubled(number: int) -> int:
    return number * 2


def dead(number: int) -> int:
    os._exit(number)


def asleep(number: int) -> int:
    time.sleep(60)
    return number


def results(running: Processes[int, int]) -> Iterator[tuple[int, int | ChildProcessError]]:
    while len(running):
        yield from running.ended()


def test_each_piece_ends_with_its_result() -> None:
    with Processes(doubled, warm=dict, within=60) as running:
        for number in (1, 2, 3):
            running.start(number)
        assert sorted(results(running), key=str) == [(1, 2), (2, 4), (3, 6)]


def test_what_fails_while_warming_fails_no_piece() -> None:
    with Processes(doubled, warm=lambda: 1 / 0, within=60) as running:
        running.start(4)
        assert [*results(running)] == [(4, 8)]


@pytest.mark.parametrize(
    ("work", "within", "why"), [(dead, 60.0, "its process ended without an outcome"), (asleep, 0.2, "no end in time")]
)
def test_a_piece_without_result_says_why(work: Callable[[int], int], within: float, why: str) -> None:
    with Processes(work, warm=dict, within=within) as running:
        running.start(1)
        ((piece, found),) = results(running)
    assert piece == 1
    assert isinstance(found, ChildProcessError)
    assert str(found) == why
    assert len(running) == 0
