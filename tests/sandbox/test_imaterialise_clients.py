"""What public clients of the i.materialise APIs send, and what they read of the answers.

Troveup/troveweb is the one public client that is known to call Order Status and cancellation; the others show what the
server must put up with. API codes are ours.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from lxml import etree

from conformance.sandbox.imaterialise import VENDOR
from conformance.sandbox.imaterialise.accounts import OWN_API_CODE
from conformance.sandbox.server import running

from .client import NOW, Client
from .literal import literal

TROVE = {
    "Accept": "application/json",
    "APICode": OWN_API_CODE,
    "Content-Type": "application/json",
    "Accept-Encoding": "gzip, deflate",
    "Accept-Language": "en-US,en;q=0.8",
}


@pytest.fixture(scope="module")
def server() -> Iterator[Client]:
    with running(vendors=[VENDOR], clock=lambda: NOW) as url:
        yield Client(url)


def test_the_order_status_of_troveup_troveweb(server: Client) -> None:
    """GET with one `number` after the other, a Content-Type and no body; it counts the orders it is told of."""
    numbers = [server.new_order(status)["orderNumber"] for status in ("Ordered", "Shipped", "Delivered")]
    answer = literal(server.url, "GET", "/web-api/order?number=" + "&number=".join(numbers), TROVE)
    assert (answer.status, answer.headers["content-type"]) == (200, "application/json; charset=utf-8")
    orders = answer.json()["orders"]
    assert len(orders) == 3
    assert {order["orderNumber"] for order in orders} == set(numbers)
    one = literal(server.url, "GET", f"/web-api/order?number={numbers[0]}", TROVE)
    assert [order["orderNumber"] for order in one.json()["orders"]] == numbers[:1]


def test_the_cancellation_of_troveup_troveweb(server: Client) -> None:
    """POST of a body with the one member `orderNumber`; it reads `isCanceled` of a 200."""
    made = server.new_order("Ordered")
    body = json.dumps({"orderNumber": made["orderNumber"]}, separators=(",", ":"))
    headers = {**TROVE, "Content-Length": str(len(body))}
    answers = [literal(server.url, "POST", "/web-api/order/CancelOrderByNumber", headers, body) for _ in range(2)]
    assert [answer.status for answer in answers] == [200, 200]
    assert answers[0].json() == {"orderId": made["orderId"], "orderNumber": made["orderNumber"], "isCanceled": True}
    assert (answers[1].json()["isCanceled"], answers[1].json()["requestError"]["code"]) == (False, 507)
    status = literal(server.url, "GET", f"/web-api/order?number={made['orderNumber']}", TROVE).json()
    assert status["orders"][0]["statusName"] == "Cancelled"


@pytest.mark.parametrize("name", ["id", "number"])
def test_the_order_status_of_cengroup2a_slice_engineering(server: Client, name: str) -> None:
    """POST without a body that says it is a form; it reads `orders[0].statusName`."""
    made = server.new_order("Shipped")
    value = made["orderId"] if name == "id" else made["orderNumber"]
    headers = {"Content-Type": "multipart/form-data", "Content-Length": "0", "Accept": "application/json"}
    target = f"/web-api/order?{name}={value}"
    answer = literal(server.url, "POST", target, headers | {"ApiCode": OWN_API_CODE})
    assert answer.json()["orders"][0]["statusName"] == "Shipped"
    unauthorized = literal(server.url, "POST", target, headers)
    assert (unauthorized.status, unauthorized.reason) == (401, "Unauthorized")


@pytest.mark.parametrize("header", ["ApiCode", "APICode", "apicode", "apiCode"])
def test_the_header_as_each_client_spells_it(server: Client, header: str) -> None:
    """The vendor's SDKs imaterialise/api-sdk-ios, -php, -java and -csharp, Troveup/troveweb and partcad's service."""
    answer = literal(server.url, "GET", "/web-api/order", {header: OWN_API_CODE, "Accept": "application/json"})
    assert answer.json()["orders"]


def test_the_xml_of_imaterialise_api_sdk_csharp(server: Client) -> None:
    """No Accept, `application/xml` in the request, and the answer is read as XML."""
    cart = server.state("a cart", status="Pending")["cartId"]
    body = f"<CartStatusRequest><Carts><Cart><CartID>{cart}</CartID></Cart></Carts></CartStatusRequest>"
    headers = {"ApiCode": OWN_API_CODE, "Content-Type": "application/xml", "Content-Length": str(len(body))}
    answer = literal(server.url, "POST", "/web-api/cartstatus/statuses", headers, body)
    assert etree.fromstring(answer.body).findtext("Carts/Cart/CartStatus") == "Pending"


@pytest.mark.parametrize(("carts", "cart_id"), [("carts", "cartID"), ("Carts", "CartID"), ("carts", "cartId")])
def test_member_names_as_the_vendors_sdks_spell_them(server: Client, carts: str, cart_id: str) -> None:
    """imaterialise/api-sdk-ios begins names in lower case, -php in upper case, Troveup/troveweb ends them in `Id`."""
    cart = server.state("a cart", status="CheckedOut")["cartId"]
    body = json.dumps({carts: [{cart_id: cart.upper()}]})
    headers = {**TROVE, "Content-Length": str(len(body))}
    answer = literal(server.url, "POST", "/web-api/cartstatus/statuses", headers, body)
    assert [(entry["cartID"], entry["cartStatus"]) for entry in answer.json()["carts"]] == [(cart, "CheckedOut")]
