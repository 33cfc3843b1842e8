"""A run in which everything occurs once, with texts that would like to be more than texts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from conformance.report.gathered import Gathered, gather
from conformance.run.baseline import Assessment, Baseline, Entry, assess
from conformance.run.finding import Verdict

from .lines import CARTS, END, ORDERS, exchange, finding, header, verdicts, written

HOSTILE = "`x\n\n# owned <b>&amp;]]> @you \x1b[2J\x00\ufffe\u202e"
BODY = b'{"requestError": {"code": 108, "message": "<![CDATA[ no \\u0000"}}'
GIVEN = {
    "OS_106": "fail", "OS_103": "warn", "OS_010": "inconclusive", "OS_002": "suite_error", "OS_001": "blocked",
    "OS_019": "not_testable", "OS_007": "observed", "OS_003": "pass", "OS_018": "not_applicable", "CS_102": "fail",
}  # fmt: skip


def lines(**more: Any) -> list[Mapping[str, Any]]:
    """Everything but the end."""
    return [
        header(ORDERS, CARTS, **more),
        {"kind": "plan", "requirements": ["OS-106", "CS-037"]},
        exchange("x1", BODY),
        finding("OS-106", where="$.requestError.code", exchanges=("x1",), next_step="Mend it.", failed=3, attempts=3),
        finding("OS-106", where=HOSTILE, expected=HOSTILE, actual=HOSTILE, number=2, exchanges=("x1",), next_step=HOSTILE),
        finding("OS-103", Verdict.WARN, number=3, exchanges=("x9",)),
        finding("OS-010", Verdict.INCONCLUSIVE, number=4, failed=1, attempts=3),
        finding("OS-002", Verdict.SUITE_ERROR, number=5, where="", expected="", actual="KeyError: 'x'"),
        finding("OS-001", Verdict.BLOCKED, number=6, blocked_by="OS-106", actual="follows from OS-106"),
        finding("OS-019", Verdict.NOT_TESTABLE, number=7, actual="the run is read-only"),
        finding("CS-102", number=8),
        {"kind": "reading", "requirement": "CS-037", "reading": "cart-limit", "option": "ten-allowed", "exchanges": []},
        {**verdicts(**GIVEN), "test": ""},
    ]


def varied(folder: Path, *more: Mapping[str, Any], end: Mapping[str, Any] | None = END) -> Gathered:
    return gather(written(folder, *lines(), *more, *([end] if end else [])))


def accepting(gathered: Gathered, *entries: tuple[str, Verdict], expires: date = date(2026, 12, 31)) -> Assessment:
    """The run against a baseline that accepts these, wherever they show."""
    rows = tuple(
        Entry(requirement, verdict, reason=f"known {HOSTILE}", owner="orders@example.org", first_seen=date(2026, 1, 1),
              expires=expires, number=number)
        for number, (requirement, verdict) in enumerate(entries, start=1)
    )  # fmt: skip
    return assess(Baseline("known.yaml", rows), gathered.tally)
