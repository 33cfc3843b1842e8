"""Questions that Schemathesis draws from the OpenAPI file, well-formed and not: every answer keeps the contract."""

from __future__ import annotations

from dataclasses import replace

import pytest

from conformance.checks import NotTestable, passive, verifies
from conformance.contract import load
from conformance.suite.context import Context
from conformance.suite.corpus import MODES, GeneratedCase
from conformance.suite.generated import send_all
from conformance.suite.macke.clients import ORDERS, learn_search_path, market
from conformance.suite.macke.desk import Desk

CONTRACT = load(ORDERS)
CITED = tuple(CONTRACT.roles[role] for role in (passive.NO_SERVER_ERROR, passive.DOCUMENTED_STATUS, passive.WELL_FORMED))


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("operation", list(CONTRACT.operations))
@verifies(*CITED)
def test_generated_questions_are_answered_by_the_contract(context: Context, operation: str, mode: str) -> None:
    changes = CONTRACT.operations[operation].changes_state
    if changes and context.recorder.read_only:
        raise NotTestable('nothing that changes state may be sent: set environment = "sandbox" in the target file')
    desk = Desk(context)
    own = desk.order().id if changes else ""

    def adapt(case: GeneratedCase) -> GeneratedCase:
        """An update goes to an order of the run's own; one with an impossible id stays as it was drawn."""
        ours = changes and dict(case.path).get("order_id", "").isdecimal()
        return replace(case, path=(("order_id", own),)) if ours else case

    if operation == "searchOrders":
        learn_search_path(context)
    send_all(market(context).api, operation, mode, adapt)
    if changes:
        desk.restored(own)
