"""The gate's log: one line for each thing, annotations on GitHub, and nothing of an answer that a runner would obey."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from conformance.report.gate import failure, gate_lines
from conformance.report.workflow import command
from conformance.run.baseline import Baseline, assess
from conformance.run.finding import Verdict
from conformance.run.summary import Tally
from tests.report.lines import finding, verdicts
from tests.run.baseline.files import DAY_BEFORE, PLACE, entry, file, run

RUN_FILE = Path("out/run.jsonl")
HOSTILE = "\n::set-output name=x::y\n##[add-path]/tmp\r::stop-commands::z%0A::warning::w \x1b[2J \u202e"


def lines(result: Tally, baseline: Baseline | None = None, **environ: str) -> list[str]:
    return list(gate_lines(result, assess(baseline or Baseline(), result), RUN_FILE, environ))


def deviating(**more: Any) -> Tally:
    return run(
        verdicts(OS_106="fail", OS_056="warn", OS_010="inconclusive", OS_003="not_testable"),
        finding("OS-106", where=PLACE, **more), finding("OS-056", Verdict.WARN, where="status"),
        finding("OS-010", Verdict.INCONCLUSIVE, failed=1, attempts=3),
        finding("OS-003", Verdict.NOT_TESTABLE, where="", expected="", actual="needs an order"),
    )  # fmt: skip


def test_elsewhere_each_thing_is_a_line() -> None:
    assert lines(deviating()) == [
        "ERROR fail OS-106 (imaterialise/order-status): at $.requestError expected 106, got 108 (OS-106-000001)",
        "ERROR inconclusive OS-010 (imaterialise/order-status): at $.requestError in 1 of 3 attempts expected 106, got 108 "
        "(OS-010-000001)",
        "WARNING warn OS-056 (imaterialise/order-status): at status expected 106, got 108 (OS-056-000001)",
        "ERROR not judged OS-003: not testable: needs an order",
        "The target deviates from its contract in a way that the baseline does not accept; 5 requirements: 1 fail, "
        "1 inconclusive, 1 warn, 1 not testable, 1 pass.",
        "evidence: out/run.jsonl",
        "exit status 1",
    ]


def test_on_github_they_are_annotations_in_groups(tmp_path: Path) -> None:
    rows = [entry(), entry("OS-108"), entry("OS-056", "warn", expires=DAY_BEFORE, where="status")]
    baseline = Baseline.read(file(tmp_path, *rows))
    told = lines(deviating(), baseline, GITHUB_ACTIONS="true", GITHUB_WORKSPACE=str(tmp_path))
    token = next(line.rpartition(":")[2] for line in told if line.startswith("::stop-commands::"))
    accepts = "OS-108 fail at $.requestError"
    shown = [re.sub(r"[0-9a-f]{32}", "TOKEN", line) for line in told]
    assert re.fullmatch(r"[0-9a-f]{32}", token)
    assert shown == [
        "::group::Deviations: 1",
        "::error title=inconclusive OS-010 (imaterialise/order-status)::at $.requestError in 1 of 3 attempts expected 106, "
        "got 108 (OS-010-000001)",
        "::endgroup::",
        "::group::Baseline: 2",
        f"::error file=baseline.yaml,line=4,title=baseline%3A passes now::entry 2 (line 4) accepts {accepts}, but OS-108 is "
        "kept; remove the entry.",
        "::error file=baseline.yaml,line=5,title=baseline%3A expired::entry 3 (line 5) accepted OS-056 warn at status until "
        "2026-01-30, the run is of 2026-01-31; ask Jane, then renew or remove it.",
        "::endgroup::",
        "::group::Not judged: 1",
        "::error title=not judged OS-003::not testable: needs an order",
        "::endgroup::",
        "::group::Accepted by the baseline: 1",
        "::stop-commands::TOKEN",
        "accepted at $.requestError expected 106, got 108 (OS-106-000001): until 2026-01-31, Jane: they mend it",
        "::TOKEN::",
        "::endgroup::",
        "::stop-commands::TOKEN",
        "1 finding accepted by 1 entry",
        "The target deviates from its contract in a way that the baseline does not accept; 5 requirements: 1 fail, "
        "1 inconclusive, 1 warn, 1 not testable, 1 pass.",
        "evidence: out/run.jsonl",
        "::TOKEN::",
        "exit status 1",
    ]


def obeyed(told: list[str]) -> list[str]:
    """The commands that GitHub's runner would obey, as its ActionCommand parses lines."""
    found, token = [], ""
    for line in "\n".join(told).replace("\r", "\n").split("\n"):
        if token:
            token = "" if line == f"::{token}::" else token
            continue
        match = re.match(r"\s*::([a-z-]+)(?: [^:]*)?::(.*)", line)
        if match:
            found.append(match[1])
            token = match[2] if match[1] == "stop-commands" else ""
        elif re.search(r"##\[", line):
            found.append("old form")
    return found


