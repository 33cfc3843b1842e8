"""What public clients of the OrderService send, byte for byte, and what they read of the answers.

The vendor's samples are those of the document; the other clients are public repositories, named where they appear.
Keys and hosts are ours.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

import pytest
from lxml import etree

from conformance.sandbox.dandomain import VENDOR
from conformance.sandbox.dandomain.keys import KEY
from conformance.sandbox.server import running

from .literal import Answer, literal

# The loevgaard clients' base path; the vendor's samples and Kartshopcom/dandomain-proxy write it another way.
GUZZLE = "/admin/WEBAPI/Endpoints/v1_0/OrderService/" + KEY
SAMPLE = "/admin/webapi/Endpoints/v1_0/OrderService/" + KEY
ACCEPT_JSON = {"Accept": "application/json"}
GUZZLE_JSON = {**ACCEPT_JSON, "User-Agent": "GuzzleHttp/6.3.3", "Content-Type": "application/json"}
CURL = {"Accept": "*/*"}

SAMPLE_ORDER = {
    "altDeliveryInfo": {
        "address": "Test Address 22",
        "address2": "",
        "attention": "Test attention",
        "city": "Randers",
        "country": "Danmark",
        "countryId": 2397,
        "ean": "",
        "email": "test@test.dk",
        "fax": "22222222",
        "name": "Test name",
        "phone": "22222222",
        "state": "",
        "zipCode": "8900",
    },
    "currencyCode": "DKK",
    "customerId": 17,
    "orderLines": [{"productId": 304, "quantity": 1}, {"productId": 305, "quantity": 1}],
    "paymentId": 56,
    "shippingId": 48,
    "siteId": 26,
}


@dataclass
class Server:
    """A shop whose clock stands on the last day of the interval in the vendor's C# sample."""

    url: str = ""
    now: datetime = field(default_factory=lambda: datetime(2014, 5, 7, 10, 0, 0))

    def send(self, method: str, target: str, headers: dict[str, str] | None = None, body: Any = None) -> Answer:
        text = "" if body is None else json.dumps(body, separators=(",", ":"))
        length = {"Content-Length": str(len(text))} if body is not None else {}
        return literal(self.url, method, target, {**(headers or {}), **length}, text)

    def done(self, method: str, target: str, headers: dict[str, str] | None = None, body: Any = None) -> Any:
        """As the clients read it: status 200, then JSON."""
        answer = self.send(method, target, headers, body)
        assert answer.status == 200, answer.text
        return answer.json()


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    made = Server()
    with running(vendors=[VENDOR], clock=lambda: made.now) as url:
        made.url = url
        yield made


def test_the_vendors_csharp_samples(server: Server) -> None:
    """.NET's WebRequest: no Accept, a body announced with Expect, PUT with Content-Length: 0."""
    text_json = {"Content-Type": "text/json", "Expect": "100-continue", "Connection": "Keep-Alive"}
    number = server.done("POST", SAMPLE, text_json, SAMPLE_ORDER)["id"]
    assert server.done("GET", f"{SAMPLE}/{number}")["deliveryInfo"]["name"] == "Test name"
    listed = server.done("GET", f"{SAMPLE}/GetByDateInterval?start=2000-1-1&end=2014-5-7")
    assert listed[-1]["id"] == number
    completed = server.send("PUT", f"{SAMPLE}/CompleteOrder/{number}", {"Content-Length": "0", "Content-Type": "text/json"})
    assert (completed.status, completed.text) == (200, "true")
    assert server.done("GET", f"{SAMPLE}/126")["id"] == 126
    assert server.done("DELETE", f"{SAMPLE}/127") is True
    assert server.done("DELETE", f"{SAMPLE}/127") is False
    refused = server.send("POST", SAMPLE, text_json, SAMPLE_ORDER | {"shippingId": 49})
    assert refused.status >= 400
    assert refused.text


def test_the_vendors_php_samples(server: Server) -> None:
    """curl: `Accept: */*`; the service address ends in a slash of its own except where an order is created."""
    service = "/admin/webapi/Endpoints/v1_0/OrderService/"
    body = json.dumps(SAMPLE_ORDER, separators=(",", ":"))
    created = literal(
        server.url, "POST", "/admin/webapi/Endpoints/v1_0/OrderService" + "/" + KEY,
        {**CURL, "Content-Type": "application/json", "Content-Length": str(len(body))}, body,
    )  # fmt: skip
    number = created.json()["id"]
    assert server.done("GET", f"{service}{KEY}/129", CURL)["id"] == 129
    assert server.done("PUT", f"{service}{KEY}/CompleteOrder/130", {**CURL, "Content-Length": "0"}) is True
    assert server.done("GET", f"{service}{KEY}/130", CURL)["incomplete"] is False
    interval = server.done("GET", f"{service}{KEY}/GetByDateInterval?start=2010-5-15&end=2014-7-7", CURL)
    assert number in [order["id"] for order in interval]
    as_printed = server.send("GET", f"{service}{KEY}/GetByDateInterval?start=2010-5-15&amp;amp;end=2014-7-7", CURL)
    assert as_printed.json() == interval
    assert server.done("DELETE", f"{service}{KEY}/{number}", CURL) is True


