"""A run file added up, and single exchanges of it."""

from __future__ import annotations

import json
import tracemalloc
from pathlib import Path

import pytest

from conformance.report.gathered import exchanges, gather
from conformance.report.junit import to_junit
from conformance.report.ticket import ticket

from .conversations import TEST, about, cancelled, run_with
from .lines import END, ORDERS, exchange, header, verdicts, written


def test_the_time_of_a_test_is_shared_by_what_it_judged(tmp_path: Path) -> None:
    first = {**verdicts(OS_106="pass", OS_103="pass"), "test": "one"}
    second = {**verdicts(OS_106="pass"), "test": "two"}
    lines = [{**exchange(f"x{number}", b""), "test": test, "milliseconds": 10.0 * number}
             for number, test in ((1, "one"), (2, "two"), (3, "one"))]  # fmt: skip
    gathered = gather(written(tmp_path, header(ORDERS), *lines, first, second, END))
    assert gathered.milliseconds == {"OS-106": 40.0, "OS-103": 20.0}


def test_exchanges_come_with_their_lines_and_a_cut_one_not_at_all(tmp_path: Path) -> None:
    path = written(tmp_path, header(ORDERS), *(exchange(f"x{number}", b"{}") for number in range(1, 4)))
    assert [(line, found.id) for line, found in exchanges(path, ["x3", "x1", "x9"])] == [(2, "x1"), (4, "x3")]
    path.write_bytes(path.read_bytes()[:-5])
    assert [found.id for _, found in exchanges(path, ["x3", "x1"])] == ["x1"]
    assert list(exchanges(path, [])) == []


def test_a_file_that_was_written_again_in_another_order_is_read_all_the_same(tmp_path: Path) -> None:
    path = written(tmp_path, header(ORDERS), exchange("x1", b"{}"), END)
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    path.write_text("".join(f"{json.dumps(line, sort_keys=True)}\n" for line in lines), encoding="utf-8")
    assert [found.id for _, found in exchanges(path, ["x1"])] == ["x1"]


@pytest.mark.parametrize("report", [to_junit, ticket])
def test_memory_does_not_grow_with_the_number_of_exchanges(tmp_path: Path, report: object) -> None:
    def peak(number: int) -> int:
        told = about("OC-507", "x1", *(f"y{place}" for place in range(0, number, 10)), "x2")
        lines = [cancelled(f"y{place}", f"IMC{place}", test=f"{TEST}{place % 7}", note="n" * 5000)
                 for place in range(number)]  # fmt: skip
        folder = tmp_path / str(number)
        folder.mkdir()
        run_with(folder, told, cancelled("x1", "IMC1000"), *lines, cancelled("x2", "IMC1000", isCanceled=False))
        del lines
        tracemalloc.start()
        try:
            assert callable(report)
            report(gather(folder / "run.jsonl"))
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    peak(10)  # what is read once and kept: contracts, patterns
    assert peak(1000) < peak(100) + 1_500_000
