"""Run files made by hand, as small as a question about comparing runs allows."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from conformance.contract import load

API = "imaterialise/cart-status"
TEST = "conformance/suite/imaterialise/test_cart.py::test_it"
OPERATION = f"{API} postCartStatuses"


@dataclass
class Made:
    """What a run file is to say."""

    clock: str = "2026-11-22T10:00:00+00:00"
    verdicts: Mapping[str, str] = field(default_factory=dict)
    findings: Sequence[Mapping[str, Any]] = ()
    readings: Mapping[str, str] = field(default_factory=dict)
    exchanges: Sequence[Mapping[str, Any]] = ()
    header: Mapping[str, Any] = field(default_factory=dict)
    target: Mapping[str, Any] = field(default_factory=dict)
    tests: Sequence[str] = (TEST,)
    ended: bool = True
    more: Sequence[Mapping[str, Any]] = ()

    def write(self, path: Path) -> Path:
        target = {
            "name": "mine", "origin": "mine.toml", "vendor": "imaterialise", "apis": ["cart-status"],
            "base_url": "http://shop.example", "environment": "sandbox", "media_types": ["application/json"],
            "credentials": ["api_code"], "same_credentials": {}, "limits": {}, "states": "", "data": {},
            "pinned_readings": {},
        } | dict(self.target)  # fmt: skip
        header = {
            "kind": "header", "version": 1, "suite": {"name": "order-api-conformance", "version": "1"}, "clock": self.clock,
            "libraries": {}, "seed": 0, "profile": "standard", "read_only": False, "allow_incomplete": True, "apis": [API],
            "selected": [], "contracts": {API: load(API).digest}, "targets": [target],
        } | dict(self.header)  # fmt: skip
        lines: list[Mapping[str, Any]] = [header]
        lines += [{"kind": "plan", "requirements": [], "tests": list(self.tests), "narrowed": False}]
        lines += self.exchanges
        lines += [{"kind": "verdicts", "test": self.tests[0] if self.tests else "", "verdicts": dict(self.verdicts)}]
        lines += [{"kind": "finding", **row} for row in self.findings]
        lines += [{"kind": "reading", "reading": name, "option": option} for name, option in self.readings.items()]
        lines += self.more
        lines += [{"kind": "end", "seconds": 1.5, "requests": len(self.exchanges)}] if self.ended else []
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(json.dumps(line, separators=(",", ":")) + "\n" for line in lines), encoding="utf-8")
        return path


def finding(requirement: str = "CS-036", verdict: str = "fail", **more: Any) -> dict[str, Any]:
    return {
        "id": f"{requirement}-aaaaaa", "verdict": verdict, "requirement": requirement, "api": API, "test": TEST,
        "where": "$.carts", "expected": "9 entries", "actual": "0 entries", "exchanges": ["x00001"], "next_step": "Look.",
        "failed": 1, "attempts": 1, "blocked_by": "", **more,
    }  # fmt: skip


def exchange(number: int = 1, asked: str = "{}", answered: str = '{"carts":[]}', **more: Any) -> dict[str, Any]:
    return {
        "kind": "exchange", "id": f"x{number:05}", "operation": OPERATION, "test": TEST, "at": "2026-11-22T10:00:01Z",
        "milliseconds": 10.0,
        "request": {"method": "POST", "url": "http://shop.example/statuses", "headers": [["apiCode", "[redacted:api_code]"]],
                    "text": asked},
        "response": {"status": 200, "reason": "OK", "headers": [["Content-Type", "application/json"]], "text": answered},
        "failure": "", "closed_while_idle": False, **more,
    }  # fmt: skip
