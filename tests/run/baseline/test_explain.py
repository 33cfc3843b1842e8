"""`baseline explain`: why a finding is accepted or not, and what an entry does."""

from __future__ import annotations

from pathlib import Path

import pytest

from conformance.run.baseline import explanation
from conformance.run.finding import Verdict
from tests.report.lines import finding, verdicts

from .files import DAY_BEFORE, PLACE, assessed, entry, run

RUN = run(
    verdicts(OS_106="fail", OS_010="blocked", OS_003="inconclusive", OS_019="not_testable", CS_010="fail"),
    finding("OS-106", number=1, where=PLACE), finding("OS-106", number=2, where="\x1b[2J"), finding("CS-010"),
    finding("OS-010", Verdict.BLOCKED, where="", blocked_by="OS-106"),
    finding("OS-003", Verdict.INCONCLUSIVE, failed=2, attempts=3),
    finding("OS-019", Verdict.NOT_TESTABLE, where="", actual="needs an order"),
)  # fmt: skip
ROWS = [
    entry(link="https://tracker.example/1"), entry(where="*", expires=DAY_BEFORE),
    entry("OS-003", "inconclusive", max_rate=0.34), entry("OS-108"), entry("CS-010"), entry("OS-019"),
]  # fmt: skip
TERMS = "Jane, 2026-01-01 to 2026-01-31"
ABOUT = {
    "OS-106-000001": [
        f"OS-106-000001: OS-106 fail at {PLACE}",
        f"  accepted by entry 1 (line 3): they mend it ({TERMS}, https://tracker.example/1)",
        "  entry 2 (line 4) accepts it too",
    ],
    "OS-106-000002": [
        r"OS-106-000002: OS-106 fail at \x1b[2J",
        "  would be accepted by entry 2 (line 4): they mend it (Jane, 2026-01-01 to 2026-01-30)",
        "  but that entry expired on 2026-01-30",
        rf"  entry 1 (line 3) does not accept it: its place is \x1b[2J, the entry accepts {PLACE}",
    ],
    "OS-010": [
        "OS-010-000001: OS-010 blocked",
        "  would be accepted by entry 2 (line 4), with OS-106, from which it follows: they mend it "
        "(Jane, 2026-01-01 to 2026-01-30)",
        "  but that entry expired on 2026-01-30",
    ],
    "3": [
        f"OS-003-000001: OS-003 inconclusive at {PLACE} in 2 of 3 attempts",
        "  entry 3 (line 5) does not accept it: it showed in 2 of 3 attempts, the entry accepts a rate of at most 0.34",
        f"entry 3 (line 5): OS-003 inconclusive at {PLACE} in at most 0.34 of the attempts ({TERMS})",
        f"  Matches nothing: entry 3 (line 5) accepts OS-003 inconclusive at {PLACE} in at most 0.34 of the attempts, "
        f"the run has OS-003 inconclusive at {PLACE} in 2 of 3 attempts; correct the entry or remove it.",
    ],
    "OS-108": [
        f"entry 4 (line 6): OS-108 fail at {PLACE} ({TERMS})",
        f"  Passes now: entry 4 (line 6) accepts OS-108 fail at {PLACE}, but OS-108 is kept; remove the entry.",
    ],
    "5": [
        f"entry 5 (line 7): CS-010 fail at {PLACE} ({TERMS})",
        "  no tooth bites: the run says fail about it, so nothing shows whether the entry is still needed",
    ],
    "OS-019": [
        "OS-019-000001: OS-019 not_testable",
        "  entry 6 (line 8) does not accept it: its verdict is not_testable, the entry accepts fail",
        f"entry 6 (line 8): OS-019 fail at {PLACE} ({TERMS})",
        "  no tooth bites: the run says not_testable about it, so nothing shows whether the entry is still needed",
    ],
}


@pytest.mark.parametrize(("about", "lines"), ABOUT.items(), ids=ABOUT)
def test_each_is_explained(tmp_path: Path, about: str, lines: list[str]) -> None:
    assert explanation(assessed(tmp_path, RUN, *ROWS), RUN, about) == lines


def test_without_a_name_all_findings_and_all_entries_are_explained(tmp_path: Path) -> None:
    told = explanation(assessed(tmp_path, RUN, *ROWS), RUN)
    heads = [line.partition(":")[0] for line in told if not line.startswith(" ")]
    assert heads == [
        "OS-106-000001", "OS-106-000002", "OS-010-000001", "OS-003-000001", "OS-019-000001",
        *(f"entry {n} (line {n + 2})" for n in range(1, 7)),
    ]  # fmt: skip


def test_what_no_entry_names_is_said_so(tmp_path: Path) -> None:
    result = run(verdicts(OS_106="fail"), finding("OS-106"))
    assert explanation(assessed(tmp_path, result), result) == [
        f"OS-106-000001: OS-106 fail at {PLACE}", "  not accepted: no entry names OS-106",
    ]  # fmt: skip


def test_an_entry_with_nothing_to_do_is_said_so(tmp_path: Path) -> None:
    result = run(verdicts(OS_106="pass"))
    told = explanation(assessed(tmp_path, result, entry(verdict="inconclusive")), result, "1")
    assert told[-1] == (
        "  nothing for it to do in this run: it shows in some attempts only, or another entry accepts it already"
    )


@pytest.mark.parametrize("about", ["OS-001", "OS-106-ffffff", "9", "nonsense"])
def test_a_name_that_nothing_has_is_refused(tmp_path: Path, about: str) -> None:
    with pytest.raises(ValueError, match=f"neither the run nor the baseline has '{about}'"):
        explanation(assessed(tmp_path, RUN, *ROWS), RUN, about)
