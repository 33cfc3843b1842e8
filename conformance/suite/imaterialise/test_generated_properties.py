"""Questions that Schemathesis draws from the OpenAPI files, well-formed and not: every answer keeps the contract."""

from __future__ import annotations

import pytest

from conformance.checks import NotApplicable, NotTestable, passive, verifies
from conformance.contract import load
from conformance.suite.context import Context
from conformance.suite.corpus import MODES
from conformance.suite.generated import send_all
from conformance.suite.imaterialise.clients import CANCELLATION, CART_STATUS, METHOD, ORDER_STATUS, api

CITED = (passive.NO_SERVER_ERROR, passive.DOCUMENTED_STATUS, passive.WELL_FORMED)


def rows() -> list[object]:
    """Every operation in every mode, with the rows that any of its answers can break."""
    found: list[object] = []
    for id_ in (ORDER_STATUS, CART_STATUS, CANCELLATION):
        contract = load(id_)
        mark = verifies(*(contract.roles[role] for role in CITED))
        found += [pytest.param(id_, operation, mode, id=f"{operation}-{mode}", marks=mark)
                  for operation in contract.operations for mode in MODES]  # fmt: skip
    return found


@pytest.mark.parametrize(("api_id", "operation", "mode"), rows())
def test_generated_questions_are_answered_by_the_contract(
    context: Context, api_id: str, operation: str, mode: str
) -> None:
    if api_id == ORDER_STATUS and operation != context.shared.get(METHOD, operation):
        raise NotApplicable("the same questions are asked by the other method")
    if context.contracts[api_id].operations[operation].changes_state and context.recorder.read_only:
        raise NotTestable("nothing that changes state may be sent: set environment = \"sandbox\" in the target file")
    send_all(api(context, api_id), operation, mode)
