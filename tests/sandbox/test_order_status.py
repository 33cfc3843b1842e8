from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from starlette.datastructures import QueryParams

from conformance.sandbox.imaterialise import Rules
from conformance.sandbox.imaterialise.rules import RefusedError

from .client import EVER, ORDER_STATUS, TODAY, XML, Client, code_of, day

NAMES = [
    "Cancelled",
    "Invalid",
    "Ordered",
    "Processing",
    "InProduction",
    "ReadyToShip",
    "Shipped",
    "Delivered",
]
MESSAGES = {
    103: "An unknown StatusCode has been requested; please make sure you request only following status "
    "codes: 0 (Cancelled), 1 (Invalid), 2 (Ordered), 3 (Processing), 4 (InProduction), 5 (ReadyToShip), "
    "6 (Shipped), 7 (Delivered).",
    106: "Date range is wrong; please make sure DateFrom is older than DateTo.",
    108: "No results found matching the requested parameters, please try other parameters.",
}


@pytest.fixture(scope="module")
def book(client: Client) -> list[Any]:
    """Every seeded own order, by number below those that tests add."""
    seeded = [order for order in client.orders(EVER)["orders"] if order["orderNumber"] < "IMC031720"]
    assert len(seeded) == 60
    return seeded


def requested(order: Any) -> date:
    return datetime.fromisoformat(order["requestedDate"]).date()


def seeded(client: Client, params: Any) -> set[str]:
    return {number for number in client.numbers(params) if number < "IMC031720"}


def between(book: list[Any], first: date, last: date) -> set[str]:
    return {order["orderNumber"] for order in book if first <= requested(order) <= last}


@pytest.mark.parametrize(
    "codes", [[0], [1], [2], [3], [4], [5], [6], [7], [0, 2, 3, 5, 6], [1, 1], list(range(8))]
)
def test_status_selects_exactly_its_orders(client: Client, book: list[Any], codes: list[int]) -> None:
    expected = {order["orderNumber"] for order in book if order["statusCode"] in codes}
    assert expected
    assert seeded(client, {**EVER, "status": codes}) == expected


def test_an_empty_status_means_all(client: Client, book: list[Any]) -> None:
    assert len(seeded(client, {**EVER, "status": ""})) == len(book)


@pytest.mark.parametrize("status", ["8", "-1", "x", "2.0", "2,3", " 2", "٣", "9" * 5000, ["2", "8"]])
def test_an_unknown_status_is_103(client: Client, status: Any) -> None:
    document = client.orders({"status": status})
    assert document == {"orders": [], "requestError": {"message": MESSAGES[103], "code": 103}}


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 3, 31), date(2025, 9, 30)),
        (date(2026, 8, 31), date(2026, 2, 28)),
        (date(2024, 8, 30), date(2024, 2, 29)),
        (date(2026, 6, 30), date(2025, 12, 30)),
        (date(2026, 7, 1), date(2026, 1, 1)),
    ],
)
def test_six_months_back_ends_with_the_month(today: date, expected: date) -> None:
    assert Rules().default_date_from(today) == expected


def test_the_default_window_is_six_months_up_to_today(client: Client, book: list[Any]) -> None:
    edge = date(2025, 9, 30)
    days = {requested(order) for order in book}
    assert {edge - timedelta(days=1), edge, edge + timedelta(days=1), TODAY} <= days
    assert seeded(client, {}) == between(book, edge, TODAY)
    assert seeded(client, {"dateTo": day(edge)}) == between(book, edge, edge)
    assert seeded(client, {"dateFrom": day(TODAY)}) == between(book, TODAY, TODAY)


def test_both_ends_are_whole_days(client: Client, book: list[Any]) -> None:
    whole = TODAY - timedelta(days=20)
    times = sorted(order["requestedDate"][11:] for order in book if requested(order) == whole)
    assert times[0] == "00:00:00"
    assert times[-1] == "23:59:59.997"
    assert seeded(client, {"dateFrom": day(whole), "dateTo": day(whole)}) == between(book, whole, whole)


@pytest.mark.parametrize("first", [date(2025, 5, 3), date(2026, 3, 5), date(2025, 11, 4), date(2025, 4, 11)])
def test_the_day_comes_first(client: Client, book: list[Any], first: date) -> None:
    assert between(book, first, first)
    assert seeded(client, {"dateFrom": day(first), "dateTo": day(first)}) == between(book, first, first)


def test_status_and_dates_combine(client: Client, book: list[Any]) -> None:
    first, last = date(2025, 6, 1), date(2025, 12, 31)
    both = {order["orderNumber"] for order in book if order["statusCode"] == 6} & between(book, first, last)
    assert seeded(client, {"status": 6, "dateFrom": day(first), "dateTo": day(last)}) == both


@pytest.mark.parametrize(
    "params",
    [
        {"dateFrom": "02-03-2026", "dateTo": "01-03-2026"},
        {"dateFrom": "01-01-2030"},
        {"dateTo": "01-01-2020"},
        {"dateFrom": "31-02-2026"},
        {"dateFrom": "29-02-2026"},
        {"dateFrom": "2026-03-01"},
        {"dateFrom": "3-1-2026"},
        {"dateTo": "01-01-0000"},
        {"dateTo": "\x00"},
        {"dateTo": "soon"},
    ],
)
def test_a_wrong_range_is_106(client: Client, params: dict[str, str]) -> None:
    assert client.orders(params) == {"orders": [], "requestError": {"message": MESSAGES[106], "code": 106}}


