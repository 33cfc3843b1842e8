"""Questions that Schemathesis draws from the OpenAPI file, well-formed and not: every answer keeps the contract."""

from __future__ import annotations

from dataclasses import replace

import pytest

from conformance.checks import NotTestable, passive, verifies
from conformance.contract import load
from conformance.suite.context import Context
from conformance.suite.corpus import MODES, GeneratedCase
from conformance.suite.dandomain.clients import ORDERS, Shop
from conformance.suite.dandomain.shopdata import ShopData
from conformance.suite.generated import send_all

CITED = (passive.NO_SERVER_ERROR, passive.DOCUMENTED_STATUS, passive.WELL_FORMED)


def rows() -> list[object]:
    """Every operation in every mode, with the rows that any of its answers can break."""
    contract = load(ORDERS)
    mark = verifies(*(contract.roles[role] for role in CITED))
    return [pytest.param(operation, mode, id=f"{operation}-{mode}", marks=mark)
            for operation in contract.operations for mode in MODES]  # fmt: skip


@pytest.mark.parametrize(("operation", "mode"), rows())
def test_generated_questions_are_answered_by_the_contract(
    shop: Shop, data: ShopData, context: Context, operation: str, mode: str
) -> None:
    changes = shop.api.contract.operations[operation].changes_state
    if changes and context.recorder.read_only:
        raise NotTestable('nothing that changes state may be sent: set environment = "sandbox" in the target file')
    own = ""
    if changes and operation != "CreateOrder":
        own = (data.scratch() if operation.startswith("Set") else data.fresh()).id

    def adapted(case: GeneratedCase) -> GeneratedCase:
        """A drawn number would name somebody else's order: it becomes one of the run's own."""
        path = tuple((name, own if name == "orderId" and value.isdecimal() else value) for name, value in case.path)
        return replace(case, path=path) if own else case

    send_all(shop.api, operation, mode, adapted)
