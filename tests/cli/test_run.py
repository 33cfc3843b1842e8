"""`conformance run` as its users start it: exit statuses, words, and the files that it leaves."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest

from conformance.sandbox.imaterialise.accounts import OWN_API_CODE

from .conftest import COMMAND, Done

Process = Callable[..., Done]
OUT = ("--out", "out", "--profile", "quick")


def last_line(text: str) -> str:
    return text.rstrip("\n").rpartition("\n")[2]


def test_the_embedded_sandbox_conforms_wherever_the_command_is_started(tmp_path: Path, process: Process) -> None:
    # A project of the user's own, whose pytest would not even start.
    (tmp_path / "pytest.ini").write_text("[pytest]\naddopts = --nonsense\nrequired_plugins = no-such-plugin\n")
    (tmp_path / "conftest.py").write_text("raise RuntimeError")
    done = process("run", *OUT, "--requirement", "CS-102", "--seed", "3")
    assert (done.status, last_line(done.out)) == (0, "  exit status  0"), done.err
    assert re.search(r"^The target keeps its contract; \d+ requirements: \d+ observed, \d+ pass\.$", done.out, re.M)
    assert re.search(r"^  pace         \d+ requests in \d\.\d s \(\d+ requests/s\)$", done.out, re.M)
    assert re.search(r"^imaterialise: cart status scenarios: \d tests; so far \d+ requests, no deviations$", done.err, re.M)
    summary = json.loads((tmp_path / "out" / "summary.json").read_text())
    assert (summary["exit"], summary["seed"], summary["requirements"]["CS-102"]["verdict"]) == (0, 3, "pass")
    again = process("report", "out")
    assert (again.status, again.out) == (0, done.out)
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["conftest.py", "out", "pytest.ini"]


def test_a_deviation_is_told_by_the_terminal_by_junit_and_by_allure(tmp_path: Path, target: Path, process: Process) -> None:
    done = process(
        "run", str(target), *OUT, "--requirement", "OS-106", "--requirement", "OS-003", "--requirement", "OS-019",
        "--junitxml", "junit.xml", "--alluredir", "allure", "--", "-q",
    )  # fmt: skip
    assert (done.status, last_line(done.out)) == (1, "  exit status  1"), done.err
    assert "1. FAIL OS-106 (must), i.materialise Order Status API\n" in done.out
    assert "\x1b" not in done.out
    assert r"  actual    \x1b[2J[bold red]Wrong[/bold red]" in done.out
    assert OWN_API_CODE not in done.out
    assert '-H "apiCode: $CONFORMANCE_API_CODE"' in done.out
    # pytest's own counts are the measure of the other two.
    told = re.search(r"^(\d+) failed, (\d+) passed, (\d+) skipped, \d+ deselected in ", done.out, re.M)
    assert told is not None
    failed, passed, skipped = map(int, told.groups())
    assert (failed > 0, passed > 0, skipped > 0) == (True, True, True)
    judge_junit(tmp_path / "junit.xml", failed, passed, skipped)
    judge_allure(tmp_path / "allure", failed, passed, skipped)
    everything = b"".join(file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
    assert OWN_API_CODE.encode() not in everything


def judge_junit(file: Path, failed: int, passed: int, skipped: int) -> None:
    suite = next(ElementTree.parse(file).getroot().iter("testsuite"))
    assert [suite.get(name) for name in ("tests", "failures", "errors", "skipped")] == [
        str(failed + passed + skipped), str(failed), "0", str(skipped)
    ]  # fmt: skip
    for case in suite.iter("testcase"):
        ids = [entry.get("value") for entry in case.iter("property") if entry.get("name") == "requirement"]
        assert ids
        for failure in case.iter("failure"):
            text = failure.text or ""
            assert text.startswith("fail OS-106\n  clause: A dateFrom later than dateTo")
            assert re.search(r"\n  exchanges: x\d{5}\nx\d{5}: curl -sS -i 'http", text)
            assert "\n  HTTP 200 OK, " in text
            assert "\n  | " in text


def judge_allure(folder: Path, failed: int, passed: int, skipped: int) -> None:
    results = [json.loads(file.read_text()) for file in folder.glob("*-result.json")]
    assert Counter(result["status"] for result in results) == {"failed": failed, "passed": passed, "skipped": skipped}
    assert len({result["historyId"] for result in results}) == len(results)
    for result in results:
        labels = {label["name"]: label["value"] for label in result["labels"]}
        assert labels["epic"] == "i.materialise"
        assert labels["feature"] == "i.materialise Order Status API"
        assert re.match(r"OS-\d{3} .+", labels["story"])
        assert labels["severity"] == "critical"
        attached = [entry["name"] for entry in result.get("attachments", ())]
        assert bool(attached) is (result["status"] == "failed")
        assert all(re.fullmatch(r"OS-106 x\d{5}", name) for name in attached)


def test_what_cannot_be_tested_is_incomplete_unless_that_is_allowed(target: Path, process: Process) -> None:
    done = process("run", str(target), *OUT, "--requirement", "CS-040")
    assert (done.status, last_line(done.out)) == (5, "  exit status  5"), done.err
    assert '\n  [data.carts]\n  # a cart in status NotOrdered: CS-040, CS-044\n  not_ordered = ["…"]\n' in done.out
    done = process("run", str(target), *OUT, "--requirement", "CS-040", "--allow-incomplete")
    assert (done.status, last_line(done.out)) == (0, "  exit status  0"), done.err


def test_ctrl_c_leaves_a_report_and_says_that_the_run_was_interrupted(tmp_path: Path, target: Path) -> None:
    with subprocess.Popen(
        [*COMMAND, "run", str(target), *OUT, "--api", "cart-status"], cwd=tmp_path, start_new_session=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ, "MY_CODE": OWN_API_CODE},
    ) as child:  # fmt: skip
        assert child.stderr is not None
        assert child.stdout is not None
        child.stderr.readline()  # the first module is done, others are not
        os.killpg(child.pid, signal.SIGINT)
        out = child.stdout.read()
    assert child.returncode == 5
    assert "The run was interrupted before every test had its turn; " in out
    summary = json.loads((tmp_path / "out" / "summary.json").read_text())
    assert (summary["complete"], summary["exit"]) == (False, 5)


def test_arguments_for_pytest_select_tests_and_are_never_taken_for_a_target(process: Process) -> None:
    done = process("run", *OUT, "--", "-k", "no_test_is_called_that")
    assert done.status == 5
    assert done.err == "Error: the pytest arguments select no test, so nothing was judged\n"
    done = process("run", *OUT, "--", "--no-such-option")
    assert done.status == 3
    assert "unrecognized arguments: --no-such-option" in done.err


def test_nobody_there_and_wrong_credentials_are_one_line_each(tmp_path: Path, target: Path, process: Process) -> None:
    done = process("run", str(target), *OUT, code="33333333-3333-4333-8333-333333333333")
    assert (done.status, done.out) == (3, "")
    assert done.err == f"Error: {target}: credentials.api_code: refused with HTTP 401 by every API\n"
    target.write_text(re.sub(r"127\.0\.0\.1:\d+", "127.0.0.1:1", target.read_text()))
    done = process("run", str(target), *OUT)
    assert (done.status, done.out) == (3, "")
    assert done.err.startswith(f"Error: {target}: base_url: http://127.0.0.1:1 gives no answer: ")
    assert done.err.count("\n") == 1
    assert json.loads((tmp_path / "out" / "summary.json").read_text())["exit"] == 3


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("run", "--requirments", "OS-106"), "Error: No such option '--requirments'."),
        (("run", "--profile", "slow"), "Error: Invalid value for '--profile':"),
        (("runn",), "Error: No such command 'runn'."),
        (("report", "nothing-there"), "Error: Invalid value for 'RUN': Path 'nothing-there' does not exist."),
        (("report", __file__), f"Error: {os.path.relpath(__file__)}: line 1 is no line of a run file; was the file edited?"),
    ],
)
def test_a_wrong_command_line_ends_with_3_and_a_reason(command: Process, arguments: tuple[str, ...], message: str) -> None:
    done = command(*arguments)
    assert (done.status, done.out) == (3, "")
    assert message in done.err


def test_a_folder_that_cannot_be_written_is_told_as_such(command: Process, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = command("run", "--out", str(tmp_path / "file" / "out"))
    assert (done.status, done.err) == (3, f"Error: {tmp_path / 'file' / 'out'}: Not a directory\n")
