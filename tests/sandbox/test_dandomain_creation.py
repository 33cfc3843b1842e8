from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from conformance.sandbox.dandomain import VENDOR
from conformance.sandbox.server import running

from .dandomain_client import TODAY, Shop, line, order_body, without

DELIVERY = {
    "address": "Test Address 22",
    "address2": "",
    "attention": "Test attention",
    "city": "Randers",
    "country": "Danmark",
    "countryId": 2397,
    "ean": "",
    "email": "test@test.dk",
    "fax": "22222222",
    "name": "Test <name> & søn",
    "phone": "22222222",
    "state": "",
    "zipCode": "8900",
}


def test_what_was_created_is_what_is_read(shop: Shop) -> None:
    created = shop.create(altDeliveryInfo=DELIVERY)
    assert shop.order(created["id"]) == created
    assert created in shop.done("GET", f"/GetByDateInterval?{TODAY}")
    assert created["deliveryInfo"] == DELIVERY | {"cvr": ""}
    assert created["customerInfo"]["id"] == "17"
    assert (created["orderState"], created["incomplete"], created["modifiedDate"]) == (None, True, None)
    assert (created["currencyCode"], created["siteId"]) == ("DKK", 26)
    assert (created["paymentInfo"]["id"], created["shippingInfo"]["id"]) == (56, 48)


def test_the_creation_date_is_now_to_the_second_with_the_danish_offset(shop: Shop) -> None:
    answer = shop.send("POST", json=order_body())
    assert r'"createdDate":"\/Date(1774958400000+0200)\/"' in answer.text


def test_the_captured_order_is_priced_to_the_hundredth(shop: Shop) -> None:
    created = shop.create(
        customerId="220739",
        paymentId=60,
        shippingId=67,
        orderLines=[{"productId": "4009249-0001-12", "quantity": 1}],
    )
    (bought,) = created["orderLines"]
    assert (bought["unitPrice"], bought["totalPrice"], bought["vatPct"]) == (103.96, 103.96, "25")
    assert bought["variant"] == "Størrelse 0-16 år:152 cm - 12 år"
    assert (created["totalPrice"], created["vatPct"], created["totalWeight"]) == (158.95, "25", 0.6)


def test_several_lines_and_fees_add_up(shop: Shop) -> None:
    created = shop.create(
        orderLines=[
            {"productId": "305", "quantity": 3},
            {"productId": 310, "quantity": 2},
            {"productId": "305", "quantity": 1},
        ]
    )
    assert [entry["totalPrice"] for entry in created["orderLines"]] == [239.88, 399.6, 79.96]
    assert len({entry["id"] for entry in created["orderLines"]}) == 3
    fees = created["paymentInfo"]["fee"] + created["shippingInfo"]["fee"]
    assert (fees, created["totalPrice"]) == (43, 942.3)
    assert created["totalWeight"] == 3.25


def test_another_currency_has_its_own_prices(shop: Shop) -> None:
    assert shop.create(currencyCode="EUR")["orderLines"][0]["unitPrice"] == 32


