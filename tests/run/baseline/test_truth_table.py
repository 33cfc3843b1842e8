"""The baseline's truth table: expected by actual by expired by matched, with the exact exit status and sentences.

A cell names what bites: U unexpected deviation, P passes now, N matches nothing, E expired, I not judged, S error of the
suite; a dot is nothing. What was not judged has no place, so that an entry about it cannot name another one.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from conformance.run.finding import Verdict
from conformance.run.summary import Tally
from tests.report.lines import finding, verdicts

from .files import DAY_BEFORE, LAST_DAY, PLACE, assessed, entry, run

ACTUAL = (
    "pass", "observed", "fail", "warn", "inconclusive", "not_testable", "blocked", "not_applicable", "suite_error", "absent",
)  # fmt: skip
TABLE = """
expected     place expired pass observed fail warn inconclusive not_testable blocked not_applicable suite_error absent
none         -     no      .    .        U    U    U            I            I       .              S           .
fail         same  no      P    P        .    UN   UN           I            I       N              S           .
fail         same  yes     P    P        E    UN   UN           EI           EI      N              SE          E
fail         other no      P    P        UN   UN   UN           I            I       N              S           .
fail         other yes     P    P        UN   UN   UN           EI           EI      N              SE          E
warn         same  no      P    P        UN   .    UN           I            I       N              S           .
warn         same  yes     P    P        UN   E    UN           EI           EI      N              SE          E
warn         other no      P    P        UN   UN   UN           I            I       N              S           .
warn         other yes     P    P        UN   UN   UN           EI           EI      N              SE          E
inconclusive same  no      .    .        UN   UN   .            I            I       N              S           .
inconclusive same  yes     E    E        UN   UN   E            EI           EI      N              SE          E
inconclusive other no      .    .        UN   UN   UN           I            I       N              S           .
inconclusive other yes     E    E        UN   UN   UN           EI           EI      N              SE          E
not_testable -     no      P    P        UN   UN   UN           .            I       N              S           .
not_testable -     yes     P    P        UN   UN   UN           E            EI      N              SE          E
blocked      -     no      P    P        UN   UN   UN           I            .       N              S           .
blocked      -     yes     P    P        UN   UN   UN           EI           E       N              SE          E
"""
STATUS = {"S": 4, "U": 1, "P": 2, "N": 2, "E": 2, "I": 5}
"""The first of these that a cell has."""
ELSEWHERE = "$.orders"
ROWS = [line.split() for line in TABLE.strip().splitlines()[1:]]
CASES = [(*row[:3], actual, cell) for row in ROWS for actual, cell in zip(ACTUAL, row[3:], strict=True)]


def the_run(actual: str) -> Tally:
    if actual == "absent":
        return run()
    lines = [verdicts(OS_106=actual)]
    times = {"inconclusive": 1}.get(actual, 3)
    if actual in ("fail", "warn", "inconclusive"):
        lines.append(finding("OS-106", Verdict(actual), failed=times, attempts=3, where=PLACE))
    if actual in ("not_testable", "blocked", "suite_error"):
        lines.append(finding("OS-106", Verdict(actual), where="", expected="", actual="a reason"))
    return run(*lines)


def accepts(expected: str, place: str) -> str:
    at = f" at {PLACE if place == 'same' else ELSEWHERE}" if place != "-" else ""
    return f"OS-106 {expected}{at}{' in at most 0.5 of the attempts' if expected == 'inconclusive' else ''}"


def sentence(bite: str, expected: str, place: str, actual: str) -> str:
    shown = f"OS-106 {actual}" + ("" if actual in ("not_testable", "blocked") else f" at {PLACE}")
    shown += " in 1 of 3 attempts" if actual == "inconclusive" else ""
    instead = "OS-106 is not_applicable" if actual == "not_applicable" else f"the run has {shown}"
    about = f"entry 1 (line 3) accepts {accepts(expected, place)}"
    return {
        "U": f"Unexpected deviation: {shown} (OS-106-000001); no entry accepts it.",
        "P": f"Passes now: {about}, but OS-106 is kept; remove the entry.",
        "N": f"Matches nothing: {about}, {instead}; correct the entry or remove it.",
        "E": f"Expired: entry 1 (line 3) accepted {accepts(expected, place)} until 2026-01-30, the run is of 2026-01-31; "
             "ask Jane, then renew or remove it.",
        "I": "Not judged: OS-106; no entry accepts that.",
    }[bite]  # fmt: skip


@pytest.mark.parametrize(("expected", "place", "expired", "actual", "cell"), CASES, ids=["-".join(c[:4]) for c in CASES])
def test_every_combination_has_its_status_and_its_sentences(
    tmp_path: Path, expected: str, place: str, expired: str, actual: str, cell: str
) -> None:
    where = {"same": PLACE, "other": ELSEWHERE}.get(place)
    rows = [entry(verdict=expected, where=where, expires=DAY_BEFORE if expired == "yes" else LAST_DAY)]
    assessment = assessed(tmp_path, the_run(actual), *(rows if expected != "none" else []))
    bites = cell.replace(".", "")
    assert assessment.exit_status == next((status for bite, status in STATUS.items() if bite in bites), 0)
    assert assessment.sentences == [sentence(b, expected, place, actual) for b in bites.replace("S", "")]


def test_the_table_has_every_combination() -> None:
    places = {"none": "-", "not_testable": "-", "blocked": "-"}
    deviations = [(expected, place, late) for expected in ("fail", "warn", "inconclusive") for place in ("same", "other")
                  for late in ("no", "yes")]  # fmt: skip
    others = [(expected, places[expected], late) for expected in ("not_testable", "blocked") for late in ("no", "yes")]
    assert {tuple(row[:3]) for row in ROWS} == {("none", "-", "no"), *deviations, *others}
    assert set(ACTUAL) == {*map(str, Verdict), "absent"}
    assert len(CASES) == 170
