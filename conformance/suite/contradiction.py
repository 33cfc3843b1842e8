"""What no answer may do, whatever was asked: refuse by its status and give in its body all the same."""

from __future__ import annotations

from collections.abc import Iterator

from conformance.checks import Answer, Broken, Outcome
from conformance.checks.errors import error_objects


def refused_and_given(answer: Answer, requirement: str, given: str) -> Iterator[Outcome]:
    """A client error whose body is what a success gives, and no error.

    Args:
        answer: an answer that can be read.
        requirement: what the status breaks.
        given: what the body gives, in words; "" where it gives nothing.
    """
    if given and answer.refused_by_http and not error_objects(answer):
        yield Broken(requirement, "status", f"a success, beside {given}", f"HTTP {answer.status}", (answer.id,))
