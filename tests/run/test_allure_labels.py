"""What Allure is handed: counted against pytest, and rendered by the real command where there is one."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from conformance.run.allure_labels import _property

RUNS = """\
import conformance.suite.imaterialise.test_cart_status_scenarios as ours
from conformance.cli import main
from conformance.sandbox.server import running
from conformance.sandbox.spawn import target_at

def wrong(*_):
    raise KeyError("of ours")

ours.answered_in_order = wrong
for name in ("first", "second"):
    with running() as url:
        with open("target.toml", "w") as file:
            file.write(target_at("imaterialise", url))
        try:
            main(["run", "target.toml", "--profile", "quick", "--out", "out", "--alluredir", name, "--requirement", "CS-034",
                  "--requirement", "CS-102", "--requirement", "CS-050", "--read-only", "--", "-q"])
        except SystemExit:
            pass
"""
"""The same run twice, each against a sandbox of its own. Something passes, something is skipped (with --read-only nothing is
made), and the suite itself errs."""


@dataclass(frozen=True)
class Ran:
    results: list[dict[str, Any]]
    pytest: Counter[str]
    folder: Path


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> list[Ran]:
    folder = tmp_path_factory.mktemp("allure")
    done = subprocess.run([sys.executable, "-c", RUNS], cwd=folder, capture_output=True, text=True, check=False, timeout=60)
    told = re.findall(r"^(\d+) failed, (\d+) passed(?:, (\d+) skipped)?, \d+ deselected in ", done.stdout, re.M)
    assert len(told) == 2, done.stdout + done.stderr
    found = []
    for name, counts in zip(("first", "second"), told, strict=True):
        results = [json.loads(file.read_text()) for file in (folder / name).glob("*-result.json")]
        failed, passed, skipped = (int(number or 0) for number in counts)
        found.append(Ran(results, Counter(failed=failed, passed=passed, skipped=skipped), folder / name))
    return found


def test_allure_counts_as_pytest_does_but_an_error_of_ours_is_broken(runs: list[Ran]) -> None:
    counts = Counter(result["status"] for result in runs[0].results)
    assert counts["broken"] == 2
    assert {re.sub(r"\[.*", "", result["name"]) for result in runs[0].results if result["status"] == "broken"} == {
        "test_entries_stand_in_the_order_of_the_request"
    }
    counts["failed"] += counts.pop("broken")
    assert counts == runs[0].pytest
    assert min(counts.values()) > 0


def test_history_ids_are_one_for_each_test_and_the_same_in_every_run(runs: list[Ran]) -> None:
    first, second = ({result["historyId"]: result["name"] for result in run.results} for run in runs)
    assert len(first) == len(runs[0].results)
    assert first == second


def test_epic_feature_story_and_severity_are_vendor_api_requirement_and_level(runs: list[Ran]) -> None:
    result = next(result for result in runs[0].results if result["name"].startswith("test_more_than_ten_carts"))
    labels = [(label["name"], label["value"]) for label in result["labels"]]
    assert {("epic", "i.materialise"), ("feature", "i.materialise Cart Status API"), ("severity", "critical")} <= set(labels)
    assert any(name == "story" and value.startswith("CS-102 More than ten carts") for name, value in labels)


def test_the_folder_says_what_was_judged_and_which_heaps_there_are(runs: list[Ran]) -> None:
    told = dict(line.split("=", 1) for line in (runs[0].folder / "environment.properties").read_text().splitlines())
    assert (told["target"], told["profile"], told["seed"]) == ("reference sandbox", "quick", "0")
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+", told["base_url"])
    heaps = json.loads((runs[0].folder / "categories.json").read_text())
    assert [heap["matchedStatuses"] for heap in heaps] == [["failed"], ["broken"], ["skipped"], ["skipped"]]


def test_the_real_allure_counts_the_same(runs: list[Ran], tmp_path: Path) -> None:
    allure = shutil.which("allure")
    if allure is None:
        pytest.skip("no Allure here; `npm install --global allure` brings it")
    subprocess.run([allure, "generate", str(runs[0].folder), "--output", str(tmp_path / "page")], cwd=tmp_path,
                   capture_output=True, check=True, timeout=60)  # fmt: skip
    stats = json.loads((tmp_path / "page" / "summary.json").read_text())["stats"]
    assert stats.pop("total") == len(runs[0].results)
    assert stats == Counter(result["status"] for result in runs[0].results)


def test_a_property_is_one_line_of_ascii() -> None:
    assert _property("a\\b = é\n🙂") == r"a\\b = \u00e9\n\ud83d\ude42"
