"""Run files made by hand: the header of a finished run, and any further lines."""

from __future__ import annotations

from collections.abc import Mapping
from io import StringIO
from pathlib import Path
from typing import Any

from rich.console import Console

from conformance.contract import load
from conformance.report import print_report, read
from conformance.run.finding import Finding, Verdict
from conformance.run.runfile import RunFile
from conformance.wire import Exchange, Request, Response

ORDERS, CARTS = "imaterialise/order-status", "imaterialise/cart-status"
END: Mapping[str, Any] = {"kind": "end", "seconds": 2.0, "requests": 1}


def header(*apis: str, **more: Any) -> dict[str, Any]:
    target = {"name": "mine", "vendor": "imaterialise", "base_url": "http://mine.example", "environment": "sandbox"}
    return {
        "kind": "header",
        "version": 1,
        "suite": {"name": "order-api-conformance", "version": "0"},
        "clock": "2026-01-31T12:00:00+00:00",
        "seed": 7,
        "profile": "quick",
        "apis": list(apis),
        "contracts": {api: load(api).digest for api in apis},
        "targets": [target],
        **more,
    }


def verdicts(**by_id: str) -> dict[str, Any]:
    """Verdicts by requirement; `OS_106` stands for `OS-106`."""
    given = {id_.replace("_", "-"): verdict for id_, verdict in by_id.items()}
    return {"kind": "verdicts", "test": "a test", "requests": 1, "verdicts": given}


def finding(requirement: str, verdict: Verdict = Verdict.FAIL, **more: Any) -> dict[str, Any]:
    number = more.pop("number", 1)
    api = ORDERS if requirement.startswith("OS") else CARTS
    members: dict[str, Any] = {"where": "$.requestError", "expected": "106", "actual": "108", "test": "a test"}
    return Finding(
        id=f"{requirement}-{number:06}", verdict=verdict, requirement=requirement, api=api, **{**members, **more}
    ).to_json()


def exchange(id_: str, body: bytes, url: str = "http://mine.example/web-api/order", **more: Any) -> dict[str, Any]:
    headers = (("apiCode", "[redacted:api_code]"), ("Accept", "application/json"))
    return Exchange(
        id=id_,
        operation="getOrders",
        request=Request("GET", url, headers, b""),
        response=Response(200, "OK", (("Content-Type", more.get("content_type", "application/json")),), body),
        failure="",
        at="2026-01-31T12:00:00.000+00:00",
        milliseconds=3.0,
    ).to_json()


def written(folder: Path, *lines: Mapping[str, Any]) -> Path:
    file = RunFile(folder / "run.jsonl")
    for line in lines:
        file.write(line)
    file.close()
    return folder / "run.jsonl"


def printed(path: Path, width: int = 80) -> str:
    out = StringIO()
    print_report(read(path), Console(file=out, width=width, markup=False, emoji=False, highlight=False))
    return out.getvalue()
