from __future__ import annotations

from typing import Any

import pytest

from conformance.sandbox.imaterialise.accounts import FOREIGN_API_CODE

from .client import Client, code_of

STATUSES = [
    "Ordered",
    "Processing",
    "InProduction",
    "ReadyToShip",
    "Shipped",
    "Delivered",
    "Cancelled",
    "Invalid",
]


@pytest.mark.parametrize("status", STATUSES)
def test_an_order_is_made_requested_now_and_removed(client: Client, status: str) -> None:
    made = client.new_order(status, on_hold=True)
    order = client.order(made["orderNumber"])
    assert (order["orderID"], order["statusName"], order["isOnHold"]) == (made["orderId"], status, True)
    assert order["requestedDate"] == "2026-03-31T12:00:00.5"
    assert client.state("an order", "teardown", status=status, on_hold=True, **made) == {}
    assert code_of(client.orders({"number": made["orderNumber"]})) == 108
    assert client.state("an order", "teardown", status=status, on_hold=True, **made) == {}
    assert client.new_order(status)["orderNumber"] > made["orderNumber"]


def test_a_foreign_order_belongs_to_the_other_account(client: Client) -> None:
    number = client.new_order("Ordered", account="foreign")["orderNumber"]
    assert code_of(client.orders({"number": number})) == 108
    assert client.numbers({"number": number}, code=FOREIGN_API_CODE) == {number}


def test_a_cart_goes_with_its_order(client: Client) -> None:
    made = client.state("a cart", status="Ordered")
    assert set(made) == {"cartId", "orderId"}
    assert set(client.state("a cart", status="CheckedOut")) == {"cartId"}
    client.state("a cart", "teardown", status="Ordered", **made)
    assert client.carts(made["cartId"])["carts"][0]["cartError"]["code"] == 101
    assert code_of(client.orders({"id": made["orderId"]})) == 108


def test_a_cart_whose_order_is_gone_shows_none(client: Client) -> None:
    made = client.state("a cart", status="Ordered")
    client.state("an order", "teardown", status="Ordered", orderId=made["orderId"])
    assert "orderID" not in client.carts(made["cartId"])["carts"][0]


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[]",
        {},
        {"state": "a unicorn"},
        {"state": "an order"},
        {"state": "an order", "params": []},
        {"state": "an order", "params": {"status": "Lost"}},
        {"state": "an order", "params": {"status": "Ordered", "engineer": "yes"}},
        {"state": "an order", "params": {"status": "Ordered", "engineer": 1}},
        {"state": "an order", "params": {"status": "Ordered", "colour": "red"}},
        {"state": "an order", "params": {"status": "Ordered", "vendor": "nobody"}},
        {"state": "an order", "params": {"status": "Ordered"}, "action": "undo"},
        {"state": ["an order"], "params": {"status": "Ordered"}},
        {"state": "an order", "params": {"status": "Ordered"}, "action": "teardown"},
        {"state": "an order", "params": {"orderId": ["x"], "orderNumber": "x"}, "action": "teardown"},
    ],
)
@pytest.mark.parametrize("path", ["/_states", "/_states/imaterialise"])
def test_what_cannot_be_done_is_400_with_the_states_there_are(client: Client, path: str, body: Any) -> None:
    options: Any = {"data": body} if isinstance(body, str) else {"json": body}
    answer = client.session.post(client.url + path, timeout=10, **options)
    document = answer.json()
    assert answer.status_code == 400
    assert document["error"]
    assert set(document["states"]["imaterialise"]) == {"an order", "a cart"}
    assert document["states"]["imaterialise"]["an order"]["status"] == [
        *STATUSES[-2:-1],
        *STATUSES[:-2],
        "Invalid",
    ]


def test_the_common_endpoint_takes_the_vendor_as_a_parameter(client: Client) -> None:
    body = {"state": "an order", "params": {"status": "Ordered", "vendor": "imaterialise"}}
    assert client.session.post(f"{client.url}/_states", json=body, timeout=10).json()["orderNumber"]


def test_only_post_is_answered(client: Client) -> None:
    answer = client.session.get(f"{client.url}/_states", timeout=10)
    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")
