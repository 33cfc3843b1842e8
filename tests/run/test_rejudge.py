"""Old evidence, judged again: the same findings from the same suite, and never a guess."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jsonschema
import jsonschema_rs
import pytest

from conformance.run import seal
from conformance.run.runfile import read_lines
from conformance.sandbox.faults import faults
from conformance.sandbox.imaterialise.accounts import OWN_API_CODE
from conformance.sandbox.server import running

from ..suite.judged import target_file

FAULTS = ("imaterialise/sometimes-loses-a-cart", "imaterialise/echoes-the-api-code-in-the-body")
FEW = ("OC-019", "OC-507", "CS-025", "CS-033")
SCHEMA = Path(seal.__file__).with_name("run.schema.json")
# State machines, drawn questions, two requests at once, provider states, a pause, pages, and looking back.
WIDE = ("OC-017", "OC-048", "OC-507", "OS-022", "CS-033", "DD-175", "DD-650", "MK-014", "MK-104", "MK-342")


@dataclass(frozen=True)
class Done:
    """A command that ended, and the folder of its results."""

    folder: Path
    status: int
    err: str

    @property
    def file(self) -> Path:
        return self.folder / "run.jsonl"

    def lines(self, *kinds: str) -> list[bytes]:
        """The lines of some kinds, as they were written."""
        starts = tuple(f'{{"kind":"{kind}"'.encode() for kind in kinds)
        return [line for line in self.file.read_bytes().splitlines() if line.startswith(starts)]

    @property
    def body(self) -> list[bytes]:
        """Everything but the header and the seal."""
        return self.file.read_bytes().splitlines()[1:-1]


def command(folder: Path, *arguments: str, hashes: str) -> Done:
    """Runs a command in a process that orders its sets in its own way."""
    environ = {**os.environ, "PYTHONHASHSEED": hashes, "XDG_CACHE_HOME": str(folder / f"cache-{hashes}")}
    out = folder / arguments[0]
    done = subprocess.run(
        [sys.executable, "-m", "conformance", *arguments, "--out", str(out)], env=environ, cwd=folder,
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    return Done(out, done.returncode, done.stdout + done.stderr)


def only(requirements: Sequence[str]) -> list[str]:
    return [part for id_ in requirements for part in ("--requirement", id_)]


def judged(folder: Path) -> Done:
    return command(folder, "judge", str(folder / "run"), hashes="2")


@pytest.fixture(scope="session")
def clean(tmp_path_factory: pytest.TempPathFactory) -> tuple[Done, Done]:
    """A run of three vendors, and the same judged when its sandbox is gone."""
    folder = tmp_path_factory.mktemp("clean")
    first = command(folder, "run", "--profile", "quick", *only(WIDE), hashes="1")
    return first, judged(folder)


@pytest.fixture(scope="session")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> tuple[Done, Done]:
    """A run of a target with two faults, and the same judged without its credentials."""
    folder = tmp_path_factory.mktemp("faulty")
    with running(overrides=[faults()[name].rules for name in FAULTS]) as url:
        target = target_file(folder, url)
        first = command(folder, "run", str(target), "--profile", "quick", *only(FEW), hashes="1")
    target.unlink()
    return first, judged(folder)


def test_a_run_that_is_judged_again_by_its_own_suite_says_the_same(clean: tuple[Done, Done]) -> None:
    first, again = clean
    assert (first.status, again.status) == (0, 0), first.err + again.err
    assert first.lines("exchange")
    assert again.body == first.body


def test_flaky_deviations_are_found_again_word_by_word(faulty: tuple[Done, Done]) -> None:
    first, again = faulty
    assert (first.status, again.status) == (1, 1), first.err + again.err
    assert "inconclusive" in {json.loads(line)["verdict"] for line in first.lines("finding")}
    assert again.lines("finding") == first.lines("finding")
    assert again.body == first.body


def test_no_secret_is_needed_or_kept(faulty: tuple[Done, Done]) -> None:
    for done in faulty:
        everything = b"".join(file.read_bytes() for file in done.folder.rglob("*") if file.is_file())
        assert OWN_API_CODE.encode() not in everything
        assert b"[redacted:api_code]" in everything


def test_the_new_header_says_which_evidence_was_judged(clean: tuple[Done, Done]) -> None:
    headers: list[dict[str, Any]] = [next(read_lines(done.file)) for done in clean]
    judged_from = headers[1].pop("judged")
    assert headers[0] == headers[1]
    assert judged_from["exchanges"] == len(clean[0].lines("exchange"))
    assert {name: judged_from[name] for name in ("suite", "contracts", "libraries")} == {
        name: headers[0][name] for name in ("suite", "contracts", "libraries")
    }


def test_both_files_are_sealed(clean: tuple[Done, Done]) -> None:
    assert [seal.verify(done.file).why for done in clean] == ["", ""]


def test_every_line_fits_the_published_schema(clean: tuple[Done, Done], faulty: tuple[Done, Done]) -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    fits = jsonschema_rs.validator_for(schema)
    kinds = set()
    for done in (*clean, *faulty):
        for line in read_lines(done.file):
            kinds.add(line["kind"])
            assert fits.is_valid(line), line
            assert not fits.is_valid({**line, "beside": 1}), line["kind"]
    assert kinds == {"header", "plan", "exchange", "verdicts", "finding", "reading", "end", "seal"}
    for line in ({"kind": "leftover", "text": ""}, {"kind": "trouble", "text": ""}, {"kind": "broke", "text": ""},
                 {"kind": "interrupted"}):  # fmt: skip
        assert fits.is_valid(line)
    assert not fits.is_valid({"kind": "other"})


@pytest.fixture
def copied(faulty: tuple[Done, Done], tmp_path: Path) -> Path:
    """The run with the faults in a folder of the test's own."""
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "run.jsonl").write_bytes(faulty[0].file.read_bytes())
    return tmp_path


