"""Hypothesis under a run's rules: its seed, its profile, a bound on shrinking, no files in the user's folder.

The same seed asks the same questions in every process, or else no run could be judged again by its evidence.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test

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
        NotInEvidence: the run is judged again, and had not asked this.
    """
    spent = done = 0

    def example(**drawn: Any) -> None:
        nonlocal spent, done
        spent += 1
        if spent > context.profile.examples + SHRINK_BUDGET or context.recorder.missing:
            return
        with context.judge.example():
            body(**drawn)
        done += 1

    checked = given(**draws)(example)
    with _as_far_as_the_evidence_goes(context), suppress(Unsatisfiable):
        seed(context.seed)(run_settings(context, context.profile.examples)(checked))()
    if not done:
        raise NotTestable("the target's data allow no example of this: place data there that differ more")


def run_machine(context: Context, machine: type[RuleBasedStateMachine], sequences: int) -> None:
    """Runs a state machine: so many sequences, each of as many steps as the run's profile says.

    Raises:
        Nonconformance: with what broke in the smallest sequence.
        FlakyFailure: a sequence broke once and not again.
        NotInEvidence: the run is judged again, and had not asked this.
    """
    bounds = run_settings(context, sequences, stateful_step_count=context.profile.steps)
    with _as_far_as_the_evidence_goes(context):
        run_state_machine_as_test(seed(context.seed)(machine), settings=bounds)


@contextmanager
def _as_far_as_the_evidence_goes(context: Context) -> Iterator[None]:
    """Says what broke, or that the evidence ends, whatever Hypothesis made of an example that could not be asked."""
    context.recorder.missing = context.judge.raised = None
    try:
        with drawn_the_same_everywhere():
            yield
    except Exception:
        if context.recorder.missing is None:
            raise
    if context.recorder.missing is not None:
        raise (context.judge.raised or context.recorder.missing) from None


@contextmanager
def drawn_the_same_everywhere() -> Iterator[None]:
    """Around Hypothesis: what it draws depends on nothing but the seed.

    By default it also tries constants of whatever modules happen to be loaded and are not installed, the user's included,
    and gives up shrinking by the clock; our budget of examples bounds that. Neither can be switched off by a setting.
    """
    from hypothesis.internal.conjecture import engine, providers
    from hypothesis.internal.constants_ast import Constants

    nothing = Constants()
    ours = ((providers, "_get_local_constants", lambda: nothing), (engine, "MAX_SHRINKING_SECONDS", math.inf))
    # A release of Hypothesis that calls them otherwise must not stop a run: a test of ours says so.
    with ExitStack() as stack:
        for module, name, value in ours:
            if hasattr(module, name):
                stack.callback(setattr, module, name, getattr(module, name))
                setattr(module, name, value)
        providers.CONSTANTS_CACHE.cache.clear()
        stack.callback(providers.CONSTANTS_CACHE.cache.clear)
        yield