def test_copy_order_of_loevgaard_dandomain_api(server: Server) -> None:
    """Fetch an order, post its lines back unchanged, complete the new one, then set its state."""
    source = server.done("GET", f"{GUZZLE}/126", GUZZLE_JSON)
    data = {
        "siteId": source["siteId"],
        "altDeliveryInfo": None,
        "currencyCode": source["currencyCode"],
        "customerId": source["customerInfo"]["id"],
        "paymentId": source["paymentInfo"]["id"],
        "shippingId": source["shippingInfo"]["id"],
        "orderLines": source["orderLines"],
    }
    created = server.done("POST", GUZZLE, GUZZLE_JSON, data)
    number = int(created["id"])
    assert server.done("PUT", f"{GUZZLE}/CompleteOrder/{number}", {**ACCEPT_JSON, "Content-Length": "0"}) is True
    assert server.done("PUT", f"{GUZZLE}/SetOrderState/{number}/2", {**ACCEPT_JSON, "Content-Length": "0"}) is True
    copy = server.done("GET", f"{GUZZLE}/{number}", ACCEPT_JSON)
    same = ("customerInfo", "paymentInfo", "shippingInfo", "siteId", "currencyCode", "totalPrice", "totalWeight")
    assert {name: copy[name] for name in same} == {name: source[name] for name in same}
    assert [line | {"id": 0} for line in copy["orderLines"]] == [line | {"id": 0} for line in source["orderLines"]]
    assert (copy["incomplete"], copy["orderState"]["id"]) == (False, 2)


def test_the_failures_that_loevgaard_dandomain_api_looks_for(server: Server) -> None:
    """Its branch v2 searches the body of a 400 and of a 404 for a word, in any letter case."""
    shipping = server.send("POST", GUZZLE, GUZZLE_JSON, SAMPLE_ORDER | {"shippingId": 49})
    assert shipping.status == 400
    assert re.search("shippingmethodnotvalid", shipping.text, re.IGNORECASE)
    unknown = [{"productId": "no such number", "quantity": 1}]
    product = server.send("POST", GUZZLE, GUZZLE_JSON, SAMPLE_ORDER | {"orderLines": unknown})
    assert product.status == 404
    assert re.search("productnotfound", product.text, re.IGNORECASE)


def test_the_texts_of_loevgaard_dandomain_api(server: Server) -> None:
    """Comment and track number go through rawurlencode into the query of a PUT without a body."""
    comment, track = "Ring før kl. 8 & læg den i skuret + tak! 100 % ~ 🎁", "JJD 0003/7070-ø"
    target = f"{GUZZLE}/SetOrderComment/128?comment={quote(comment, safe='~')}"
    assert "%20" in target
    assert server.done("PUT", target, {**ACCEPT_JSON, "Content-Length": "0"}) is True
    target = f"{GUZZLE}/SetTrackNumber/128?tracknumber={quote(track, safe='~')}"
    assert server.done("PUT", target, {**ACCEPT_JSON, "Content-Length": "0"}) is True
    order = server.done("GET", f"{GUZZLE}/128", ACCEPT_JSON)
    assert (order["comment"], order["trackingNumber"]) == (comment, track)


