"""What another call has changed of an order is named, and its date of modification only where nothing else is."""

from __future__ import annotations

import pytest

from conformance.checks import Answer, Broken, Kept
from conformance.suite.dandomain.common import unchanged, undone
from conformance.suite.dandomain.orders import Order
from tests.checks.answers import ID, answer_of

THEN, NOW = "/Date(1700000000000+0100)/", "/Date(1700000009000+0100)/"
BEFORE = {"id": 7, "modifiedDate": THEN, "orderState": {"id": 1}}


def said(value: bool) -> Answer:
    return answer_of("dandomain/orders SetOrderState", value)


def test_what_changed_is_named_before_the_date_of_the_change() -> None:
    after = Order({**BEFORE, "modifiedDate": NOW, "orderState": {"id": 2}})
    assert unchanged(Order(BEFORE), after, "DD-710", ()) == Broken("DD-710", "$.orderState", '{"id": 1}', '{"id": 2}')


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        (said(False), Broken("DD-710", "$.modifiedDate", f'"{THEN}"', f'"{NOW}"', (ID,))),
        (said(True), Kept("DD-710", (ID,))),
    ],
    ids=["refused", "said-to-be-done"],
)
def test_the_date_of_a_change_counts_where_the_change_was_refused(answer: Answer, found: Kept | Broken) -> None:
    assert undone([answer], Order(BEFORE), Order({**BEFORE, "modifiedDate": NOW}), "DD-710") == found


def test_what_was_said_to_be_done_and_changed_the_order_is_told() -> None:
    found = undone([said(False), said(True)], Order(BEFORE), Order({**BEFORE, "orderState": {"id": 2}}), "DD-714")
    assert found == Broken("DD-714", "$.orderState", '{"id": 1}', '{"id": 2}', (ID, ID))
