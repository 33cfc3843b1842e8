"""Two real runs between which five things have changed: whose each of them is."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from .pairs import made


@pytest.fixture(scope="session")
def pair(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return made(tmp_path_factory.mktemp("pair"))


@pytest.fixture(scope="session")
def told(pair: tuple[Path, Path]) -> dict[str, Any]:
    """What `diff` says of them, as JSON."""
    old, new = pair
    # In a process of its own: it runs the suite, which is pytest.
    command = [sys.executable, "-m", "conformance", "diff", str(old.parent), str(new), "--format", "json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 1, done.stderr
    content: dict[str, Any] = json.loads(done.stdout)
    return content


def changes(told: dict[str, Any], requirement: str) -> list[tuple[str, str, str, list[str]]]:
    """Kind, before, now and owners of what changed about a requirement, each once."""
    rows = [
        (row["kind"], row["before"], row["now"], [whose["owner"] for whose in row["whose"]])
        for row in told["changes"] if row["requirement"] == requirement
    ]  # fmt: skip
    return [row for number, row in enumerate(rows) if row not in rows[:number]]


def why(told: dict[str, Any], requirement: str) -> dict[str, Any]:
    found: dict[str, Any] = next(row["whose"][0] for row in told["changes"] if row["requirement"] == requirement)
    return found


def test_a_fault_that_came_is_the_vendors(told: dict[str, Any]) -> None:
    assert changes(told, "CS-036") == [("new", "pass", "fail", ["vendor"])]
    whose = why(told, "CS-036")
    assert whose["why"] == "the same question gets another answer"
    assert whose["asked"].startswith("POST http://127.0.0.1:")
    marks = {line[0] for line in whose["difference"]}
    assert marks == {"-", "+", " "}
    assert '+    "message": "You can check no more than 10 CartIDs per one request.",' in whose["difference"]


def test_a_fault_that_went_is_the_vendors(told: dict[str, Any]) -> None:
    assert changes(told, "CS-102") == [("fixed", "fail", "pass", ["vendor"])]
    assert why(told, "CS-102")["why"] == "the same question gets another answer"


def test_a_check_that_changed_is_the_suites(told: dict[str, Any]) -> None:
    assert changes(told, "CS-121") == [("fixed", "fail", "pass", ["suite"])]
    said = why(told, "CS-121")["why"]
    assert said.startswith("the suite changed, from 0.0.9 (")
    assert said.endswith("the old evidence was judged “fail”, and is judged “pass” today")


def test_a_row_that_changed_is_the_contracts(told: dict[str, Any]) -> None:
    assert changes(told, "CS-101") == [("changed", "warn", "fail", ["contract"])]
    assert why(told, "CS-101")["why"] == (
        "the contract's row CS-101 changed; the old evidence was judged “warn”, and is judged “fail” today"
    )


def test_a_datum_that_changed_is_nobodys_fault(told: dict[str, Any]) -> None:
    assert changes(told, "CS-051") == [("new", "pass", "warn", ["test data"])]
    assert why(told, "CS-051")["why"].startswith("data.carts.foreign is ")


def test_what_only_the_datum_brought_to_light_is_told_with_it(told: dict[str, Any]) -> None:
    # Our own cart in place of a stranger's shows members that no other test of this run looks at.
    assert changes(told, "CS-112") == [("changed", "not judged", "pass", ["test data"])]


def test_nothing_else_has_changed(told: dict[str, Any]) -> None:
    listed = {row["requirement"] for row in told["changes"]}
    assert listed == {"CS-036", "CS-044", "CS-048", "CS-051", "CS-101", "CS-102", "CS-112", "CS-113", "CS-121"}
    assert told["remarks"] == []
    assert [row["name"] for row in told["headers"]] == [
        "suite", "clock", "contract imaterialise/cart-status", "imaterialise: base_url", "imaterialise: data.carts.foreign",
    ]  # fmt: skip


def test_a_run_does_not_differ_from_itself(pair: tuple[Path, Path]) -> None:
    command = [sys.executable, "-m", "conformance", "diff", str(pair[1]), str(pair[1])]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    # Nothing differs, so nothing is judged again and no progress is told.
    assert (done.returncode, done.stderr) == (0, "")
    last = done.stdout.strip().replace("\n", " ").splitlines()[-1]
    assert "No new deviation, " in last
    assert "Whose:" not in last
