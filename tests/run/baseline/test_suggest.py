"""Suggested entries can be pasted as they are, whatever an answer held, and accept exactly what was found."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from conformance.run.baseline import Baseline, Wishes, assess, suggestion
from conformance.run.finding import Verdict, place
from conformance.run.summary import Tally
from tests.report.lines import finding, verdicts

from .files import entry, file, run

NAMED = Wishes(owner="Jane", reason="they mend it")
READING = "order-status-xml-root"


def found(*rows: dict[str, Any], **by_id: str) -> Tally:
    return run(verdicts(**by_id), *rows)


def status_with(text: str, result: Tally) -> int:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "b.yaml"
        path.write_text(text, encoding="utf-8")
        return assess(Baseline.read(path), result).exit_status


def test_a_whole_file_is_suggested_that_accepts_the_run() -> None:
    result = found(
        finding("OS-106", where="$.orders[3].status", failed=3, attempts=3), finding("OS-010", Verdict.INCONCLUSIVE,
        failed=1, attempts=3), finding("OS-003", Verdict.NOT_TESTABLE, where="", actual="needs an order"),
        finding("OS-019", Verdict.BLOCKED, where="", blocked_by="OS-106"),
        OS_106="fail", OS_010="inconclusive", OS_003="not_testable", OS_019="blocked",
    )  # fmt: skip
    text = suggestion(result, Baseline(), NAMED)
    assert text == """\
# What a run of 2026-01-31 found. Accept only what you can live with, and say why.
version: 1
accepted:
  # OS-106-000001: expected 106, got 108
  - requirement: OS-106
    where: $.orders[*].status
    verdict: fail
    reason: they mend it
    owner: Jane
    first_seen: 2026-01-31
    expires: 2026-05-01
  # OS-010-000001: expected 106, got 108
  - requirement: OS-010
    where: $.requestError
    verdict: inconclusive
    max_rate: 0.34
    reason: they mend it
    owner: Jane
    first_seen: 2026-01-31
    expires: 2026-05-01
  # OS-003-000001: needs an order
  - requirement: OS-003
    verdict: not_testable
    reason: they mend it
    owner: Jane
    first_seen: 2026-01-31
    expires: 2026-05-01
"""
    assert status_with(text, result) == 0


def test_the_reason_and_the_owner_are_left_to_a_reader() -> None:
    rows = yaml.safe_load(suggestion(found(finding("OS-106"), OS_106="fail"), Baseline(), Wishes()))["accepted"]
    assert [(row["reason"], row["owner"]) for row in rows] == [("TODO: why", "TODO: who")]


def test_the_wishes_stand_in_every_entry() -> None:
    wishes = Wishes("Jane", "a: reason\nof two lines", "https://tracker.example/#1", date(2026, 2, 1))
    rows = yaml.safe_load(suggestion(found(finding("OS-106"), OS_106="fail"), Baseline(), wishes))["accepted"]
    assert [rows[0][name] for name in ("owner", "reason", "link", "expires")] == [
        "Jane", "a: reason\nof two lines", "https://tracker.example/#1", date(2026, 2, 1),
    ]  # fmt: skip


def test_a_run_that_conforms_needs_no_entry(tmp_path: Path) -> None:
    head = "# What a run of 2026-01-31 found. Accept only what you can live with, and say why.\n"
    assert suggestion(run(), Baseline(), Wishes()) == f"{head}version: 1\naccepted: []\n"
    assert suggestion(run(), Baseline.read(file(tmp_path, entry())), Wishes()) == "# Nothing is to be added.\n"


def test_only_what_a_baseline_does_not_accept_yet_is_suggested_for_it(tmp_path: Path) -> None:
    result = found(finding("OS-106", number=1), finding("OS-106", number=2, where="status"), OS_106="fail")
    path = file(tmp_path, entry())
    text = suggestion(result, Baseline.read(path), NAMED)
    assert text.startswith(f"# To be added to {path}:\n  # OS-106-000002: expected 106, got 108\n  - requirement: OS-106\n")
    assert [row["where"] for row in yaml.safe_load(text)] == ["status"]


def test_places_that_differ_only_by_numbers_are_one_entry() -> None:
    rows = [finding("OS-106", number=n, where=f"$.orders[{n}]") for n in range(3)]
    assert suggestion(found(*rows, OS_106="fail"), Baseline(), NAMED).count("requirement:") == 1


def test_what_is_blocked_by_nothing_known_gets_an_entry_of_its_own() -> None:
    result = found(finding("OS-019", Verdict.BLOCKED, where="", blocked_by="OS-065"), OS_019="blocked")
    text = suggestion(result, Baseline(), NAMED)
    assert "verdict: blocked\n" in text
    assert status_with(text, result) == 0


def test_a_refused_reading_is_accepted_as_it_was_observed() -> None:
    result = found(finding("OS-106", where=f"reading {READING}", actual="other"), OS_106="fail")
    text = suggestion(result, Baseline(), NAMED)
    assert f"    where: reading {READING}\n    verdict: fail\n    reading:\n      {READING}: other\n" in text
    assert status_with(text, result) == 0


def test_the_observed_readings_are_written_where_that_is_wished(tmp_path: Path) -> None:
    result = run(*({"kind": "reading", "requirement": "OS-065", "reading": READING, "option": option}
                   for option in ("other", "as-named")))  # fmt: skip
    assert "readings" not in suggestion(result, Baseline(), Wishes())
    text = suggestion(result, Baseline(), Wishes(readings=True))
    assert text.endswith(f"version: 1\naccepted: []\n\nreadings:\n  {READING}:\n  - as-named\n  - other\n")
    assert status_with(text, result) == 0
    known = Baseline.read(file(tmp_path, readings={READING: ["as-named", "other"]}))
    assert suggestion(result, known, Wishes(readings=True)) == "# Nothing is to be added.\n"


STRANGE = st.text(max_size=30) | st.sampled_from(
    ["*", "&a", "!x", "- a\n- b", "#", "a #b", "'", '"', "{}", "[*]", "null", "12", "\u2028", "\x85", "\x1b[2J", "a: b",
     "…", "\ufeff"]
)  # fmt: skip
DEVIATIONS = st.sampled_from([Verdict.FAIL, Verdict.WARN, Verdict.INCONCLUSIVE])


@given(st.lists(st.tuples(DEVIATIONS, STRANGE, STRANGE, STRANGE), max_size=4), STRANGE)
@example([(Verdict.FAIL, "a\x85b", "\x85", "\u2028- x")], "\x85")
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow], database=None,
          phases=[Phase.explicit, Phase.generate])
def test_whatever_an_answer_held_the_suggestion_is_yaml_and_accepts_it(
    rows: list[tuple[Verdict, str, str, str]], silence: str
) -> None:
    lines = [
        finding("OS-106", verdict, number=n, where=where, expected=expected, actual=actual, failed=2, attempts=3)
        for n, (verdict, where, expected, actual) in enumerate(rows) if not where.startswith("reading ")
    ]  # fmt: skip
    lines.append(finding("OS-003", Verdict.NOT_TESTABLE, where="", actual=silence))
    result = found(*lines, OS_003="not_testable", **({"OS_106": "fail"} if len(lines) > 1 else {}))
    text = suggestion(result, Baseline(), NAMED)
    assert status_with(text, result) == 0
    expected = {(line["verdict"], place(line["where"])) for line in lines[:-1]}
    written = yaml.safe_load(text)["accepted"]
    assert {(row["verdict"], row["where"]) for row in written if row["requirement"] == "OS-106"} == expected