@pytest.mark.parametrize("accepted", [False, True])
def test_nothing_of_an_answer_is_obeyed_by_the_runner(tmp_path: Path, accepted: bool) -> None:
    result = run(
        verdicts(OS_106="fail", OS_003="not_testable", OS_010="suite_error"),
        finding("OS-106", where=HOSTILE, expected=HOSTILE, actual=HOSTILE),
        finding("OS-003", Verdict.NOT_TESTABLE, where="", actual=HOSTILE),
        finding("OS-010", Verdict.SUITE_ERROR, where="", actual=HOSTILE),
        {"kind": "trouble", "text": HOSTILE},
    )  # fmt: skip
    baseline = Baseline.read(file(tmp_path, *([entry(where="*"), entry("OS-003", "not_testable")] if accepted else [])))
    told = lines(result, baseline, GITHUB_ACTIONS="true")
    assert set(obeyed(told)) <= {"group", "endgroup", "error", "warning", "stop-commands"}
    assert obeyed(told).count("stop-commands") == (2 if accepted else 1)
    for environ in ({"GITHUB_ACTIONS": "true"}, {}):
        assert all(line.isprintable() for line in lines(result, baseline, **environ))


def test_a_command_escapes_what_would_end_it() -> None:
    assert command("error", "50 %\r\na:b,c", file="a:b,c%.yaml", line=3, title="") == (
        r"::error file=a%3Ab%2Cc%25.yaml,line=3::50 %25\r%0Aa:b,c"
    )


def test_a_run_that_conforms_is_told_in_three_lines() -> None:
    verdict = "The target keeps its contract; 1 requirement: 1 pass."
    assert lines(run()) == [verdict, "evidence: out/run.jsonl", "exit status 0"]


def test_what_is_allowed_to_be_incomplete_is_a_warning() -> None:
    result = run(verdicts(OS_106="not_testable"), allow_incomplete=True)
    assert lines(result)[0] == "WARNING not judged OS-106: no test came to it"
    assert lines(result)[-1] == "exit status 0"


@pytest.mark.parametrize(("line", "told"), [
    ({"kind": "trouble", "text": "no answer"}, "ERROR the run: no answer"),
    ({"kind": "broke", "text": "a traceback"}, "ERROR the run: a traceback"),
    ({"kind": "interrupted"}, "ERROR the run: it ended before every test had its turn"),
])  # fmt: skip
def test_what_went_wrong_with_the_run_is_told(line: dict[str, str], told: str) -> None:
    assert lines(run(line))[0] == told


def test_a_changed_reading_is_told(tmp_path: Path) -> None:
    reading = {"kind": "reading", "requirement": "OS-065", "reading": "order-status-xml-root", "option": "other"}
    baseline = Baseline.read(file(tmp_path, readings={"order-status-xml-root": "as-named"}))
    told = lines(run(reading), baseline)
    assert told[0] == "ERROR changed reading order-status-xml-root: observed as other, the baseline has as-named"
    assert told[2].startswith("The target follows another reading than the baseline says; ")


def test_what_could_not_begin_is_an_annotation_on_github_only() -> None:
    assert list(failure("a: b\nc", {"GITHUB_ACTIONS": "true"})) == ["::error title=conformance::a: b%0Ac"]
    assert list(failure("a", {})) == []
