"""`diff` and `history` from the command line: their statuses, their files, and what they refuse."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from conformance.report.diff import compare as _compare

from ..report.handmade import Made, exchange, finding
from .conftest import Done

Command = Callable[..., Done]
KEPT = Made(verdicts={"CS-036": "pass"}, exchanges=[exchange(answered='{"carts":[1]}')])
BROKEN = Made(verdicts={"CS-036": "fail"}, findings=[finding()], exchanges=[exchange()], clock="2026-11-23T10:00:00+00:00")


@pytest.fixture
def runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    """The folders of two runs that the same suite made: no need to judge them again."""
    monkeypatch.setattr("conformance.report.diff.compare", lambda old, new: _compare(old, new, again=lambda path, _: path))
    for name, made in (("old", KEPT), ("new", BROKEN)):
        made.write(tmp_path / name / "run.jsonl")
    return tmp_path / "old", tmp_path / "new"


def test_a_new_deviation_ends_with_1(runs: tuple[Path, Path], command: Command) -> None:
    done = command("diff", *map(str, runs))
    assert done.status == 1
    assert "\n1. New: CS-036, pass → fail\n" in done.out
    assert done.out.endswith("1 new deviation. Whose: vendor 1.\n")


def test_a_fixed_one_ends_with_0(runs: tuple[Path, Path], command: Command) -> None:
    done = command("diff", *map(str, reversed(runs)))
    assert done.status == 0
    assert done.out.endswith("No new deviation, 1 fixed. Whose: vendor 1.\n")


@pytest.mark.parametrize(
    ("form", "begins"), [("json", '{\n "old": '), ("markdown", "## ❌ What differs"), ("html", "<!doctype html>")]
)
def test_each_format_goes_into_a_file(
    runs: tuple[Path, Path], command: Command, tmp_path: Path, form: str, begins: str
) -> None:
    out = tmp_path / "made" / "diff.txt"
    done = command("diff", *map(str, runs), "--format", form, "--out", str(out))
    assert (done.status, done.out, done.err) == (1, "", f"{out} written\n")
    assert out.read_text(encoding="utf-8").startswith(begins)


def test_the_page_lies_beside_the_new_run(runs: tuple[Path, Path], command: Command) -> None:
    assert command("diff", *map(str, runs), "--format", "html").status == 1
    assert (runs[1] / "diff.html").read_text(encoding="utf-8").startswith("<!doctype html>")


def test_what_is_no_run_ends_with_3(runs: tuple[Path, Path], command: Command, tmp_path: Path) -> None:
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad" / "run.jsonl").write_text("no run\n")
    done = command("diff", str(runs[0]), str(tmp_path / "bad"))
    assert done.status == 3
    assert done.err.endswith("run.jsonl: line 1 is no line of a run file; was the file edited?\n")


def test_a_history_is_added_to_and_shown(runs: tuple[Path, Path], command: Command, tmp_path: Path) -> None:
    store = tmp_path / "past"
    done = command("history", "add", str(store), *map(str, runs), "--label", "release 7")
    assert (done.status, done.err.count(": added\n")) == (0, 2)
    assert command("history", "add", str(store), str(runs[0])).err.endswith(": is there already\n")
    shown = command("history", "show", str(store))
    assert shown.status == 0
    assert "2 runs of 1 target" in shown.out
    content = json.loads(command("history", "show", str(store), "--format", "json").out)
    assert [row["label"] for row in content["runs"]] == ["release 7", "release 7"]
    done = command("history", "show", str(store), "--format", "html")
    assert (store / "history.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    assert done.err.endswith("history.html written\n")


def test_a_folder_without_runs_ends_with_3(command: Command, tmp_path: Path) -> None:
    done = command("history", "show", str(tmp_path))
    assert done.status == 3
    assert "holds neither history.sqlite nor any run.jsonl" in done.err
