"""Requests of public clients of the shop software behind this marketplace, replayed as they are sent.

Each test names the repository that the requests are from: paths below the base URL, queries, headers and bodies are
theirs, and what is asserted is what that client reads of the answer. Host, credentials and ids are ours.
"""

from __future__ import annotations

import base64
import json
from http.client import HTTPConnection
from math import ceil
from typing import Any
from urllib.parse import quote, urlsplit

import pytest

from conformance.sandbox.macke.accounts import OWN

from .macke_client import NOW_SECONDS, Macke

BASIC = "Basic " + base64.b64encode(f"{OWN.email}:{OWN.api_key}".encode()).decode()
JSON = "application/json"


class Wire:
    """Sends what it is told, header by header, and reads JSON."""

    def __init__(self, url: str, **headers: str) -> None:
        self._address = urlsplit(url).netloc
        self._headers = {"Authorization": BASIC} | {name.replace("_", "-"): value for name, value in headers.items()}

    def send(self, method: str, path: str, body: str | None = None) -> Any:
        connection = HTTPConnection(self._address, timeout=10)
        try:
            connection.request(method, path, body, self._headers)
            answer = connection.getresponse()
            content = json.loads(answer.read())
            assert answer.status == 200, content
            return content
        finally:
            connection.close()


@pytest.fixture
def order_id(macke: Macke) -> str:
    return macke.new_order()


def test_elyzov_pycscart(macke_untouched: Macke) -> None:
    """elyzov/pycscart: it declares JSON also where it sends nothing, leaves out what it was not told, and reads `orders`."""
    client = Wire(
        macke_untouched.url, Content_Type=JSON, Accept=JSON, User_Agent="python-requests/2.18.4", Connection="keep-alive"
    )
    listed = client.send("GET", "/orders?items_per_page=10&sort_by=date&sort_order=desc")
    assert len(listed["orders"]) == 10
    filtered = client.send("GET", "/orders?page=2&items_per_page=3&sort_by=date&sort_order=desc&status=P&company_id=7")
    assert [order["status"] for order in filtered["orders"]] == ["P"] * 3
    first = listed["orders"][0]["order_id"]
    assert client.send("GET", f"/orders/{first}")["order_id"] == first


def test_jearle10_cscart_rs(macke: Macke, order_id: str) -> None:
    """jearle10/cscart-rs: it writes whole orders, of which nothing is documented here."""
    client = Wire(macke.url, Accept="*/*")
    assert len(client.send("GET", "/orders")["orders"]) == 10
    before = client.send("GET", f"/orders/{order_id}")
    assert isinstance(before["user_id"], str)
    writer = Wire(macke.url, Accept="*/*", Content_Type=JSON)
    lines = {"3": {"product_id": "148", "amount": "1", "product_options": {}}}
    body = json.dumps({"user_id": 5, "payment_id": 13, "shipping_id": 3, "products": lines}, separators=(",", ":"))
    assert writer.send("PUT", f"/orders/{order_id}", body) == {"order_id": order_id}
    assert client.send("GET", f"/orders/{order_id}") == before


def test_lffate_cscart_sdk_js(macke_untouched: Macke) -> None:
    """LFFATE/cscart-sdk-js: every path of it ends with a slash, and it wants full orders in the list."""
    client = Wire(macke_untouched.url, Accept="application/json, text/plain, */*", User_Agent="axios/0.19.0")
    query = "get_orders_data=true&language=en&sl=en&lang_code=en&sort_by=date&sort_order=asc"
    rows = client.send("GET", f"/orders/?{query}")["orders"]
    assert client.send("GET", f"/orders/{rows[0]['order_id']}/?{query}") == rows[0]


def test_drahosistvan_cscartapi(macke: Macke, order_id: str) -> None:
    """drahosistvan/cscartapi: it tells errors by a member `message`."""
    client = Wire(macke.url, User_Agent="cscart-api-php-beta-0.1", Accept="*/*")
    assert "message" not in client.send("GET", "/orders")
    body = '{"status":"C"}'
    writer = Wire(
        macke.url, User_Agent="cscart-api-php-beta-0.1", Accept="*/*", Content_Type=JSON, Content_Length=str(len(body))
    )
    assert writer.send("PUT", f"/orders/{order_id}", body) == {"order_id": order_id}
    assert client.send("GET", f"/orders/{order_id}")["status"] == "C"


def test_onecode_shopflix_connector_library_reads(macke_untouched: Macke) -> None:
    """OnecodeGr/shopflix-connector-library: it counts the pages, and reads every order of every page."""
    client = Wire(macke_untouched.url, User_Agent="GuzzleHttp/7")
    params = client.send("GET", "/orders?status=O")["params"]
    found = []
    for page in range(1, ceil(int(params["total_items"]) / int(params["items_per_page"])) + 1):
        for row in client.send("GET", f"/orders?status=O&page={page}")["orders"]:
            order = client.send("GET", f"/orders/{row['order_id']}")
            wanted = ("subtotal", "discount", "total", "email", "firstname", "lastname", "notes", "s_zipcode", "b_country")
            assert set(wanted) <= set(order)
            for line in dict(order["products"]).values():
                assert {"product_code", "price", "amount"} <= set(line)
            found.append(int(order["order_id"]))
    assert found == macke_untouched.ids({"status": "O", "items_per_page": 0})


