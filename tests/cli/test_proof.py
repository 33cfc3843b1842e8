"""`prove`, `perturb` and `sandbox`: every option reaches what does the work, which stands still here."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from conformance.proof import Case, Kill, Outcome
from conformance.proof.strangeness import Noticed

from .conftest import Done

Command = Callable[..., Done]
API = "imaterialise/order-cancellation"
FAULT = Case("imaterialise/cancels-twice", "Cancels an order again.", "OC-507")
ODD = Case("imaterialise/by-post", "Takes POST only.")
KILL = Kill("suite/test_x.py::test_again", "OC-507", "fail", 12, 0.5)


@pytest.fixture
def fought(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What the bouts were called with; the fault is told, and the personality is blamed for nothing."""
    calls: list[dict[str, Any]] = []

    def fight(cases: Sequence[Case], **wishes: Any) -> Iterator[Outcome]:
        calls.append({"cases": [case.id for case in cases], **wishes})
        yield from (Outcome(case, (KILL,) if case.requirement else ()) for case in cases)

    def cases(chosen: Sequence[str]) -> list[Case]:
        calls.append({"chosen": list(chosen)})
        return [FAULT, ODD]

    monkeypatch.setattr("conformance.proof.fight", fight)
    monkeypatch.setattr("conformance.proof.cases", cases)
    return calls


def test_the_whole_proof_writes_the_matrix_and_the_figures(
    tmp_path: Path, command: Command, fought: list[dict[str, Any]]
) -> None:
    readme = tmp_path / "README.md"
    readme.write_text("before\n<!-- proof -->\nold\n<!-- end -->\nafter\n")
    done = command("prove", "--out", str(tmp_path / "proof"), "--readme", str(readme), "--jobs", "3", "--full")
    # Most requirements have no fault here: the proof does not hold.
    assert done.status == 1
    assert fought == [{"chosen": []}, {"cases": [FAULT.id, ODD.id], "jobs": 3, "full": True}]
    assert done.err.splitlines() == [
        "1 of 2: imaterialise/cancels-twice: fail OC-507 after 12 requests",
        "2 of 2: imaterialise/by-post: blamed for nothing",
    ]
    rows = json.loads((tmp_path / "proof" / "kill-matrix.json").read_text())["bouts"]
    assert [row["case"]["id"] for row in rows] == [FAULT.id, ODD.id]
    assert (tmp_path / "proof" / "kill-matrix.html").read_text().startswith("<!doctype html>")
    assert "| seeded faults told under their own requirement | 1 of 1 |\n" in readme.read_text()
    assert readme.read_text().endswith("<!-- end -->\nafter\n")


def test_single_cases_and_apis_are_proved_alone(tmp_path: Path, command: Command, fought: list[dict[str, Any]]) -> None:
    done = command("prove", "--out", str(tmp_path), "--api", API, "--case", FAULT.id)
    assert (done.status, done.out.count("The proof holds.")) == (0, 1)
    assert fought[0] == {"chosen": [API]}
    assert (fought[1]["cases"], fought[1]["full"]) == ([FAULT.id], False)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--api", "nobody/orders"), "no API 'nobody/orders'; there are "),
        (("--case", "nobody/nothing"), "no fault and no personality is called nobody/nothing"),
        (("--case", FAULT.id, "--readme", __file__), "the figures of the README are those of the whole proof"),
        (("--readme", os.devnull), "has no <!-- proof --> … <!-- end -->"),
    ],
)
def test_what_cannot_be_proved_is_refused_before_the_first_bout(
    tmp_path: Path, command: Command, fought: list[dict[str, Any]], arguments: tuple[str, ...], told: str
) -> None:
    done = command("prove", "--out", str(tmp_path), *arguments)
    assert (done.status, done.out) == (3, "")
    assert told in done.err
    assert not any("cases" in call for call in fought)


@pytest.mark.parametrize(("least", "status"), [("50", 0), ("51", 1)])
def test_altered_answers_are_counted_as_they_were_wished(
    tmp_path: Path, command: Command, monkeypatch: pytest.MonkeyPatch, least: str, status: int
) -> None:
    calls: list[Any] = []

    def meet(*arguments: Any, **wishes: Any) -> Iterator[tuple[str, int, Noticed]]:
        calls.append((*arguments, wishes))
        yield "macke", 7, Noticed(runs=1, altered=Counter({"drop a row": 4}), caught=Counter({"drop a row": 2}))

    monkeypatch.setattr("conformance.proof.strangers.meet", meet)
    done = command("perturb", "--vendor", "macke", "--answers", "4", "--every", "5", "--seed", "7", "--jobs", "3",
                   "--least", least, "--out", str(tmp_path))  # fmt: skip
    assert (done.status, done.err) == (status, "macke, seed 7: 2 of 4 noticed; so far 50.0% of 4\n")
    assert calls == [(["macke"], 4, {"jobs": 3, "first": 7, "every": 5})]
    told = json.loads((tmp_path / "perturbed.json").read_text())
    assert (told["every"], told["first_seed"], list(told["vendors"])) == (5, 7, ["macke"])
    assert "| macke | drop a row | 4 | 2 | 50.0% | 0 |\n" in (tmp_path / "perturbed.md").read_text()


def test_an_unknown_vendor_is_refused(command: Command) -> None:
    done = command("perturb", "--vendor", "nobody")
    assert (done.status, "no vendor 'nobody'; there are " in done.err) == (3, True)


def test_the_sandbox_serves_what_it_was_told(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[Any] = []
    monkeypatch.setattr("conformance.sandbox.server.serve", lambda *where, **how: calls.append((*where, how)))
    done = command("sandbox", "--host", "::1", "--port", "8080", "--database", "sqlite:///x", "--fault",
                   "imaterialise/allows-eleven-carts")  # fmt: skip
    assert done.status == 0
    [(host, port, how)] = calls
    assert (host, port, how["database_url"], len(how["overrides"])) == ("::1", 8080, "sqlite:///x", 1)
    assert "breaks what it was told to break" in done.err


@pytest.mark.parametrize("kind", ["fault", "personality"])
def test_a_fault_or_personality_that_nobody_seeded_is_refused(command: Command, kind: str) -> None:
    done = command("sandbox", f"--{kind}", "imaterialise/allows-eleven-cart")
    assert (done.status, done.out) == (3, "")
    assert f"no {kind} 'imaterialise/allows-eleven-cart'" in done.err