REFUSED: list[tuple[Any, tuple[int, str]]] = [
    (without("customerId"), (400, "CustomerMissing")),
    (order_body(customerId=None), (400, "CustomerMissing")),
    (order_body(customerId="9999"), (400, "CustomerNotValid")),
    (order_body(customerId=1), (400, "CustomerNotValid")),
    (order_body(customerId=True), (400, "CustomerNotValid")),
    (order_body(customerId=["17"]), (400, "CustomerNotValid")),
    (order_body(customerId="\ud800"), (400, "CustomerNotValid")),
    (without("currencyCode"), (400, "CurrencyMissing")),
    (order_body(currencyCode=None), (400, "CurrencyMissing")),
    (order_body(currencyCode="dkk"), (400, "CurrencyNotValid")),
    (order_body(currencyCode=208), (400, "CurrencyNotValid")),
    (without("siteId"), (400, "SiteMissing")),
    (order_body(siteId=None), (400, "SiteMissing")),
    (order_body(siteId=27), (400, "SiteNotValid")),
    (order_body(siteId="main"), (400, "SiteNotValid")),
    (without("paymentId"), (400, "PaymentMethodMissing")),
    (order_body(paymentId=None), (400, "PaymentMethodMissing")),
    (order_body(paymentId=9999), (400, "PaymentMethodNotValid")),
    (order_body(paymentId=10**30), (400, "PaymentMethodNotValid")),
    (order_body(paymentId=61), (400, "PaymentMethodNotValid")),
    (order_body(paymentId=62, customerId=42), (400, "PaymentMethodNotValid")),
    (without("shippingId"), (400, "ShippingMethodMissing")),
    (order_body(shippingId=None), (400, "ShippingMethodMissing")),
    (order_body(shippingId=56), (400, "ShippingMethodNotValid")),
    (order_body(shippingId=49), (400, "ShippingMethodNotValid")),
    (order_body(shippingId=50, customerId=42), (400, "ShippingMethodNotValid")),
    (without("orderLines"), (400, "OrderLinesMissing")),
    (order_body(orderLines=None), (400, "OrderLinesMissing")),
    (order_body(orderLines=[]), (400, "OrderLinesMissing")),
    (order_body(orderLines={}), (400, "OrderLinesNotValid")),
    (order_body(orderLines=[{"productId": 304, "quantity": 1}] * 1000), (400, "OrderLinesNotValid")),
    (order_body(orderLines=[None]), (400, "OrderLineNotValid")),
    (order_body(orderLines=[{"quantity": 1}]), (400, "ProductMissing")),
    (line(productId=None), (400, "ProductMissing")),
    (line(productId="nothing"), (404, "ProductNotFound")),
    (line(productId=3.5), (400, "ProductNotValid")),
    (line(productId="306"), (400, "ProductNotValid")),
    (line(productId="307"), (400, "ProductNotValid")),
    (order_body(orderLines=[{"productId": 304}]), (400, "QuantityMissing")),
    (line(quantity=None), (400, "QuantityMissing")),
    (line(quantity=0), (400, "QuantityNotValid")),
    (line(quantity=-1), (400, "QuantityNotValid")),
    (line(quantity=1.5), (400, "QuantityNotValid")),
    (line(quantity=2**31), (400, "QuantityNotValid")),
    (line(quantity="many"), (400, "QuantityNotValid")),
    (line(quantity=""), (400, "QuantityNotValid")),
    (line(quantity=False), (400, "QuantityNotValid")),
    (order_body(altDeliveryInfo="Randers"), (400, "AltDeliveryInfoNotValid")),
    (order_body(altDeliveryInfo={"name": 5}), (400, "AltDeliveryInfoNotValid")),
    (order_body(altDeliveryInfo={"countryId": "DK"}), (400, "AltDeliveryInfoNotValid")),
    ({}, (400, "CustomerMissing")),
    ([], (400, "RequestBodyNotValid")),
    ("order", (400, "RequestBodyNotValid")),
]


@pytest.mark.parametrize(("body", "refusal"), REFUSED)
def test_every_validation_refuses_with_its_word(shop: Shop, body: Any, refusal: tuple[int, str]) -> None:
    assert shop.refused(body) == refusal


def test_what_is_refused_creates_nothing(shop: Shop) -> None:
    before = shop.listed()
    for body, _ in REFUSED:
        shop.refused(body)
    assert shop.listed() == before


@pytest.mark.parametrize(
    ("body", "refusal"),
    [
        (order_body(customerId=None, currencyCode=None, orderLines=[]), "CustomerMissing"),
        (order_body(siteId=None, paymentId=None), "SiteMissing"),
        (order_body(paymentId=61, shippingId=49), "PaymentMethodNotValid"),
        (order_body(shippingId=49, orderLines=[]), "ShippingMethodNotValid"),
        (order_body(orderLines=[{"productId": "306", "quantity": 0}]), "ProductNotValid"),
    ],
)
def test_of_two_mistakes_the_documents_first_is_told(shop: Shop, body: Any, refusal: str) -> None:
    assert shop.refused(body)[1] == refusal


def test_country_and_group_decide_only_where_they_apply(shop: Shop) -> None:
    assert shop.create(paymentId=62, shippingId=50)["paymentInfo"]["id"] == 62
    assert shop.create(paymentId=62, shippingId=50, customerId=43)["customerInfo"]["id"] == "43"
    assert shop.create(paymentId=61, shippingId=49, customerId="220739")["shippingInfo"]["id"] == 49
    abroad = {"countryId": 2363, "country": "Belgium"}
    assert shop.refused(order_body(paymentId=62, altDeliveryInfo=abroad)) == (400, "PaymentMethodNotValid")
    assert shop.refused(order_body(paymentId=61, altDeliveryInfo=abroad)) == (400, "PaymentMethodNotValid")


