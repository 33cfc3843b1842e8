"""The error objects of an answer, held against the documents' code tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from conformance.checks.answer import Answer
from conformance.checks.errorobject import ErrorObject
from conformance.checks.outcome import Broken, Kept, Outcome


def error_objects(answer: Answer) -> list[ErrorObject]:
    """Every error object of an answer, wherever it stands; empty when the answer cannot be read."""
    return answer.errors if answer.readable else []


def messages_as_documented(answer: Answer) -> Iterator[Outcome]:
    """Every documented code carries its own text, letter by letter. Unknown codes are left to the scenarios."""
    for error in error_objects(answer):
        documented = answer.operation.errors.get(error.code) if isinstance(error.code, int) else None
        if documented and not documented.says(error.message):
            yield Broken(
                documented.requirement,
                answer.where(*error.path, "message"),
                documented.message if documented.exact else f"{documented.message}…",
                str(error.message),
                (answer.id,),
            )


def codes_of(answer: Answer) -> set[Any]:
    """The codes of all error objects in an answer; a list or an object is none, as the schema says."""
    return {error.code for error in error_objects(answer) if not isinstance(error.code, list | dict)}


def refused_with(answer: Answer, code: int, requirement: str, *, at: tuple[str | int, ...] | None = None) -> Outcome:
    """The answer carries a documented code and its text (at a place, where one is given).

    The HTTP status is not asked about: the documents give none for errors in the body.

    Raises:
        Unreadable: the answer cannot be read, and that is another finding's matter.
    """
    if not answer.refused_by_http:
        _ = answer.document
    documented = answer.operation.errors[code]
    expected = f"error {code} “{documented.message}”"
    errors = error_objects(answer)
    for error in errors:
        if error.code == code and (at is None or error.path[: len(at)] == at):
            if documented.says(error.message):
                return Kept(requirement, (answer.id,))
            where = answer.where(*error.path, "message")
            return Broken(requirement, where, documented.message, str(error.message), (answer.id,))
    where = answer.where(*(at or ()))
    return Broken(requirement, where, expected, _instead(answer, errors), (answer.id,))


def _instead(answer: Answer, errors: list[ErrorObject]) -> str:
    if errors:
        return "; ".join(f"error {error.code} “{error.message}”" for error in errors)
    if not answer.readable:
        return f"HTTP {answer.status} with a body that carries no error object"
    return f"HTTP {answer.status} without any error"