def test_the_pages_of_loevgaard_dandomain_foundation_bundle(server: Server) -> None:
    """Count the modified orders, then fetch them page by page, from page 1."""
    interval = "start=2013-01-01T00:00:00&end=2014-05-07T15:23:28"
    count = server.done("GET", f"{GUZZLE}/CountByModifiedInterval?{interval}", ACCEPT_JSON)
    assert count > 10
    size, numbers = 5, []
    for page in range(1, -(-count // size) + 1):
        query = f"{interval}&pageIndex={page}&pageSize={size}"
        found = server.done("GET", f"{GUZZLE}/GetByModifiedInterval?{query}", ACCEPT_JSON)
        assert all(order["modifiedDate"] for order in found)
        numbers += [order["id"] for order in found]
    assert len(numbers) == len(set(numbers)) == count
    whole = server.done("GET", f"{GUZZLE}/GetByModifiedInterval?{interval}&pageIndex=1&pageSize=100", ACCEPT_JSON)
    assert [order["id"] for order in whole] == numbers


def test_the_times_of_loevgaard_dandomain_api(server: Server) -> None:
    """`Y-m-d\\TH:i:s` without a zone is Danish local time, in both intervals."""
    earlier, server.now = server.now, datetime(2018, 10, 31, 14, 23, 28)  # 15:23:28 in Denmark, in winter
    number = server.done("POST", GUZZLE, GUZZLE_JSON, SAMPLE_ORDER)["id"]
    server.done("PUT", f"{GUZZLE}/CompleteOrder/{number}", {**ACCEPT_JSON, "Content-Length": "0"})
    server.now += timedelta(minutes=1)
    for operation in ("GetByDateInterval", "GetByModifiedInterval"):
        for start, inside in (("2018-10-31T15:23:28", [number]), ("2018-10-31T15:23:29", [])):
            found = server.done("GET", f"{GUZZLE}/{operation}?start={start}&end=2018-10-31T16:23:28", ACCEPT_JSON)
            assert [order["id"] for order in found] == inside
    with_state = f"{GUZZLE}/GetByModifiedInterval?start=2018-10-31T15:23:28&end=2018-10-31T16:23:28&pageIndex=1&pageSize=100"
    assert server.done("GET", f"{with_state}&orderstateid=1", ACCEPT_JSON) == []
    server.done("DELETE", f"{GUZZLE}/{number}", ACCEPT_JSON)
    server.now = earlier


def test_the_other_reads_of_loevgaard_dandomain_api(server: Server) -> None:
    """Its entities and bundle read a state's four members, and an order's dates with a plus before the offset."""
    states = server.done("GET", f"{GUZZLE}/OrderStates", ACCEPT_JSON)
    assert {tuple(state) for state in states} == {("exclStatistics", "id", "isDefault", "name")}
    for customer in ("17", "170"):
        orders = server.done("GET", f"{GUZZLE}/GetByCustomerNumber/{customer}", ACCEPT_JSON)
        assert {order["customerInfo"]["id"] for order in orders} == {customer}
        assert all(re.search(r"/Date\(([0-9]+)\+0[12]00\)/", order["createdDate"]) for order in orders)
        assert all(float(line["vatPct"]) == 25 for order in orders for line in order["orderLines"])


def test_the_xml_of_loevgaard_dandomain_api(server: Server) -> None:
    """Its branch legacy can ask for `application/xml`."""
    answer = server.send("GET", f"{GUZZLE}/126", {"Accept": "application/xml"})
    assert answer.headers["content-type"] == "application/xml; charset=utf-8"
    order = server.done("GET", f"{GUZZLE}/126", ACCEPT_JSON)
    root = etree.fromstring(answer.body)
    assert [etree.QName(child).localname for child in root] == list(order)
    assert root.findtext("{*}customerInfo/{*}name") == order["customerInfo"]["name"]


def test_the_two_days_of_kartshopcom_dandomain_proxy(server: Server) -> None:
    """It asks for both sites, joins the lists by number and sorts them itself. `site` filters nothing."""
    base = SAMPLE + "/GetByDateInterval?start=2014-04-01T10:00:00&end=2014-05-07T10:00:00"
    found = [server.done("GET", f"{base}&site={site}", {**ACCEPT_JSON, "User-Agent": "node"}) for site in (26, 29)]
    assert found[0] == found[1]
    merged = {order["id"]: order for orders in found for order in orders}
    assert len(merged) == len(found[0]) > 0
    assert {order["siteId"] for order in merged.values()} == {26, 29}


@pytest.mark.parametrize(
    "rest",
    [
        "/GetOrdersByDateInterval/2014-05-06/2014-05-07/26",
        "/GetByDateInterval/2014-05-06/2014-05-07",
        "/GetByDateInterval?startdate=2014-05-06&enddate=2014-05-07",
        "/GetByDateInterval?startdate=2014-05-07T00:00:00&enddate=2014-05-07T23:59:59&siteid=26",
    ],
)
def test_the_forms_that_kartshopcom_dandomain_proxy_gave_up(server: Server, rest: str) -> None:
    assert server.send("GET", SAMPLE + rest, ACCEPT_JSON).status in {400, 404}


@pytest.mark.parametrize("slash", ["/", "//"])
def test_the_days_of_the_business_central_codeunit_import_orders_rest(server: Server, slash: str) -> None:
    """Day by day with one date for both ends, no Accept, and in its published form two slashes behind the key."""
    known = {order["id"] for order in server.done("GET", f"{SAMPLE}/GetByDateInterval?start=2014-3-1&end=2014-3-31")}
    found: list[int] = []
    for day in range(1, 32):
        date = f"2014-03-{day:02}"
        target = f"{SAMPLE}{slash}GetByDateInterval?start={date}&end={date}"
        orders = server.done("GET", target, {"User-Agent": "Dynamics 365"})
        assert isinstance(orders, list)
        found += [order["id"] for order in orders]
    assert (len(found), set(found)) == (len(known), known)
    assert known


def test_the_range_of_drilon_searchmind_apex(server: Server) -> None:
    """It leaves out incomplete orders and those whose state is kept out of statistics, so it must be told of both."""
    target = f"{GUZZLE}/GetByDateInterval?start=2013-05-01&end=2014-04-30"
    orders = server.done("GET", target, ACCEPT_JSON)
    assert {order["incomplete"] for order in orders} == {True, False}
    assert {(order["orderState"] or {}).get("exclStatistics") for order in orders} == {True, False, None}
    assert all(order["totalPrice"] > 0 and order["shippingInfo"]["feeInclVat"] in {True, False} for order in orders)
