"""A history as JSON, for machines."""

from __future__ import annotations

import json
from typing import Any

from conformance.report.history.past import Life, Past, Run


def to_json(past: Past) -> str:
    """Everything that the page shows."""
    content = {
        "runs": [_run(run) for run in past.runs],
        "deviations": [_life(life) for life in past.lives],
        "matrix": {
            "columns": [{"label": column.label, "run": column.run.id, "clock": column.run.clock} for column in past.columns],
            "requirements": {id_: [cell and str(cell) for cell in cells] for id_, cells in past.matrix},
            "readings": dict(past.readings),
        },
        "latency": [
            {"label": pace.label, "operation": pace.operation, "medians": [_rounded(median) for median in pace.medians],
             "slow": _rounded(pace.slow), "failures": pace.failures}
            for pace in past.paces
        ],
    }  # fmt: skip
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _run(run: Run) -> dict[str, Any]:
    return {
        "id": run.id, "label": run.label, "clock": run.clock, "suite": run.suite, "target": run.target,
        "profile": run.profile, "seconds": run.seconds, "requests": run.requests, "exit": run.exit_status,
        "complete": run.complete, "trouble": run.trouble, "path": run.path,
        "verdicts": {str(verdict): number for verdict, number in run.counts},
    }  # fmt: skip


def _life(life: Life) -> dict[str, Any]:
    last = life.last
    return {
        "label": life.label, "finding": last.finding, "requirement": last.requirement, "api": last.api,
        "verdict": str(last.verdict), "where": last.place, "expected": last.expected, "actual": last.actual,
        "state": life.state, "first_seen": life.first_seen, "last_seen": life.last_seen,
        "lived_seconds": life.lived.total_seconds(), "runs": life.pattern, "rate": round(life.rate, 4),
        "flips": life.flips, "flaky": life.flaky,
    }  # fmt: skip


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3)
