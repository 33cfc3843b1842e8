"""The sandbox's answers held against the contract: the sandbox shares no code with what judges it."""

from __future__ import annotations

import pytest

from conformance.contract import load

from .dandomain_client import EVER, Shop

CONTRACT = load("dandomain/orders")


@pytest.mark.parametrize(
    ("method", "path", "operation"),
    [
        ("GET", f"/GetByDateInterval?{EVER}", "GetOrders"),
        ("GET", f"/GetByModifiedInterval?{EVER}", "GetOrdersInModifiedInterval"),
        ("GET", "/GetByCustomerNumber/17", "GetOrdersByCustomerNumber"),
        ("GET", "/GetByCustomerNumber/nobody", "GetOrdersByCustomerNumber"),
        ("GET", "/OrderStates", "GetOrderStates"),
        ("GET", "/102", "GetOrder"),
        ("PUT", "/CompleteOrder/102", "CompleteOrder"),
        ("PUT", "/CompleteOrder/999999", "CompleteOrder"),
        ("DELETE", "/999999", "DeleteOrder"),
        ("PUT", "/SetOrderComment/102?comment=x", "SetOrderComment"),
        ("PUT", "/SetOrderState/102/1", "SetOrderState"),
        ("PUT", "/SetTrackNumber/102?tracknumber=x", "SetTrackNumber"),
    ],
)
def test_an_answer_fits_its_schema_in_both_formats(shop: Shop, method: str, path: str, operation: str) -> None:
    body = CONTRACT.operations[operation].answer
    answer = shop.send(method, path)
    assert answer.status_code == 200
    assert body.examine_json(answer.json()).problems == []
    xml = shop.send(method, path, headers={"Accept": "text/xml"})
    assert body.examine_xml(body.read_xml(xml.content)).problems == []


def test_a_new_order_fits_its_schema(shop: Shop) -> None:
    body = CONTRACT.operations["CreateOrder"].answer
    assert body.examine_json(shop.create()).problems == []
