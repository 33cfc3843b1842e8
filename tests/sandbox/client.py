"""A client of the sandbox for these tests: requests over loopback, answers as they are."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import requests

from conformance.sandbox.imaterialise.accounts import OWN_API_CODE

NOW = datetime(2026, 3, 31, 12, 0, 0, 500000)
TODAY = NOW.date()
EVER = {"dateFrom": "01-01-2000"}
JSON = "application/json"
XML = "text/xml"

ORDER_STATUS = "/web-api/order"
CART_STATUS = "/web-api/cartstatus/statuses"
CANCELLATION = "/web-api/order/CancelOrderByNumber"


def _session() -> requests.Session:
    session = requests.Session()
    session.trust_env = False
    return session


@dataclass
class Client:
    url: str
    session: requests.Session = field(default_factory=_session)

    def send(
        self,
        method: str,
        path: str,
        accept: str | None = JSON,
        code: str | None = OWN_API_CODE,
        **options: Any,
    ) -> requests.Response:
        headers = {"apiCode": code, "Accept": accept, **options.pop("headers", {})}
        return self.session.request(method, self.url + path, headers=headers, timeout=10, **options)

    def orders(self, params: Any = None, **options: Any) -> Any:
        return self.send("GET", ORDER_STATUS, params=params, **options).json()

    def numbers(self, params: Any = None, **options: Any) -> set[str]:
        return {order["orderNumber"] for order in self.orders(params, **options)["orders"]}

    def order(self, number: str) -> Any:
        (order,) = self.orders({"number": number})["orders"]
        return order

    def carts(self, *ids: Any, **options: Any) -> Any:
        return self.send(
            "POST", CART_STATUS, json={"Carts": [{"CartID": raw} for raw in ids]}, **options
        ).json()

    def cancel(self, number: Any, **options: Any) -> Any:
        return self.send("POST", CANCELLATION, json={"orderNumber": number}, **options).json()

    def state(self, name: str, action: str = "setup", **params: Any) -> Any:
        body = {"state": name, "params": params, "action": action}
        answer = self.session.post(f"{self.url}/_states/imaterialise", json=body, timeout=10)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def new_order(self, status: str, **params: Any) -> Any:
        return self.state("an order", status=status, **params)


def day(value: date) -> str:
    return value.strftime("%d-%m-%Y")


def code_of(document: Any) -> int | None:
    error = document.get("requestError")
    return None if error is None else error["code"]