@pytest.mark.parametrize("given", [None, {}, {"name": None}])
def test_an_address_may_be_null_or_empty(shop: Shop, given: Any) -> None:
    created = shop.create(altDeliveryInfo=given)
    own = created["deliveryInfo"]["name"] == created["customerInfo"]["name"]
    assert own is (given is None)
    assert (created["deliveryInfo"]["country"], created["deliveryInfo"]["countryId"]) == ("Danmark", 2397)


def test_numbers_may_be_texts_and_more_members_do_not_count(shop: Shop) -> None:
    extra = {"productId": "304", "quantity": "2", "unitPrice": 1, "totalPrice": 1, "xmlParams": None}
    created = shop.create(customerId="17", siteId="26", paymentId="56", shippingId=48.0, orderLines=[extra], id=5)
    assert (created["orderLines"][0]["unitPrice"], created["orderLines"][0]["quantity"]) == (240, 2)
    assert created["id"] != 5


@pytest.mark.parametrize("content_type", ["application/json", "text/json", "TEXT/JSON; charset=utf-8", None])
def test_json_is_read_under_both_its_names_and_without(shop: Shop, content_type: str | None) -> None:
    headers = {"Content-Type": content_type}
    body = b'{"customerId":17,"currencyCode":"DKK","siteId":26,"paymentId":56,"shippingId":48,'
    body += b'"orderLines":[{"productId":304,"quantity":1}]}'
    assert shop.send("POST", data=body, headers=headers).status_code == 200


@pytest.mark.parametrize(
    ("body", "content_type", "refusal"),
    [
        (b"", "application/json", (400, "RequestBodyNotValid")),
        (b"{", "application/json", (400, "RequestBodyNotValid")),
        (b"\xff\xfe\xfa", "text/json", (400, "RequestBodyNotValid")),
        (b"NaN", "text/json", (400, "RequestBodyNotValid")),
        (b'{"customerId":1e999}', "text/json", (400, "CustomerNotValid")),
        (b"[" * 100000, "text/json", (400, "RequestBodyNotValid")),
        (b"<order/>", "application/xml", (415, "ContentTypeNotSupported")),
        (b"customerId=17", "application/x-www-form-urlencoded", (415, "ContentTypeNotSupported")),
    ],
)
def test_a_body_that_is_no_json_is_refused(shop: Shop, body: bytes, content_type: str, refusal: tuple[int, str]) -> None:
    answer = shop.send("POST", data=body, headers={"Content-Type": content_type})
    assert (answer.status_code, answer.json()) == refusal


def test_numbers_grow_and_are_never_used_again(shop: Shop) -> None:
    first = shop.create()["id"]
    assert shop.done("DELETE", f"/{first}") is True
    second = shop.create()["id"]
    assert second > first


@pytest.mark.parametrize("database", ["sqlite://", "sqlite:///{}/shop.db"])
def test_orders_made_at_once_have_numbers_of_their_own(tmp_path: Path, database: str) -> None:
    with running(vendors=[VENDOR], database_url=database.format(tmp_path)) as url, ThreadPoolExecutor(8) as pool:
        numbers = list(pool.map(lambda _: Shop(url).create()["id"], range(40)))
        assert len(set(numbers)) == 40
        assert set(numbers) <= set(Shop(url).listed())


def test_every_seeded_total_is_what_its_lines_and_fees_make(shop: Shop) -> None:
    for order in shop.done("GET", "/GetByDateInterval?start=2000-1-1&end=2026-03-30"):
        for entry in order["orderLines"]:
            assert Decimal(str(entry["totalPrice"])) == Decimal(str(entry["unitPrice"])) * entry["quantity"]
        lines = sum(Decimal(str(entry["totalPrice"])) for entry in order["orderLines"])
        fees = Decimal(order["paymentInfo"]["fee"]) + Decimal(order["shippingInfo"]["fee"])
        assert Decimal(str(order["totalPrice"])) == lines * Decimal("1.25") + fees
