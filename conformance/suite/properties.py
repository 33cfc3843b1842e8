"""Hypothesis under a run's rules: its seed, its profile, a bound on shrinking, no files in the user's folder."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable

from conformance.checks import NotTestable
from conformance.suite.context import Context

SHRINK_BUDGET = 300
"""Examples that shrinking may cost: a minimal counterexample is worth some requests, not minutes."""


def written(alphabet: str, longest: int, shortest: int = 0) -> st.SearchStrategy[str]:
    """Texts of these characters. (`st.text` would first build Hypothesis' tables of all Unicode, in every run.)"""
    return st.lists(st.sampled_from(alphabet), min_size=shortest, max_size=longest).map("".join)


def run_settings(context: Context, examples: int, **more: Any) -> settings:
    """The settings of a property: no deadline (the network has its own), no example database, the run's seed."""
    return settings(
        max_examples=examples,
        deadline=None,
        database=None,
        derandomize=False,
        report_multiple_bugs=False,
        print_blob=False,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.explicit, Phase.generate, Phase.shrink),
        **more,
    )


def for_all(context: Context, body: Callable[..., None], **draws: st.SearchStrategy[Any]) -> None:
    """Runs a property over drawn examples; what breaks is shrunk to the smallest example that still breaks.

    Raises:
        Nonconformance: with what broke in the smallest example.
        FlakyFailure: an example broke once and not again.
        NotTestable: the target's data allow no example at all.
    """
    spent = done = 0

    def example(**drawn: Any) -> None:
        nonlocal spent, done
        spent += 1
        if spent > context.profile.examples + SHRINK_BUDGET:
            return
        with context.judge.example():
            body(**drawn)
        done += 1

    checked = given(**draws)(example)
    with suppress(Unsatisfiable):
        seed(context.seed)(run_settings(context, context.profile.examples)(checked))()
    if not done:
        raise NotTestable("the target's data allow no example of this: place data there that differ more")
