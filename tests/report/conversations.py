"""Exchanges of a conversation about orders, and the run file that holds them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from conformance.report.gathered import Gathered, gather
from conformance.run.finding import Finding, Verdict
from conformance.wire import Exchange, Request, Response

from .lines import END, header, written

CANCEL, STATUS = "imaterialise/order-cancellation", "imaterialise/order-status"
HOST = "http://mine.example"
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


def provided(id_: str, number: str) -> dict[str, Any]:
    """A provider state."""
    body = json.dumps({"state": "an order", "params": {"status": "Ordered"}, "action": "setup"}).encode()
    return _line(id_, "provider state", "POST", "/_states", body, {"orderNumber": number}, "first contact")


def about(requirement: str, *exchanges: str, api: str = CANCEL, **more: Any) -> Finding:
    told: dict[str, Any] = {"where": "$.requestError", "expected": "error 507", "actual": "error 508"}
    told |= {"failed": 1, "attempts": 1}
    return Finding(f"{requirement}-abc123", Verdict.FAIL, requirement, api, TEST, exchanges=exchanges,
                   next_step="Check for Cancelled before checking for 508.", **{**told, **more})  # fmt: skip


def run_with(folder: Path, finding: Finding, *lines: dict[str, Any], **more: Any) -> Gathered:
    verdicts = {"kind": "verdicts", "test": TEST, "requests": 1, "verdicts": {finding.requirement: str(finding.verdict)}}
    return gather(written(folder, header(finding.api, **more), *lines, finding.to_json(), verdicts, END))


def _line(
    id_: str, operation: str, method: str, path: str, body: bytes, answer: dict[str, Any], test: str, status: int = 200
) -> dict[str, Any]:
    headers = (("apiCode", "[redacted:api_code]"), ("Accept", "application/json"), ("X-Trace", "1"))
    response = Response(status, "OK", (("Content-Type", "application/json"), ("Server", "x")), json.dumps(answer).encode())
    return Exchange(id_, operation, Request(method, HOST + path, headers, body), response, "", "2026-01-31T12:00:00+00:00",
                    3.0, test).to_json()  # fmt: skip
