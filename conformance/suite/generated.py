"""Sends generated questions, and judges each answer by our checks on all answers and by Schemathesis' own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import requests

from conformance.checks import Answer, Broken, Kept, Outcome, passive
from conformance.contract import Format, Operation, apis, load
from conformance.suite.client import Api
from conformance.suite.corpus import GeneratedCase, corpus, frozen, operations_of, strategies
from conformance.suite.properties import for_all
from conformance.wire import Refused

_ROLE_OF_FAILURE = {
    "ServerError": passive.NO_SERVER_ERROR,
    "UndefinedStatusCode": passive.DOCUMENTED_STATUS,
    "UndefinedContentType": passive.WELL_FORMED,
    "MissingContentType": passive.WELL_FORMED,
    "MalformedMediaType": passive.WELL_FORMED,
    "MalformedJson": passive.WELL_FORMED,
    "JsonSchemaError": passive.WELL_FORMED,
}
"""Which row a failure of Schemathesis breaks, where our own checks on the same answer found nothing."""


Adapt = Callable[[GeneratedCase], GeneratedCase]


def send_all(api: Api, operation: str, mode: str, adapt: Adapt = lambda case: case) -> None:
    """Sends the compiled cases of an operation and mode, the formats in turn; `thorough` draws further ones live.

    What broke is with the judge; a case that the guard does not let out is left out.

    Args:
        api: the API to ask.
        operation: the operation's id.
        mode: one of `corpus.MODES`.
        adapt: puts what the run owns where a drawn id would name somebody else's data.
    """
    context, contract = api.context, api.contract
    forms = context.target.formats
    cases = [case for case in corpus(contract, context.seed) if (case.operation, case.mode) == (operation, mode)]
    for index, case in enumerate(cases[: context.profile.generated]):
        send(api, adapt(case), forms[index % len(forms)])
    if context.profile.live:
        strategy = next(s for op, name, s in strategies(contract) if (op.id, name) == (operation, mode))

        def example(case: Any) -> None:
            send(api, adapt(frozen(case, contract.operations[operation], mode)), forms[0])

        for_all(context, example, case=strategy)
    judge_end(api)


def send(api: Api, case: GeneratedCase, form: Format) -> None:
    """Sends one case and judges its answer."""
    body = case.body.encode() if case.body is not None else None
    try:
        answer = api.send(case.operation, path=dict(case.path), query=case.query, accept=form, body=body,
                          content_type=case.content_type)  # fmt: skip
    except Refused:
        return
    if api.judge_answer(answer):
        api.context.judge.passively(by_schemathesis(answer))


def judge_end(api: Api) -> None:
    """Speaks about the rows on answers as such, which the passive checks judged all along."""
    roles = api.contract.roles
    for role in (passive.NO_SERVER_ERROR, passive.DOCUMENTED_STATUS, passive.WELL_FORMED):
        if roles[role] not in {broken.requirement for broken in api.context.judge.attempt.broken}:
            api.context.judge(Kept(roles[role]))


def by_schemathesis(answer: Answer) -> Iterator[Outcome]:
    """What Schemathesis' contract checks find in an answer in which our own found nothing."""
    # The documents do not say how a client error looks that carries no documented code: nothing to check there.
    if not 0 < answer.status < passive.CLIENT_ERROR:
        return
    if not answer.says_success and answer.contract.roles.get(passive.REFUSAL_FORM):
        return
    for failure in _failures(answer):
        role = _ROLE_OF_FAILURE.get(type(failure).__name__, passive.WELL_FORMED)
        requirement = answer.contract.roles[role]
        yield Broken(requirement, "answer", str(failure.title), str(failure.message), (answer.id,))


def _failures(answer: Answer) -> list[Any]:
    from schemathesis.core.failures import Failure, FailureGroup

    operation = _operations(answer.contract.id)[answer.operation.id]
    try:
        operation.Case().validate_response(_response(answer), checks=_checks())
    except FailureGroup as group:
        return [failure for failure in group.exceptions if isinstance(failure, Failure)]
    except Failure as failure:
        return [failure]
    return []


@cache
def _checks() -> list[Any]:
    """Schemathesis' checks of a single answer against the contract; the others would need guesses about requests."""
    from schemathesis.checks import not_a_server_error
    from schemathesis.specs.openapi.checks import (
        content_type_conformance,
        response_headers_conformance,
        response_schema_conformance,
        status_code_conformance,
    )

    return [not_a_server_error, status_code_conformance, content_type_conformance, response_headers_conformance,
            response_schema_conformance]  # fmt: skip


@cache
def _operations(api: str) -> dict[str, Any]:
    """Schemathesis' own operations of an API, by operation id. It learns to read our XML once."""
    import schemathesis

    contract = load(api)
    found = {op.definition.raw["operationId"]: op for op in operations_of(contract)}

    @schemathesis.deserializer("application/xml", "text/xml")
    def read_xml(ctx: Any, response: Any) -> Any:
        owner = next(o for o in _known_operations() if o.id == ctx.operation.definition.raw["operationId"])
        return owner.answer.read_xml(response.content).document

    return found


def _known_operations() -> list[Operation]:
    return [operation for api in apis() for operation in load(api).operations.values()]


def _response(answer: Answer) -> Any:
    """The recorded answer as Schemathesis' value: it judges the evidence, as everything here does."""
    from schemathesis.core.transport import Response

    came = answer.response
    headers: dict[str, list[str]] = {}
    for name, value in came.headers:
        headers.setdefault(name.lower(), []).append(value)
    sent = requests.Request(answer.exchange.request.method, answer.exchange.request.url).prepare()
    return Response(
        status_code=came.status, headers=headers, content=came.body, request=sent, verify=True, message=came.reason,
        elapsed=answer.exchange.milliseconds / 1000, encoding="utf-8", http_version="1.1",
    )  # fmt: skip
