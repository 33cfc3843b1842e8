from __future__ import annotations

import pytest
from lxml import etree

from conformance.sandbox.imaterialise.accounts import FOREIGN_API_CODE, OWN_API_CODE
from conformance.sandbox.negotiation import best_match

from .client import CANCELLATION, CART_STATUS, EVER, JSON, ORDER_STATUS, XML, Client

OFFERED = ("text/xml", "application/json", "text/json", "application/xml")
OPERATIONS = [("GET", ORDER_STATUS), ("POST", ORDER_STATUS), ("POST", CART_STATUS), ("POST", CANCELLATION)]


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("application/json", "application/json"),
        ("text/json", "text/json"),
        ("application/xml", "application/xml"),
        ("TEXT/XML", "text/xml"),
        ("*/*", "text/xml"),
        ("text/*", "text/xml"),
        ("application/*", "application/json"),
        ("application/json;q=0.5, text/xml;q=0.9", "text/xml"),
        ("text/xml;q=0.5, application/json; q=0.9", "application/json"),
        ("text/xml, application/json", "text/xml"),
        ("application/json, text/xml", "application/json"),
        ("*/*, application/json", "application/json"),
        ("text/html, */*;q=0.1", "text/xml"),
        ("text/xml;q=0, */*", "application/json"),
        ("application/json;q=0", None),
        ("application/json;q=wrong", "application/json"),
        ("text/html", None),
        ("rubbish", None),
        (" , ", None),
        ("", None),
    ],
)
def test_accept_is_negotiated(accept: str, expected: str | None) -> None:
    assert best_match(accept, OFFERED) == expected


@pytest.mark.parametrize(
    ("accept", "expected"),
    [(name, name) for name in OFFERED] + [(None, "text/xml"), ("image/png", "text/xml")],
)
@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_the_answer_has_the_negotiated_type(
    client: Client, method: str, path: str, accept: str | None, expected: str
) -> None:
    answer = client.send(method, path, accept)
    assert (answer.status_code, answer.headers["content-type"]) == (200, f"{expected}; charset=utf-8")
    assert answer.json() if "json" in expected else etree.fromstring(answer.content) is not None


@pytest.mark.parametrize(
    "code", [None, "", "no GUID", "33333333-3333-4333-8333-333333333333", OWN_API_CODE[:-1]]
)
@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_a_wrong_api_code_is_401(client: Client, method: str, path: str, code: str | None) -> None:
    answer = client.send(method, path, code=code, data="broken {")
    assert (answer.status_code, answer.reason) == (401, "Unauthorized")
    assert answer.json() == {"message": "Unauthorized"}


@pytest.mark.parametrize("name", ["apicode", "APICODE", "ApiCode"])
def test_the_api_code_header_and_the_code_come_in_any_case(client: Client, name: str) -> None:
    answer = client.send("GET", ORDER_STATUS, code=None, headers={name: OWN_API_CODE.upper()})
    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("path", "allowed"), [(ORDER_STATUS, "GET, POST"), (CART_STATUS, "POST"), (CANCELLATION, "POST")]
)
@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"])
def test_another_method_is_405_even_without_api_code(
    client: Client, method: str, path: str, allowed: str
) -> None:
    answer = client.send(method, path, code=None)
    assert (answer.status_code, answer.headers["allow"]) == (405, allowed)


def test_get_and_post_say_the_same_and_a_body_does_not_count(client: Client) -> None:
    got = client.send("GET", ORDER_STATUS, params={"status": 7})
    assert client.send("POST", ORDER_STATUS, params={"status": 7}, data="{broken").content == got.content


def test_xml_says_what_json_says_in_the_same_sequence(client: Client) -> None:
    for order in client.orders(EVER)["orders"]:
        answer = client.send("GET", ORDER_STATUS, XML, params={"number": order["orderNumber"]})
        (element,) = etree.fromstring(answer.content).iterfind("Orders/Order")
        assert _pascal(_texts(order)) == _read(element)


def test_xml_keeps_the_scale_of_decimals(client: Client) -> None:
    answer = client.send("GET", ORDER_STATUS, XML, params={"status": 7})
    root = etree.fromstring(answer.content)
    scales = {name: _scale(root, name) for name in ("TotalPrice", "OrderItemPrice", "VolumeCm3", "XDimMm")}
    assert scales == {"TotalPrice": {2}, "OrderItemPrice": {4}, "VolumeCm3": {10}, "XDimMm": {20}}
    assert root.tag == "OrderStatusResponse"


def test_the_two_accounts_see_different_orders(client: Client) -> None:
    own, foreign = client.numbers(EVER), client.numbers(EVER, code=FOREIGN_API_CODE)
    assert len(own) >= 60
    assert len(foreign) >= 12
    assert not own & foreign
    number = min(foreign)
    assert client.orders({"number": number})["requestError"]["code"] == 108


def test_the_api_code_is_never_echoed(client: Client) -> None:
    for accept in (JSON, XML):
        assert OWN_API_CODE not in client.send("GET", ORDER_STATUS, accept, params=EVER).text


def _scale(root: etree._Element, name: str) -> set[int]:
    return {len((element.text or "").partition(".")[2]) for element in root.iter(name)}


def _texts(value: object) -> object:
    match value:
        case dict():
            return {name: _texts(member) for name, member in value.items()}
        case list():
            return [_texts(item) for item in value]
        case bool():
            return "true" if value else "false"
        case int() | float():
            return float(value)
    return value


def _pascal(value: object) -> object:
    match value:
        case dict():
            return [(name[0].upper() + name[1:], _pascal(member)) for name, member in value.items()]
        case list():
            return [("OrderItem", _pascal(item)) for item in value]
    return value


def _read(element: etree._Element) -> object:
    if len(element):
        return [(child.tag, _read(child)) for child in element]
    text = element.text or ""
    numeric = element.tag in ("StatusCode", "Quantity", "TotalPrice") or element.tag.endswith(
        ("Mm", "Cm3", "Cm2")
    )
    return float(text) if numeric or element.tag.endswith("Price") else text
