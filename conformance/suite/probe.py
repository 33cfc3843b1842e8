"""The first contact: does anybody answer, does he know us, and does he speak a language that the contract knows?

One API may be put in many ways (GET or POST, JSON or XML). Only when every way fails is something wrong at the root, and
then that is said once and the rest of the API is blocked, instead of a wall of findings that all follow from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from conformance.checks import Answer, Broken, passive
from conformance.wire.recorder import CUT

UNAUTHORISED = (401, 403)


@dataclass(frozen=True)
class Ready:
    """The API gives answers that can be judged."""


@dataclass(frozen=True)
class Unreachable:
    """Nobody answers at all."""

    reason: str


@dataclass(frozen=True)
class Unauthorised:
    """Somebody answers and does not accept the target file's credentials."""

    status: int


@dataclass(frozen=True)
class RootFault:
    """Somebody answers, and nothing of it can be judged."""

    broken: Broken


Contact = Ready | Unreachable | Unauthorised | RootFault


def contact(answers: Iterable[Answer]) -> Contact:
    """What the probes of one API show, each a well-formed request put in another way; stops at the first good one."""
    seen: list[Answer] = []
    for answer in answers:
        if answer.readable and (answer.status < passive.CLIENT_ERROR or _documented_error(answer)):
            return Ready()
        seen.append(answer)
        if answer.exchange.response is None and len(seen) > 1:
            break
    if all(answer.exchange.response is None and not answer.exchange.failure.startswith(CUT) for answer in seen):
        return Unreachable(seen[0].exchange.failure)
    if all(answer.status in UNAUTHORISED for answer in seen):
        return Unauthorised(seen[0].status)
    return RootFault(_root(seen))


def _documented_error(answer: Answer) -> bool:
    """A client error that carries a documented code: the question was understood."""
    return answer.refused_by_http and any(error.code in answer.operation.errors for error in answer.errors)


def _root(seen: Sequence[Answer]) -> Broken:
    answer = next((answer for answer in seen if answer.exchange.response), seen[0])
    for outcome in passive.judged(answer):
        if isinstance(outcome, Broken):
            return outcome
    return Broken(
        answer.contract.roles[passive.ANSWERED],
        "status",
        f"HTTP 200 from {answer.operation.method} {answer.operation.path}",
        f"HTTP {answer.status} {answer.response.reason}",
        (answer.id,),
        hint="Compare base_url with the documented address: is another application answering there?",
    )
