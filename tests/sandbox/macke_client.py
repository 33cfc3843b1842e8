"""A client of the marketplace for these tests: requests over loopback, answers as they are."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import requests

from conformance.sandbox.macke.accounts import OWN, Account

NOW = datetime(2026, 3, 31, 12, 0, 0, 500000)
NOW_SECONDS = 1774958400
LETTERS = "PCOFDBIHGNE"
MISS = "Your search did not return any results"


def _session() -> requests.Session:
    session = requests.Session()
    session.trust_env = False
    return session


@dataclass
class Macke:
    url: str
    session: requests.Session = field(default_factory=_session)

    def send(self, method: str, path: str, account: Account | None = OWN, **options: Any) -> requests.Response:
        auth = (account.email, account.api_key) if account else None
        return self.session.request(method, self.url + path, auth=auth, timeout=10, **options)

    def get(self, path: str, params: Any = None, **options: Any) -> Any:
        answer = self.send("GET", path, params=params, **options)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def ids(self, params: Any = None, **options: Any) -> list[int]:
        return [int(row["order_id"]) for row in self.get("/orders", params, **options)["orders"]]

    def order(self, order_id: object, **options: Any) -> Any:
        return self.get(f"/orders/{order_id}", **options)

    def put(self, order_id: object, body: Any, **options: Any) -> tuple[int, Any]:
        answer = self.send("PUT", f"/orders/{order_id}", json=body, **options)
        return answer.status_code, answer.json()

    def search(self, reference: str, **options: Any) -> list[str]:
        return [order["order_id"] for order in self.get("/orders/search", {"vendor_ref": reference}, **options)]

    def state(self, action: str = "setup", **params: Any) -> Any:
        body = {"state": "an order", "params": params, "action": action}
        answer = self.session.post(f"{self.url}/_states/macke", json=body, timeout=10)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def new_order(self, **params: Any) -> str:
        return str(self.state(**params)["orderId"])


def error(status: int, message: str, *details: str) -> dict[str, Any]:
    """The error body of that status."""
    if not details:
        return {"message": message, "status": status}
    return {"message": f"{message}: {'. '.join(details)}", "status": status, "messages": [*details]}
