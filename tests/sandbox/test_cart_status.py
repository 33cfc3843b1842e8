from __future__ import annotations

from typing import Any

import pytest
from lxml import etree

from conformance.sandbox.imaterialise.accounts import FOREIGN_API_CODE

from .client import CART_STATUS, XML, Client

UNKNOWN = "99999999-9999-4999-8999-999999999999"
ERROR_101 = {"message": "Specified Cart was not found or wrong format.", "code": 101}
ERROR_102 = {"message": "You can check no more than 10 CartIDs per one request.", "code": 102}
ERROR_501 = {"message": "Wrong request body. Check if all parameters are set correctly.", "code": 501}


@pytest.fixture(scope="module")
def pending(client: Client) -> str:
    return str(client.state("a cart", status="Pending")["cartId"])


@pytest.mark.parametrize("status", ["NotOrdered", "Pending", "CheckedOut", "Ordered"])
def test_a_cart_shows_its_status_and_an_ordered_one_its_order(client: Client, status: str) -> None:
    made = client.state("a cart", status=status)
    (entry,) = client.carts(made["cartId"].upper())["carts"]
    assert entry["cartID"] == made["cartId"]
    assert entry["cartStatus"] == status
    assert entry["cartCreationDateTime"] == "2026-03-31T11:55:00.5"
    assert entry.get("orderID") == made.get("orderId")
    assert ("orderID" in entry) == (status == "Ordered")
    if "orderID" in entry:
        assert list(entry) == ["cartID", "cartCreationDateTime", "orderID", "cartStatus"]
        assert client.orders({"id": entry["orderID"]})["orders"][0]["orderID"] == entry["orderID"]


def test_each_cart_is_judged_on_its_own_in_the_sequence_of_the_request(client: Client, pending: str) -> None:
    foreign = client.state("a cart", status="Pending", account="foreign")["cartId"]
    asked = [UNKNOWN.upper(), pending, "RUBBISH <&>", foreign, "", pending]
    entries = client.carts(*asked)["carts"]
    assert [entry["cartID"] for entry in entries] == asked
    assert [entry.get("cartError") for entry in entries] == [
        ERROR_101,
        None,
        ERROR_101,
        ERROR_101,
        ERROR_101,
        None,
    ]
    assert all(set(entry) == {"cartID", "cartError"} for entry in entries if "cartError" in entry)
    assert client.carts(foreign, code=FOREIGN_API_CODE)["carts"][0]["cartStatus"] == "Pending"


def test_text_that_xml_or_utf_8_cannot_hold_is_echoed_as_well_as_can_be(client: Client) -> None:
    body = '{"Carts":[{"CartID":"a\\u0000\\ud800é\\r"}]}'
    options: Any = {"data": body.encode(), "headers": {"Content-Type": "application/json"}}
    assert client.send("POST", CART_STATUS, **options).json()["carts"][0]["cartID"] == "a\x00\ud800é\r"
    answer = client.send("POST", CART_STATUS, XML, **options)
    assert etree.fromstring(answer.content).findtext(".//CartID") == "a\ufffd\ufffdé\r"


@pytest.mark.parametrize(
    ("count", "error"), [(1, None), (9, None), (10, None), (11, ERROR_102), (500, ERROR_102)]
)
def test_ten_carts_are_allowed(client: Client, pending: str, count: int, error: Any) -> None:
    document = client.carts(*[pending] * count)
    assert document == ({"requestError": error} if error else document)
    assert len(document.get("carts", [])) == (0 if error else count)


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/json", '{"Carts":[{"CartID":"%s"}]}'),
        ("text/json; charset=utf-8", '\ufeff{"carts":[{"cartid":"%s"}]}'),
        (None, ' {"CARTS":[{"cartID":"%s","more":1}],"more":null}'),
        ("application/xml", "<Any><Carts><Cart><CartID>%s</CartID></Cart></Carts></Any>"),
        (
            "text/xml",
            '<x:R xmlns:x="urn:x"><x:carts><!-- --><cart><cartId>%s</cartId></cart></x:carts></x:R>',
        ),
        ("text/plain", '<?xml version="1.0"?><R><Carts><Cart><CartID>%s</CartID></Cart></Carts></R>'),
    ],
)
def test_both_formats_are_read(client: Client, pending: str, content_type: str | None, body: str) -> None:
    options: Any = {"data": (body % pending).encode(), "headers": {"Content-Type": content_type}}
    answer = client.send("POST", CART_STATUS, **options)
    assert [entry["cartStatus"] for entry in answer.json()["carts"]] == ["Pending"]


@pytest.mark.parametrize("content_type", ["application/json", "text/xml", "text/plain", None])
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"  ",
        b"rubbish",
        b"\xff\xfe\x00",
        b"{",
        b"[]",
        b"null",
        b"[" * 100_000,
        b'{"Carts":[]}',
        b'{"Carts":null}',
        b'{"Carts":{"CartID":"x"}}',
        b'{"Carts":"x"}',
        b'{"Carts":["x"]}',
        b'{"Carts":[{}]}',
        b'{"Carts":[{"CartID":null}]}',
        b'{"Carts":[{"CartID":1}]}',
        b'{"Carts":[{"CartID":["x"]}]}',
        b'{"Carts":[{"CartID":"x"},7]}',
        b'{"x":1}',
        b"<R/>",
        b"<R><Carts/></R>",
        b"<R><Carts>",
        b"<R><Carts><Cart/></Carts></R>",
        b"<R><Carts><Cart><CartID><x/></CartID></Cart></Carts></R>",
        b'<!DOCTYPE R [<!ENTITY e "x">]><R><Carts><Cart><CartID>&e;</CartID></Cart></Carts></R>',
    ],
)
def test_a_wrong_body_is_501(client: Client, content_type: str | None, body: bytes) -> None:
    options: Any = {"data": body, "headers": {"Content-Type": content_type}}
    answer = client.send("POST", CART_STATUS, **options)
    assert (answer.status_code, answer.json()) == (200, {"requestError": ERROR_501})


def test_xml_answers_in_the_sequence_of_the_example(client: Client) -> None:
    made = client.state("a cart", status="Ordered")
    body = {"Carts": [{"CartID": made["cartId"]}, {"CartID": "x"}]}
    root = etree.fromstring(client.send("POST", CART_STATUS, XML, json=body).content)
    assert root.tag == "CartStatusResponse"
    found, missed = root.iterfind("Carts/Cart")
    assert [child.tag for child in found] == ["CartID", "CartCreationDateTime", "OrderID", "CartStatus"]
    assert [child.tag for child in missed.iter()] == ["Cart", "CartID", "CartError", "Message", "Code"]
