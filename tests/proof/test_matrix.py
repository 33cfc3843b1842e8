"""What follows from bouts: which requirement is proven, and when the proof holds."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import pytest

from conformance.contract import Level
from conformance.proof import Case, Kill, Matrix, Outcome
from conformance.proof.figures import has_marks, markdown, update
from conformance.proof.matrix import Proof
from conformance.proof.page import page

API = "imaterialise/order-cancellation"
FAULT = Case("imaterialise/cancels-twice", "Cancels an order again.", "OC-507", ("OC-048",))
ODD = Case("imaterialise/by-post", "Takes <b>POST</b> only.")
KILL = Kill("suite/test_x.py::test_again", "OC-507", "fail", 12, 0.5)


def matrix(*outcomes: Outcome) -> Matrix:
    return Matrix(outcomes, (API,))


def standing(of: Matrix, requirement: str) -> str:
    return next(row.standing for row in of.standings if row.requirement == requirement)


def test_a_fault_that_is_told_proves_its_requirement() -> None:
    proved = matrix(Outcome(FAULT, (KILL,)))
    assert standing(proved, "OC-507") == "proven"
    assert standing(proved, "OC-508") == "unproven"
    assert (proved.missed, proved.requests_to_kill) == ([], 12)
    assert proved.of_level(Level.MUST)[Proof.PROVEN] == 1


def test_a_fault_told_under_another_name_proves_nothing() -> None:
    missed = Outcome(FAULT, (), {"OC-001": "fail"})
    assert standing(matrix(missed), "OC-507") == "unproven"
    assert matrix(missed).missed == [missed]


@pytest.mark.parametrize(
    ("outcome", "reason"),
    [
        (Outcome(FAULT), "imaterialise/cancels-twice is not told under OC-507: Cancels an order again."),
        (Outcome(ODD, (), {"OC-010": "fail"}), "imaterialise/by-post is legal and blamed: OC-010 fail"),
        (Outcome(ODD, trouble="it hung"), "imaterialise/by-post brought the suite down: it hung"),
        (Outcome(ODD, (), {"OC-010": "suite_error"}), "imaterialise/by-post brought the suite down: OC-010 suite_error"),
    ],
)
def test_each_reason_why_a_proof_does_not_hold_is_a_sentence(outcome: Outcome, reason: str) -> None:
    assert reason in matrix(outcome).gate()


def test_single_cases_say_nothing_of_other_requirements() -> None:
    assert Matrix((Outcome(FAULT, (KILL,)),), (API,), partial=True).gate() == []


def test_a_full_proof_tells_what_each_check_tells_alone() -> None:
    other = Kill("suite/test_y.py::test_else", "OC-048", "fail", 20, 1.0)
    second = Case("imaterialise/only-says-it-cancels", "Says only that it cancels.", "OC-046")
    full = Matrix((Outcome(FAULT, (KILL, other)), Outcome(second, (KILL,))), (API,), full=True)
    assert (full.killers[KILL.test], full.lone_killers[KILL.test], full.lone_killers[other.test]) == (2, 1, 0)
    assert 'id="single"' in page(full)
    assert 'id="single"' not in page(matrix(Outcome(FAULT, (KILL,))))


def test_what_nothing_can_test_is_no_reason() -> None:
    untestable = [row for row in matrix().standings if row.standing == "untestable"]
    assert {row.level for row in untestable} >= {Level.MAY}
    assert all(row.reason for row in untestable)


def test_a_matrix_is_written_as_plain_values() -> None:
    told = Outcome(FAULT, (KILL,), {"OC-048": "warn"}, 20, 1.5)
    written = json.loads(json.dumps(matrix(told, Outcome(ODD)).to_json()))
    assert (written["version"], written["apis"], written["full"], written["partial"]) == (1, [API], False, False)
    first, second = written["bouts"]
    assert first["case"] == {**asdict(FAULT), "roots": ["OC-048"]}
    assert (first["kills"], first["alarms"], first["requests"]) == ([asdict(KILL)], {"OC-048": "warn"}, 20)
    assert (second["case"]["id"], second["kills"]) == (ODD.id, [])


def test_the_page_holds_the_matrix_and_nothing_becomes_markup() -> None:
    text = page(matrix(Outcome(FAULT, (KILL,)), Outcome(ODD)))
    assert "Takes &lt;b&gt;POST&lt;/b&gt; only." in text
    assert 'id="OC-507"' in text
    assert "<script" not in text


def test_the_figures_are_written_between_the_marks(tmp_path: Path) -> None:
    file = tmp_path / "README.md"
    file.write_text("before\n<!-- proof -->\nold\n<!-- end -->\nafter\n", encoding="utf-8")
    proved = matrix(Outcome(FAULT, (KILL,)))
    assert has_marks(file)
    update(file, proved)
    assert file.read_text(encoding="utf-8") == f"before\n<!-- proof -->\n{markdown(proved)}<!-- end -->\nafter\n"
    file.write_text("no marks\n", encoding="utf-8")
    assert not has_marks(file)