@pytest.mark.parametrize(
    "params", [{"dateTo": "31-12-9999"}, {"dateFrom": "01-01-0001", "dateTo": "29-02-2024"}]
)
def test_far_dates_are_dates(client: Client, params: dict[str, str]) -> None:
    assert code_of(client.orders(params)) in (None, 108)


def test_ids_and_numbers_name_orders_whatever_their_status_and_date(client: Client, book: list[Any]) -> None:
    old = min(book, key=lambda order: str(order["requestedDate"]))
    other = book[3]
    aside = {"status": "rubbish", "dateFrom": "rubbish"}
    assert client.numbers({"id": old["orderID"].upper(), **aside}) == {old["orderNumber"]}
    assert client.numbers({"id": [old["orderID"], other["orderID"]]}) == {
        old["orderNumber"],
        other["orderNumber"],
    }
    assert client.numbers({"number": old["orderNumber"], **aside}) == {old["orderNumber"]}
    assert client.numbers({"number": [old["orderNumber"], "IMC999999"]}) == {old["orderNumber"]}
    assert client.numbers({"id": old["orderID"], "number": old["orderNumber"]}) == {old["orderNumber"]}
    assert code_of(client.orders({"id": old["orderID"], "number": other["orderNumber"]})) == 108


@pytest.mark.parametrize(
    "params",
    [{"number": "IMC999999"}, {"id": "rubbish"}, {"number": "\x00"}, {"number": "I" * 4000}, {"number": "é"}],
)
def test_nothing_found_is_108(client: Client, params: dict[str, str]) -> None:
    assert client.orders(params) == {"orders": [], "requestError": {"message": MESSAGES[108], "code": 108}}


def test_xml_leaves_out_empty_orders(client: Client) -> None:
    text = client.send("GET", ORDER_STATUS, XML, params={"number": "IMC999999"}).text
    assert text.endswith(
        "<OrderStatusResponse><RequestError>"
        f"<Message>{MESSAGES[108]}</Message><Code>108</Code></RequestError></OrderStatusResponse>"
    )


@pytest.mark.parametrize("code", ["EN", "nl", "De", "FR", "es", "IT", "ja"])
def test_a_language_changes_the_link(client: Client, code: str) -> None:
    document = client.orders({"status": 7, "languageCode": code})
    assert "warning" not in document
    assert all(f"/{code.lower()}/" in order["orderconfirmationLink"] for order in document["orders"])


def test_an_unknown_language_is_a_warning_beside_the_answer(client: Client) -> None:
    document = client.orders({"status": 7, "languageCode": "XX"})
    assert list(document) == ["orders", "warning"]
    assert document["orders"]
    assert list(document["warning"]) == ["message", "code"]
    assert document["warning"]["code"] == 109
    assert document["warning"]["message"].startswith(
        "This language code is not supported. Please indicate one of the following: EN"
    )
    assert list(client.orders({"status": 9, "languageCode": "XX"})) == ["orders", "requestError", "warning"]


def test_members_are_present_as_the_status_says(book: list[Any]) -> None:
    for order in book:
        code = order["statusCode"]
        assert order["statusName"] == NAMES[code]
        for name in ("shipmentDate", "trackingNumber", "invoiceNumber", "invoiceLink"):
            assert (name in order) == (code >= 6)
        assert ("deliveryDate" in order) == (code == 7)
        assert ("estimatedShipmentDate" in order) == (code not in (1, 2))
        assert "creditNoteNumber" not in order or code == 0
        assert "shipmentService" in order
        assert "vatNumber" not in order["shippingInfo"]
    cancelled = [order for order in book if order["statusCode"] == 0]
    assert {"creditNoteNumber" in order for order in cancelled} == {True, False}
    assert not any(value is None for order in book for value in order.values())


def test_the_seed_shows_what_tests_look_for(book: list[Any]) -> None:
    held = {order["statusCode"] for order in book if order["isOnHold"]}
    assert held == {2, 3, 4}
    assert {order["statusCode"] for order in book} == set(range(8))
    fractions = {len(order["requestedDate"].partition(".")[2]) for order in book}
    assert fractions == {0, 2, 3}
    assert {len(order["orderItems"]) for order in book} == {1, 2, 3}
    assert {order["shippingInfo"]["countryCode"] for order in book} >= {"US", "JP", "BE"}
    assert any("vatNumber" in order["billingInfo"] for order in book)
    assert max(requested(order) for order in book) - min(requested(order) for order in book) > timedelta(
        days=400
    )
    assert all(re.fullmatch("IMC[0-9]{6}", order["orderNumber"]) for order in book)
    for order in book:
        for item in order["orderItems"]:
            assert item["orderItemUnitPrice"] * item["quantity"] == pytest.approx(item["orderItemPrice"])


@pytest.mark.parametrize("query", ["status=8", "dateFrom=x", "dateFrom=02-01-2026&dateTo=01-01-2026"])
def test_a_rule_refuses_by_code(query: str) -> None:
    with pytest.raises(RefusedError) as refused:
        Rules().conditions(QueryParams(query), TODAY)
    assert refused.value.code in (103, 106)