def test_onecode_shopflix_connector_library_completed(macke_untouched: Macke) -> None:
    """OnecodeGr/shopflix-connector-library: it names a period of creation, which is echoed and ignored."""
    client = Wire(macke_untouched.url, User_Agent="GuzzleHttp/7")
    query = f"status=C&period=C&time_from={NOW_SECONDS - 21600}&time_to={NOW_SECONDS}"
    params = client.send("GET", f"/orders?{query}")["params"]
    assert (params["period"], params["time_to"]) == ("C", str(NOW_SECONDS))


@pytest.mark.parametrize(
    ("body", "letter"),
    [
        ('{"status":"G","notify_user":1,"notify_department":0,"notify_vendor":0}', "G"),
        ('{"status":"H","notify_user":0,"notify_department":0,"notify_vendor":0}', "H"),
        ('{"status":"D","notify_user":0,"notify_department":0,"notify_vendor":0,"details":"sold out"}', "D"),
    ],
)
def test_onecode_shopflix_connector_library_writes(macke: Macke, order_id: str, body: str, letter: str) -> None:
    """OnecodeGr/shopflix-connector-library: its flags are numbers."""
    client = Wire(macke.url, User_Agent="GuzzleHttp/7", Content_Type=JSON)
    assert client.send("PUT", f"/orders/{order_id}", body) == {"order_id": order_id}
    assert macke.order(order_id)["status"] == letter


def test_tasoszah_shopflix(macke_untouched: Macke) -> None:
    """tasoszah/SHOPFLIX: it writes the list with a slash before the query, and reads total_items as a number."""
    client = Wire(macke_untouched.url, Accept="*/*")
    listed = client.send("GET", "/orders/?status=P")
    assert {row["status"] for row in listed["orders"]} == {"P"}
    assert int(listed["params"]["total_items"]) == 7
    dated = client.send("GET", "/orders/?date_from=2026-01-01&date_to=2026-03-31")
    assert len(dated["orders"]) == 10


def test_hungryweb_cscart_mcp(macke: Macke, order_id: str) -> None:
    """hungryweb/cscart-mcp: its flag is a boolean; it declares JSON for every request."""
    client = Wire(
        macke.url, Content_Type=JSON, Accept="application/json, text/plain, */*", User_Agent="axios/1.6.0",
        Accept_Encoding="gzip, compress, deflate, br",
    )  # fmt: skip
    listed = client.send("GET", "/orders?page=1&items_per_page=10&status=O&user_id=3")
    assert {(row["status"], row["user_id"]) for row in listed["orders"]} == {("O", "3")}
    for flag, letter in (("true", "P"), ("false", "B")):
        body = f'{{"status":"{letter}","notify_user":{flag}}}'
        assert client.send("PUT", f"/orders/{order_id}", body) == {"order_id": order_id}
        assert client.send("GET", f"/orders/{order_id}")["status"] == letter


def test_torgnexa(macke: Macke, order_id: str) -> None:
    """torgnexa/torgnexa: it reads the list page by page and each order with it; it writes a status and verifies it."""
    client = Wire(macke.url, Accept=JSON, Content_Type=JSON)
    page = client.send("GET", "/orders?page=1&items_per_page=20&sort_by=date&sort_order=asc")
    assert len(page["orders"]) == 20 < int(page["params"]["total_items"])
    for row in page["orders"]:
        order = client.send("GET", f"/orders/{row['order_id']}")
        assert order["order_id"] == row["order_id"]
        assert int(order["timestamp"]) >= 1
        for line in dict(order["products"]).values():
            assert int(line["product_id"]) >= 1
            assert int(line["amount"]) >= 1
            assert not line.get("product_options")
    assert client.send("GET", f"/orders/{order_id}")["status"] == "O"
    client.send("PUT", f"/orders/{order_id}", '{"status":"P"}')
    assert client.send("GET", f"/orders/{order_id}")["status"] == "P"


def test_cscart_docs(macke: Macke, order_id: str) -> None:
    """cscart/docs: the examples of the software's own documentation, credentials in the URL among them."""
    client = Wire(macke.url, Accept="*/*", User_Agent="curl/7.29.0")
    for query, count in (("", 10), ("?page=5", 10), ("?items_per_page=20", 20), ("?page=2&items_per_page=20", 20)):
        assert len(client.send("GET", f"/orders/{query}")["orders"]) == count
    writer = Wire(macke.url, Accept="*/*", Content_Type=JSON)
    assert writer.send("PUT", f"/orders/{order_id}", '{"status": "P", "notify_user": "Y"}') == {"order_id": order_id}
    url = f"http://{quote(OWN.email, safe='')}:{OWN.api_key}@{urlsplit(macke.url).netloc}/orders/{order_id}"
    assert "%40" in url
    assert macke.session.get(url, timeout=10).json()["status"] == "P"


def test_the_documents_own_examples(macke: Macke, order_id: str) -> None:
    """The bodies and the search of the marketplace's document."""
    client = Wire(macke.url, Content_Type=JSON)
    for flag in ("1", "0"):
        body = f'{{\n "status": "P",\n "notify_user": "{flag}"\n}}'
        assert client.send("PUT", f"/orders/{order_id}", body) == {"order_id": order_id}
    assert client.send("PUT", f"/orders/{order_id}", '{\n    "vendor_ref":"ABC1234"\n}') == {"order_id": order_id}
    found = client.send("GET", "/orders/search/?vendor_ref=ABC1234")
    assert found[0] == client.send("GET", f"/orders/{order_id}")
    assert len(found) >= 3
    macke.state("teardown", orderId=order_id)
