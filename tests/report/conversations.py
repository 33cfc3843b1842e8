"""Exchanges of a conversation about orders, and the run file that holds them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from conformance.report.gathered import Gathered, gather
from conformance.run.finding import Finding, Verdict
from conformance.wire import Exchange, Request, Response

from .lines import END, header, written

CANCEL, STATUS, SHOP = "imaterialise/order-cancellation", "imaterialise/order-status", "dandomain/orders"
HOST = "http://mine.example"
_SERVICE = "/admin/webapi/endpoints/v1_0/OrderService/[redacted:key]"
TEST = "conformance/suite/imaterialise/test_x.py::test_y[json]"


def listed(id_: str, *numbers: str, query: str = "?dateFrom=01-01-2000", test: str = TEST) -> dict[str, Any]:
    """A list of orders."""
    orders = [{"orderID": f"guid-{number}-1", "orderNumber": number, "status": 1} for number in numbers]
    return _line(id_, f"{STATUS} getOrders", "GET", f"/web-api/order{query}", b"", {"orders": orders}, test)


def cancelled(id_: str, number: str, *, status: int = 200, test: str = TEST, **answer: Any) -> dict[str, Any]:
    """A cancellation."""
    body = json.dumps({"orderNumber": number}).encode()
    path = "/web-api/order/CancelOrderByNumber"
    return _line(id_, f"{CANCEL} cancelOrderByNumber", "POST", path, body, {"orderNumber": number, **answer}, test, status)


def provided(
    id_: str, number: str, state: str = "an order", gives: str = "orderNumber", action: str = "setup", **params: Any
) -> dict[str, Any]:  # fmt: skip
    """A provider state."""
    body = json.dumps({"state": state, "params": params or {"status": "Ordered"}, "action": action}).encode()
    return _line(id_, "provider state", "POST", "/_states", body, {gives: number}, "first contact")


def created(id_: str, number: int, *, test: str = "another", **asked: Any) -> dict[str, Any]:
    """The creation of an order in a shop."""
    body = json.dumps({"siteId": 26, **asked}).encode()
    return _line(id_, f"{SHOP} CreateOrder", "POST", _SERVICE, body, {"id": number, "siteId": 26}, test)


def commented(id_: str, number: int, comment: str, *, test: str = TEST) -> dict[str, Any]:
    """The setting of a comment."""
    path = f"{_SERVICE}/SetOrderComment/{number}?comment={comment}"
    return _line(id_, f"{SHOP} SetOrderComment", "PUT", path, b"", True, test)


def looked_up(id_: str, number: int, *, test: str = TEST, **shown: Any) -> dict[str, Any]:
    """A look at an order."""
    return _line(id_, f"{SHOP} GetOrder", "GET", f"{_SERVICE}/{number}", b"", {"id": number, **shown}, test)


def about(requirement: str, *exchanges: str, api: str = CANCEL, **more: Any) -> Finding:
    told: dict[str, Any] = {"where": "$.requestError", "expected": "error 507", "actual": "error 508"}
    told |= {"failed": 1, "attempts": 1}
    return Finding(f"{requirement}-abc123", Verdict.FAIL, requirement, api, TEST, exchanges=exchanges,
                   next_step="Check for Cancelled before checking for 508.", **{**told, **more})  # fmt: skip


def run_with(folder: Path, finding: Finding, *lines: dict[str, Any], **more: Any) -> Gathered:
    verdicts = {"kind": "verdicts", "test": TEST, "requests": 1, "verdicts": {finding.requirement: str(finding.verdict)}}
    return gather(written(folder, header(finding.api, **more), *lines, finding.to_json(), verdicts, END))


def _line(
    id_: str, operation: str, method: str, path: str, body: bytes, answer: Any, test: str, status: int = 200
) -> dict[str, Any]:
    headers = (("apiCode", "[redacted:api_code]"), ("Accept", "application/json"), ("X-Trace", "1"))
    response = Response(status, "OK", (("Content-Type", "application/json"), ("Server", "x")), json.dumps(answer).encode())
    return Exchange(id_, operation, Request(method, HOST + path, headers, body), response, "", "2026-01-31T12:00:00+00:00",
                    3.0, test).to_json()  # fmt: skip
