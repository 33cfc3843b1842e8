"""`conformance baseline` and `run --baseline --gate` as their users start them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from conformance.run.baseline import SCHEMA_FILE
from conformance.run.finding import Verdict
from tests.report.lines import CARTS, END, ORDERS, finding, header, verdicts, written
from tests.run.baseline.files import entry, file

from .conftest import Done

Command = Callable[..., Done]


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    return written(
        tmp_path, header(ORDERS), verdicts(OS_106="fail", OS_108="pass", OS_003="not_testable"), finding("OS-106"),
        finding("OS-003", Verdict.NOT_TESTABLE, where="", actual="needs an order"), END,
    )  # fmt: skip


def test_what_is_suggested_is_accepted_once_somebody_owns_it(tmp_path: Path, broken: Path, command: Command) -> None:
    path = tmp_path / "conformance-baseline.yaml"
    path.write_text(command("baseline", "suggest", str(broken)).out)
    refused = command("baseline", "check", str(broken), "--baseline", str(path))
    assert (refused.status, refused.out) == (3, "")
    assert refused.err.startswith(f"Error: {path}: line 8: entry 1: reason still says TODO; say why this is accepted\n")
    wishes = ("--owner", "Jane", "--reason", "they mend it", "--link", "https://t.example", "--expires", "2026-03-01")
    path.write_text(command("baseline", "suggest", str(broken.parent), *wishes).out)
    assert "    link: https://t.example\n    first_seen: 2026-01-31\n    expires: 2026-03-01\n" in path.read_text()
    done = command("baseline", "check", str(broken.parent), "--baseline", str(path))
    assert (done.status, done.out) == (0, "2 findings accepted by 2 entries\nexit status 0\n")


def test_observed_readings_are_suggested_where_they_are_wished(tmp_path: Path, command: Command) -> None:
    reading = {"kind": "reading", "requirement": "CS-037", "reading": "cart-limit", "option": "ten-allowed", "exchanges": []}
    run = written(tmp_path, header(CARTS), reading, verdicts(CS_037="observed"), END)
    wished = command("baseline", "suggest", str(run), "--readings").out
    assert wished.endswith("accepted: []\n\nreadings:\n  cart-limit: ten-allowed\n")
    assert "readings" not in command("baseline", "suggest", str(run)).out


def test_check_ends_with_the_status_of_the_worst_tooth(tmp_path: Path, broken: Path, command: Command) -> None:
    stale = file(tmp_path, entry(), entry("OS-108"), entry("CS-010"))
    done = command("baseline", "check", str(broken), "--baseline", str(stale))
    assert (done.status, done.out.split("\n")) == (2, [
        "1 finding accepted by 1 entry",
        "1 of 3 entries is about something that this run did not judge",
        "Passes now: entry 2 (line 4) accepts OS-108 fail at $.requestError, but OS-108 is kept; remove the entry.",
        "Not judged: OS-003; no entry accepts that.",
        "exit status 2", "",
    ])  # fmt: skip


def test_explain_tells_one_finding_and_refuses_a_name_that_nothing_has(
    tmp_path: Path, broken: Path, command: Command
) -> None:
    arguments = ("baseline", "explain", str(broken), "--baseline", str(file(tmp_path, entry())))
    assert command(*arguments, "OS-106-000001").out == (
        "OS-106-000001: OS-106 fail at $.requestError\n"
        "  accepted by entry 1 (line 3): they mend it (Jane, 2026-01-01 to 2026-01-31)\n"
    )
    done = command(*arguments, "nothing")
    assert (done.status, done.err.rpartition("Error: ")[2]) == (
        3, "neither the run nor the baseline has 'nothing': give a finding, a requirement or an entry\n")  # fmt: skip


def test_lint_looks_at_every_file_and_schema_prints_its_form(tmp_path: Path, command: Command) -> None:
    good, bad = file(tmp_path, entry()), tmp_path / "bad.yaml"
    bad.write_text("version: 3\n")
    done = command("baseline", "lint", str(bad), str(good))
    assert (done.status, done.out, done.err) == (
        3, f"{good}: 1 entry, well formed\n", f"{bad}: line 1: version: 3 is not 1, the version of this form\n")  # fmt: skip
    assert json.loads(command("baseline", "schema").out) == json.loads(SCHEMA_FILE.read_text())


def test_a_run_with_a_bad_baseline_sends_nothing(tmp_path: Path, process: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    (tmp_path / "b.yaml").write_text("version: 1\naccepted:\n- owner: Jane\n")
    done = process("run", "--out", "out", "--baseline", "b.yaml", "--gate")
    assert (done.status, (tmp_path / "out").exists()) == (3, False)
    assert done.err.startswith("Error: b.yaml: line 3: entry 1: lacks expires\n")
    assert done.out.startswith("::error title=conformance::b.yaml: line 3: entry 1: lacks expires%0Ab.yaml: line 3: ")
    assert done.out.count("\n") == 1


def test_a_run_ends_in_the_light_of_its_baseline(
    tmp_path: Path, target: Path, process: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY"):
        monkeypatch.delenv(name, raising=False)
    arguments = ("run", str(target), "--out", "out", "--profile", "quick", "--requirement", "OS-106")
    done = process(*arguments, "--gate")
    *errors, verdict, evidence, status = done.out.splitlines()
    assert (done.status, evidence, status) == (1, "evidence: out/run.jsonl", "exit status 1"), done.err
    assert errors
    assert all(line.startswith("ERROR fail OS-106 (imaterialise/order-status): at ") for line in errors)
    assert "\x1b" not in done.out
    assert verdict.startswith("The target deviates from its contract in a way that the baseline does not accept; ")
    assert "baseline" not in json.loads((tmp_path / "out" / "summary.json").read_text())

    suggested = process("baseline", "suggest", "out", "--owner", "Jane", "--reason", "they mend it")
    (tmp_path / "b.yaml").write_text(suggested.out, encoding="utf-8")
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    (tmp_path / "summary.md").write_text("before\n")
    done = process(*arguments, "--gate", "--baseline", "b.yaml")
    assert (done.status, done.out.splitlines()[-1]) == (0, "exit status 0"), done.out + done.err
    assert "::error" not in done.out
    summary = json.loads((tmp_path / "out" / "summary.json").read_text())
    assert (summary["exit"], sorted(summary["baseline"]["accepted"].values())) == (0, [*range(1, len(errors) + 1)])
    assert (tmp_path / "summary.md").read_text().startswith("before\n## ")

    monkeypatch.delenv("GITHUB_ACTIONS")
    done = process(*arguments, "--baseline", "b.yaml")
    assert (done.status, done.out.splitlines()[-1]) == (0, "  exit status  0"), done.err
    assert "\nThe target deviates only as the baseline accepts; " in done.out
    assert "\n  baseline  accepted until " in done.out
    assert "\nBaseline: b.yaml\n" in done.out


def test_a_target_that_is_not_there_is_told_to_the_gate(
    tmp_path: Path, process: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    done = process("run", "none.toml", "--out", "out", "--gate")
    assert (done.status, done.out.splitlines()[-1]) == (3, "exit status 3")
    assert done.out.startswith("::error title=conformance::none.toml: there is no such file; ")
    assert "there is no such file" in (tmp_path / "summary.md").read_text()