def test_a_killed_run_is_judged_as_far_as_it_got_and_the_rest_is_not_testable(
    copied: Path, faulty: tuple[Done, Done]
) -> None:
    file = copied / "run" / "run.jsonl"
    lines = file.read_bytes().splitlines(keepends=True)
    kept = len(lines) // 2
    file.write_bytes(b"".join(lines[:kept]) + lines[kept][:20])
    again = judged(copied)
    told = ("finding", "verdicts", "reading")
    before = [line for line in (row.rstrip(b"\n") for row in lines[:kept]) if line.startswith(tuple(
        f'{{"kind":"{kind}"'.encode() for kind in told))]  # fmt: skip
    assert again.lines(*told)[: len(before)] == before
    known = sum(line.startswith(b'{"kind":"finding"') for line in before)
    rest = [json.loads(line) for line in again.lines("finding")[known:]]
    assert {finding["verdict"] for finding in rest} == {"not_testable"}
    assert all(re.match(r"not in the evidence: [A-Z]+ /\S*; only", finding["actual"]) for finding in rest)
    assert again.lines("end") == []
    assert again.status in (1, 5)  # as the killed run itself: incomplete, or worse
    assert seal.verify(again.file).why == ""


def test_what_is_taken_out_of_the_evidence_is_not_guessed(copied: Path, faulty: tuple[Done, Done]) -> None:
    file = copied / "run" / "run.jsonl"
    lines = file.read_bytes().splitlines(keepends=True)
    test = "test_the_status_text_of_401_is_unauthorized[order-cancellation]"
    file.write_bytes(b"".join(line for line in lines if not (test.encode() in line and b'"kind":"exchange"' in line[:20])))
    again = judged(copied)
    found = [json.loads(line) for line in again.lines("finding")]
    assert [finding["requirement"] for finding in found if finding["verdict"] == "not_testable"] == ["OC-019"]
    others = [[line for line in done.lines("verdicts") if test.encode() not in line] for done in (again, faulty[0])]
    assert others[0] == others[1]


def test_only_the_tests_that_ran_are_judged_wherever_pytest_was_started(tmp_path: Path) -> None:
    with running() as url:
        target = target_file(tmp_path, url)
        subprocess.run(
            [sys.executable, "-m", "pytest", "--pyargs", "conformance.suite.imaterialise", "--target", str(target), "-q",
             "--conformance-out", str(tmp_path / "run"), "-k", "two_cancellations_at_once", "-p", "no:cacheprovider",
             "-p", "no:randomly"],
            cwd=tmp_path, capture_output=True, check=False, timeout=120,
        )  # fmt: skip
    first, again = Done(tmp_path / "run", 0, ""), judged(tmp_path)
    (plan,) = map(json.loads, first.lines("plan"))
    assert (len(plan["tests"]), plan["narrowed"]) == (1, True)
    assert plan["tests"][0].startswith("conformance/suite/imaterialise/test_order_cancellation_scenarios.py::")
    assert again.body == first.body, again.err


@pytest.fixture
def killed(tmp_path: Path) -> Path:
    """The folder of a run that was killed in the middle."""
    out = tmp_path / "run"
    with subprocess.Popen(
        [sys.executable, "-m", "conformance", "run", "--profile", "quick", "--api", "cart-status", "--out", str(out)],
        cwd=tmp_path, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    ) as child:  # fmt: skip
        file, until = out / "run.jsonl", time.monotonic() + 60
        while not (file.exists() and file.read_bytes().count(b'{"kind":"exchange"') > 20) and time.monotonic() < until:
            time.sleep(0.02)
        os.killpg(child.pid, signal.SIGKILL)
    return tmp_path


def test_everything_that_was_recorded_before_a_kill_is_judged(killed: Path) -> None:
    first, again = Done(killed / "run", 0, ""), judged(killed)
    assert (again.status, again.lines("exchange")) == (5, first.lines("exchange"))
    told = ("verdicts", "finding", "reading")
    assert again.lines(*told)[: len(first.lines(*told))] == first.lines(*told)
    assert seal.verify(first.file).why.startswith("there is no seal: the run was killed")
