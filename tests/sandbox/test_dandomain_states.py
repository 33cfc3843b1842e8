from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from .dandomain_client import NOW, Shop, instant_of, order_body

GIVEN = [
    ("a customer", {}, "customerId"),
    ("a customer", {"b2b": False}, "customerId"),
    ("a customer", {"b2b": True}, "customerId"),
    ("a product", {"kind": "sold"}, "productId"),
    ("a product", {"kind": "hidden"}, "productId"),
    ("a product", {"kind": "other_site"}, "productId"),
    ("a payment method", {"validity": "valid"}, "paymentId"),
    ("a payment method", {"validity": "not_for_country"}, "paymentId"),
    ("a payment method", {"validity": "not_for_b2b_group"}, "paymentId"),
    ("a shipping method", {"validity": "valid"}, "shippingId"),
    ("a shipping method", {"validity": "not_for_country"}, "shippingId"),
    ("a shipping method", {"validity": "not_for_b2b_group"}, "shippingId"),
    ("a site", {}, "siteId"),
    ("a currency", {}, "currencyCode"),
    ("an order", {"age": "old"}, "orderId"),
]


@pytest.mark.parametrize(("name", "params", "member"), GIVEN)
def test_a_state_answers_one_id_as_text_and_can_be_torn_down(
    shop: Shop, name: str, params: dict[str, Any], member: str
) -> None:
    ids = shop.state(name, **params)
    assert list(ids) == [member]
    assert isinstance(ids[member], str)
    assert shop.state(name, "teardown", **params, **ids) == {}
    assert shop.state(name, "teardown", **params, **ids) == {}


def given(shop: Shop, **params: str | bool) -> dict[str, Any]:
    """An order body made of what the states name."""
    b2b = params.get("b2b", False)
    payment, shipping = params.get("payment", "valid"), params.get("shipping", "valid")
    product = shop.state("a product", kind=params.get("product", "sold"))["productId"]
    return order_body(
        customerId=shop.state("a customer", b2b=b2b)["customerId"],
        currencyCode=shop.state("a currency")["currencyCode"],
        siteId=int(shop.state("a site")["siteId"]),
        paymentId=int(shop.state("a payment method", validity=payment)["paymentId"]),
        shippingId=int(shop.state("a shipping method", validity=shipping)["shippingId"]),
        orderLines=[{"productId": product, "quantity": 1}],
    )


@pytest.mark.parametrize(
    ("params", "refusal"),
    [
        ({}, None),
        ({"b2b": True}, None),
        ({"product": "hidden"}, "ProductNotValid"),
        ({"product": "other_site"}, "ProductNotValid"),
        ({"payment": "not_for_country"}, "PaymentMethodNotValid"),
        ({"payment": "not_for_b2b_group"}, None),
        ({"payment": "not_for_b2b_group", "b2b": True}, "PaymentMethodNotValid"),
        ({"shipping": "not_for_country"}, "ShippingMethodNotValid"),
        ({"shipping": "not_for_b2b_group"}, None),
        ({"shipping": "not_for_b2b_group", "b2b": True}, "ShippingMethodNotValid"),
    ],
)
def test_what_the_states_name_is_what_it_is_said_to_be(shop: Shop, params: Any, refusal: str | None) -> None:
    for delivery in (None, {"country": "Danmark", "countryId": 2397, "name": "x"}):
        answer = shop.send("POST", json=given(shop, **params) | {"altDeliveryInfo": delivery})
        assert (answer.status_code, answer.json() if refusal else None) == (400 if refusal else 200, refusal)


def test_each_setup_names_another_product(shop: Shop) -> None:
    named = [shop.state("a product", kind="sold")["productId"] for _ in range(4)]
    assert len(set(named)) == 4
    shop.create(orderLines=[{"productId": number, "quantity": 1} for number in named])


def test_an_old_order_is_complete_never_changed_and_removed_again(shop: Shop) -> None:
    number = int(shop.state("an order", age="old")["orderId"])
    order = shop.order(number)
    assert instant_of(order["createdDate"]) == NOW.replace(microsecond=0) - timedelta(days=40)
    assert (order["incomplete"], order["modifiedDate"]) == (False, None)
    assert number in shop.listed("start=2026-2-19&end=2026-2-19")
    shop.state("an order", "teardown", orderId=str(number))
    assert shop.send("GET", f"/{number}").status_code == 404


@pytest.mark.parametrize(
    "body",
    [
        {"state": "a customer", "params": {"b2b": "yes"}},
        {"state": "a product", "params": {"kind": "unsold"}},
        {"state": "a cart"},
        {"state": "an order", "params": {"orderId": "one"}, "action": "teardown"},
    ],
)
def test_a_state_that_there_is_not_is_400(shop: Shop, body: Any) -> None:
    answer = shop.session.post(f"{shop.url}/_states/dandomain", json=body, timeout=10)
    assert answer.status_code == 400
    assert set(answer.json()["states"]["dandomain"]) == {name for name, _, _ in GIVEN}
