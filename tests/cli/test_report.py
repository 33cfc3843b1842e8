"""`conformance report` in all its formats."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest

from conformance.run.finding import Verdict

from ..report.conversations import about, cancelled, run_with
from ..report.lines import END, ORDERS, finding, header, verdicts, written
from .conftest import Done

Command = Callable[..., Done]
BASELINE = """\
version: 1
accepted:
  - requirement: OC-507
    where: "*"
    verdict: fail
    reason: known
    owner: orders team
    first_seen: 2026-01-01
    expires: {expires}
"""


@pytest.fixture
def run(tmp_path: Path) -> Path:
    """A folder with a run that has one deviation."""
    return run_with(tmp_path, about("OC-507", "x1"), cancelled("x1", "IMC1000", requestError={"code": 508})).path.parent


@pytest.fixture
def baseline(tmp_path: Path) -> Path:
    file = tmp_path / "known.yaml"
    file.write_text(BASELINE.format(expires="2026-12-31"), encoding="utf-8")
    return file


@pytest.mark.parametrize("form", ["terminal", "json", "junit", "markdown", "ticket", "sarif", "ctrf", "badge"])
def test_every_format_goes_to_standard_output_or_with_the_same_content_into_a_file(
    run: Path, tmp_path: Path, command: Command, form: str
) -> None:
    shown = command("report", str(run), "--format", form)
    assert (shown.status, shown.err) == (0, "")
    out = tmp_path / "out.txt"
    written_ = command("report", str(run / "run.jsonl"), "--format", form, "--out", str(out))
    assert (written_.status, written_.out, written_.err) == (0, "", f"{out} written\n")
    told = out.read_text(encoding="utf-8")
    assert "OC-507" in told or form == "badge"
    # The screen of the test is narrower than a file.
    assert told == shown.out or form == "terminal"


def test_each_format_is_what_it_is_called(run: Path, command: Command) -> None:
    def text(form: str) -> str:
        return command("report", str(run), "--format", form).out

    assert list(json.loads(text("json"))["findings"]) == ["OC-507-abc123"]
    assert fromstring(text("junit")).tag == "testsuites"
    assert text("markdown").startswith("## ❌ Order API conformance\n")
    assert text("ticket").startswith("# OC-507: ")
    assert json.loads(text("sarif"))["version"] == "2.1.0"
    assert json.loads(text("ctrf"))["reportFormat"] == "CTRF"
    assert fromstring(text("badge")).tag == "{http://www.w3.org/2000/svg}svg"


def test_the_page_is_written_beside_the_run_unless_a_file_is_named(run: Path, tmp_path: Path, command: Command) -> None:
    done = command("report", str(run), "--format", "html")
    assert (done.status, done.out) == (0, "")
    assert done.err.endswith("report.html written\n")
    assert "OC-507" in (run / "report.html").read_text(encoding="utf-8")
    other = tmp_path / "other.html"
    assert command("report", str(run), "--format", "html", "--out", str(other)).err == f"{other} written\n"
    assert other.read_bytes() == (run / "report.html").read_bytes()


def test_the_name_of_the_file_says_which_badge_is_wanted(run: Path, tmp_path: Path, command: Command) -> None:
    out = tmp_path / "badge.json"
    assert command("report", str(run), "--format", "badge", "--out", str(out)).status == 0
    assert json.loads(out.read_text(encoding="utf-8"))["message"] == "1 requirement not kept"


def test_a_baseline_is_told_by_every_format_but_the_ticket(run: Path, baseline: Path, command: Command) -> None:
    def text(form: str) -> str:
        done = command("report", str(run), "--format", form, "--baseline", str(baseline))
        assert (done.status, done.err) == (0, "")
        return done.out

    told = "accepted until 2026-12-31, orders team: known"
    assert told in " ".join(text("terminal").split())
    assert json.loads(text("json"))["baseline"] == {
        "file": str(baseline), "accepted": {"OC-507-abc123": 1}, "overdue": {}, "unexpected": [], "changed_readings": [],
        "passing": [], "unmatched": [], "expired": [], "unjudged": [], "incomplete": [], "sentences": [],
    }  # fmt: skip
    assert json.loads(text("json"))["exit"] == 0
    skipped = next(fromstring(text("junit")).iter("skipped"))
    assert (skipped.get("message") or "").startswith(told)
    assert "1 finding accepted by 1 entry" in text("markdown")
    result = json.loads(text("sarif"))["runs"][0]["results"][0]
    assert result["suppressions"][0]["justification"] == "known (orders team, until 2026-12-31)"
    assert json.loads(text("ctrf"))["results"]["environment"]["healthy"] is True
    assert "conforms, 1 deviation accepted" in text("badge")


def test_a_ticket_needs_to_know_what_it_is_about(tmp_path: Path, command: Command) -> None:
    told = finding("OS-106"), finding("OS-103", Verdict.WARN, number=2)
    written(tmp_path, header(ORDERS), *told, verdicts(OS_106="fail", OS_103="warn"), END)
    done = command("report", str(tmp_path), "--format", "ticket")
    assert (done.status, done.out) == (3, "")
    assert done.err.endswith(
        "Error: --finding is needed: the run holds 2 deviations: OS-106 (OS-106-000001); OS-103 (OS-103-000002)\n"
    )
    assert command("report", str(tmp_path), "--format", "ticket", "--finding", "os-103").out.startswith("# OS-103: ")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--finding", "OC-507"), "Error: --finding goes with --format ticket, not with terminal\n"),
        (("--format", "ticket", "--baseline", "x"), "Error: --baseline says nothing about a single finding; leave it out"),
        (("--format", "pdf"), "Error: Invalid value for '--format': 'pdf' is not one of 'terminal', 'json', 'html',"),
        (("--format", "junit", "--out", "/no/such/x.xml"), "Error: /no/such/x.xml: No such file or directory\n"),
        (("--out", "/no/such/folder/x.txt"), "Error: /no/such/folder/x.txt: No such file or directory\n"),
        (("--baseline", "/no/such/file.yaml"), "/no/such/file.yaml"),
    ],
)
def test_what_cannot_be_done_ends_with_3_and_a_reason(
    run: Path, command: Command, arguments: tuple[str, ...], message: str
) -> None:
    done = command("report", str(run), *arguments)
    assert (done.status, done.out) == (3, "")
    assert message in done.err


def test_half_a_surrogate_pair_reaches_a_file_as_the_escape_that_it_was(tmp_path: Path, command: Command) -> None:
    path = written(tmp_path, header(ORDERS), finding("OS-106", actual="\ud800"), verdicts(OS_106="fail"), END)
    for form in ("terminal", "json", "junit", "markdown", "sarif", "ctrf", "ticket"):
        out = tmp_path / form
        assert command("report", str(path), "--format", form, "--out", str(out)).status == 0
        assert r"\ud800" in out.read_text(encoding="utf-8")
