"""Baseline files and runs made by hand, about OS-106 (a must); the run's clock stands at 2026-01-31."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from conformance.run.baseline import Assessment, Baseline, assess
from conformance.run.summary import Tally
from tests.report.lines import END, ORDERS, header, verdicts

PLACE = "$.requestError"
LAST_DAY, DAY_BEFORE = "2026-01-31", "2026-01-30"
KEPT = verdicts(OS_108="pass")
"""So that every run has judged something."""


def entry(requirement: str = "OS-106", verdict: str = "fail", **more: Any) -> dict[str, Any]:
    row: dict[str, Any] = {"requirement": requirement, "verdict": verdict, "reason": "they mend it", "owner": "Jane",
                           "first_seen": "2026-01-01", "expires": LAST_DAY}  # fmt: skip
    if verdict in ("fail", "warn", "inconclusive"):
        row["where"] = PLACE
    if verdict == "inconclusive":
        row["max_rate"] = 0.5
    row |= more
    return {key: value for key, value in row.items() if value is not None}


def file(folder: Path, *entries: Mapping[str, Any], readings: Mapping[str, Any] | None = None) -> Path:
    """A baseline; entry n stands in line n + 2."""
    rows = "".join(f"- {json.dumps(row)}\n" for row in entries)
    path = folder / "baseline.yaml"
    path.write_text(f"version: 1\naccepted: {'' if rows else '[]'}\n{rows}readings: {json.dumps(readings or {})}\n")
    return path


def run(*lines: Mapping[str, Any], end: bool = True, **head: Any) -> Tally:
    """A run of order status."""
    result = Tally()
    for line in (header(ORDERS, **head), KEPT, *lines, *[END] * end):
        result.add(line)
    return result


def assessed(folder: Path, result: Tally, *entries: Mapping[str, Any], **more: Any) -> Assessment:
    return assess(Baseline.read(file(folder, *entries, **more)), result)
