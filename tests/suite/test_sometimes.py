"""Faults that show at one of four times, over real HTTP: k of n attempts are on record, and no run is green."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from conformance.sandbox.faults import faults
from tests.suite.judged import deviations, judged


@pytest.mark.parametrize(
    "fault",
    ["imaterialise/sometimes-finds-nothing", "dandomain/sometimes-loses-a-comment", "macke/loses-the-status-sometimes"],
)
def test_a_fault_at_one_of_four_times_is_inconclusive_with_k_of_n_on_record(fault: str, tmp_path: Path) -> None:
    seeded = faults()[fault]
    status, summary, printed = judged(tmp_path, seeded.rules, "--requirement", seeded.requirement)
    assert (status, summary["exit"]) == (1, 1), printed
    assert deviations(summary).get(seeded.requirement) == "inconclusive", printed
    lines = map(json.loads, (tmp_path / "out" / "run.jsonl").read_text(encoding="utf-8").splitlines())
    found = [line for line in lines if line["kind"] == "finding" and line["requirement"] == seeded.requirement]
    assert {line["verdict"] for line in found} == {"inconclusive"}
    for line in found:
        assert 0 < line["failed"] < line["attempts"]
        assert line["exchanges"]
        assert f"showed in {line['failed']} of {line['attempts']} attempts" in printed
