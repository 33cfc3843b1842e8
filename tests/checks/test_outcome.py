"""A condition as an outcome: kept with its evidence, or broken with the difference in words."""

from __future__ import annotations

from conformance.checks import Broken, Kept
from conformance.checks.outcome import kept_if


def test_a_condition_that_holds_is_kept_with_its_evidence() -> None:
    found = kept_if(True, "R-1", where="$.a", expected=1, actual=1, exchanges=iter(["x1", "x2"]))
    assert found == Kept("R-1", ("x1", "x2"))


def test_a_condition_that_does_not_hold_is_broken_with_the_difference_in_words() -> None:
    found = kept_if(False, "R-1", where="$.a", expected=1, actual=2, exchanges=["x1"])
    assert found == Broken("R-1", "$.a", "1", "2", ("x1",))
