"""A client of the DanDomain sandbox for these tests: requests over loopback, answers as they are."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import requests

from conformance.sandbox.dandomain.keys import KEY

NOW = datetime(2026, 3, 31, 12, 0, 0, 500000)
"""14:00 in Denmark, two days after the clocks were put forward."""
BASE = "/admin/webapi/endpoints/v1_0/OrderService"
EVER = "start=2000-1-1"
TODAY = "start=2026-03-31&end=2026-03-31"
NAMESPACE = "http://schemas.datacontract.org/2004/07/DanDomain.Products.Shop.WebAPI.DTO.v1_0.Order"


def session_without_proxies() -> requests.Session:
    session = requests.Session()
    session.trust_env = False
    return session


@dataclass
class Shop:
    url: str
    session: requests.Session = field(default_factory=session_without_proxies)

    def send(self, method: str, path: str = "", key: str = KEY, **options: Any) -> requests.Response:
        """A request behind the key; a path that is none of ours goes as it is."""
        return self.session.request(method, f"{self.url}{BASE}/{key}{path}", timeout=10, **options)

    def done(self, method: str, path: str) -> Any:
        """What a request that must succeed is answered."""
        answer = self.send(method, path)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def listed(self, query: str = EVER, operation: str = "GetByDateInterval") -> list[int]:
        return [order["id"] for order in self.done("GET", f"/{operation}?{query}")]

    def modified(self, query: str) -> list[int]:
        return self.listed(query, "GetByModifiedInterval")

    def order(self, number: int) -> Any:
        return self.done("GET", f"/{number}")

    def create(self, **changed: Any) -> Any:
        answer = self.send("POST", json=order_body(**changed))
        assert answer.status_code == 200, answer.text
        return answer.json()

    def refused(self, body: Any) -> tuple[int, Any]:
        """The status and the word of an order that is not accepted."""
        answer = self.send("POST", json=body)
        return answer.status_code, answer.json()

    def state(self, name: str, action: str = "setup", **params: Any) -> Any:
        body = {"state": name, "params": params, "action": action}
        answer = self.session.post(f"{self.url}/_states/dandomain", json=body, timeout=10)
        assert answer.status_code == 200, answer.text
        return answer.json()


def order_body(**changed: Any) -> dict[str, Any]:
    """An order as the vendor's sample, without an address of its own; None is sent as null."""
    body = {
        "currencyCode": "DKK",
        "customerId": 17,
        "orderLines": [{"productId": 304, "quantity": 1}],
        "paymentId": 56,
        "shippingId": 48,
        "siteId": 26,
    }
    return body | changed


def without(name: str) -> dict[str, Any]:
    return {member: value for member, value in order_body().items() if member != name}


def line(**changed: Any) -> dict[str, Any]:
    return order_body(orderLines=[{"productId": 304, "quantity": 1} | changed])


def instant_of(date: str) -> datetime:
    """The UTC instant of `/Date(ms+hhmm)/`."""
    match = re.fullmatch(r"/Date\((-?[0-9]+)[+-][0-9]{4}\)/", date)
    assert match, date
    return datetime.fromtimestamp(0, UTC).replace(tzinfo=None) + timedelta(milliseconds=int(match[1]))
