"""Runs over time: what is kept, how long deviations live, what stands side by side."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from conformance.report import screen
from conformance.report.history import Past, add, read
from conformance.report.history.jsonform import to_json
from conformance.report.history.page import to_page
from conformance.report.history.past import told_span
from conformance.report.history.terminal import print_history
from conformance.run.runfile import RunFileError

from .handmade import OPERATION, Made, exchange, finding


def run(day: int, verdict: str = "fail", **more: Any) -> Made:
    """A run of one requirement on a day of November."""
    findings = [finding(verdict=verdict)] if verdict in {"fail", "warn", "inconclusive"} else []
    clock = f"2026-11-{day:02}T10:00:00+00:00"
    return Made(clock, {"CS-036": verdict}, findings, exchanges=[exchange(milliseconds=10.0 * day)], **more)


def past(folder: Path, *runs: Made, label: str = "") -> Past:
    for number, made in enumerate(runs):
        assert add(folder / "history", made.write(folder / f"{number}.jsonl"), label)
    return read(folder / "history")


def test_a_run_is_kept_once(tmp_path: Path) -> None:
    file = run(1).write(tmp_path / "run.jsonl")
    assert [add(tmp_path / "mine.sqlite", file) for _ in range(2)] == [True, False]
    assert len(read(tmp_path / "mine.sqlite").runs) == 1


def test_the_results_outlive_the_evidence(tmp_path: Path) -> None:
    file = run(1).write(tmp_path / "run.jsonl")
    add(tmp_path, file, "release 7")
    file.unlink()
    [kept] = read(tmp_path).runs
    assert (kept.label, kept.clock, kept.exit_status, kept.requests, kept.seconds) == (
        "release 7", "2026-11-01T10:00:00+00:00", 1, 1, 1.5,
    )  # fmt: skip
    assert kept.counts == [("fail", 1)]
    assert kept.complete


def test_a_folder_of_runs_is_a_history_too(tmp_path: Path) -> None:
    for day in (2, 1):
        run(day).write(tmp_path / f"night-{day}" / "run.jsonl")
    assert [kept.day for kept in read(tmp_path).runs] == ["2026-11-01 10:00", "2026-11-02 10:00"]
    assert not (tmp_path / "history.sqlite").exists()


@pytest.mark.parametrize(
    ("verdicts", "pattern", "state", "days", "rate", "flaky"),
    [
        (["pass", "fail", "fail"], ".xx", "open", 1, 1.0, False),
        (["fail", "fail", "pass", "pass"], "xx..", "gone", 2, 0.5, False),
        (["fail", "pass", "fail"], "x.x", "open", 2, 2 / 3, True),
        (["fail", "not_testable"], "x-", "not judged since", 1, 1.0, False),
        (["inconclusive", "pass"], "~.", "gone", 1, 0.5, True),
        (["fail", "not_testable", "pass"], "x-.", "gone", 2, 0.5, False),
        (["fail"], "x", "open", 0, 1.0, False),
    ],
)
def test_the_life_of_a_deviation(
    tmp_path: Path, verdicts: list[str], pattern: str, state: str, days: int, rate: float, flaky: bool
) -> None:
    [life] = past(tmp_path, *(run(day, verdict) for day, verdict in enumerate(verdicts, start=1))).lives
    assert (life.pattern, life.state, life.lived, life.flaky) == (pattern, state, timedelta(days=days), flaky)
    assert life.rate == pytest.approx(rate)


def test_labels_stand_side_by_side(tmp_path: Path) -> None:
    rows = (("a", 1, "fail", "x"), ("a", 2, "pass", "ten-allowed"), ("b", 1, "fail", "ten-refused"))
    for label, day, verdict, way in rows:
        made = run(day, verdict, readings={"cart-limit": way})
        add(tmp_path, made.write(tmp_path / f"{label}{day}.jsonl"), label)
    told = read(tmp_path)
    assert [column.label for column in told.columns] == ["a", "b"]
    assert told.matrix == [("CS-036", ["pass", "fail"])]
    assert told.readings == [("cart-limit", ["ten-allowed", "ten-refused"])]


def test_latency_is_told_for_each_operation(tmp_path: Path) -> None:
    lost = Made("2026-11-03T10:00:00+00:00", exchanges=[exchange(response=None, failure="timeout")])
    [pace] = past(tmp_path, run(1), run(2), lost).paces
    assert (pace.operation, pace.failures, pace.medians[2]) == (OPERATION, 1, None)
    assert pace.known == pytest.approx([10, 20], rel=0.1)


def test_a_run_that_never_began_is_kept_with_its_reason(tmp_path: Path) -> None:
    told = past(tmp_path, Made(more=[{"kind": "trouble", "text": "nobody answers"}], ended=False))
    assert (told.runs[0].exit_status, told.runs[0].trouble, told.runs[0].complete) == (3, "nobody answers", False)
    assert told.columns == []
    assert "nobody answers" in to_page(told)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "one run"), (30, "under a minute"), (60, "1 minute"), (7200, "2 hours"), (90 * 86400, "90 days")],
)
def test_spans_are_told_in_words(seconds: int, words: str) -> None:
    assert told_span(timedelta(seconds=seconds)) == words


def test_what_is_no_history_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RunFileError, match=r"holds neither history\.sqlite nor any run\.jsonl"):
        read(tmp_path)
    (tmp_path / "history.sqlite").write_text("no database, but long enough to be looked at" * 40)
    with pytest.raises(RunFileError, match="cannot be used as a history"):
        read(tmp_path)


def test_a_history_of_a_later_release_is_refused(tmp_path: Path) -> None:
    database = sqlite3.connect(tmp_path / "history.sqlite")
    database.execute("PRAGMA user_version = 9")
    database.close()
    with pytest.raises(RunFileError, match="is a history of version 9, this release knows version 1"):
        read(tmp_path)


def test_a_database_of_something_else_is_left_as_it_is(tmp_path: Path) -> None:
    other = tmp_path / "history.sqlite"
    with closing(sqlite3.connect(other)) as database:
        database.execute("CREATE TABLE customer (name TEXT)")
    before = other.read_bytes()
    with pytest.raises(RunFileError, match="is a database of something else; name another file or folder"):
        add(tmp_path, run(1).write(tmp_path / "run.jsonl"))
    assert other.read_bytes() == before


HOSTILE = "</style><script>alert(1)</script>\x1b[2J"


def test_nothing_in_a_history_becomes_markup_or_a_control(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    row = finding(where=HOSTILE, expected=HOSTILE, actual=HOSTILE)
    told = past(tmp_path, Made(verdicts={"CS-036": "fail"}, findings=[row], target={"name": HOSTILE}))
    page = to_page(told)
    assert "<script" not in page
    assert "\x1b" not in page
    assert "&lt;script&gt;" in page
    print_history(told, screen())
    assert "\x1b" not in capsys.readouterr().out


def test_json_and_terminal_tell_the_same(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = past(tmp_path, run(1), run(3, "pass"))
    content = json.loads(to_json(told))
    assert content["runs"][0]["verdicts"] == {"fail": 1}
    [row] = content["deviations"]
    assert (row["runs"], row["state"], row["lived_seconds"], row["rate"]) == ("x.", "gone", 2 * 86400, 0.5)
    print_history(told, screen())
    shown = capsys.readouterr().out
    assert "2 runs of 1 target" in shown
    assert "2 days" in shown
