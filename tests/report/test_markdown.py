"""The summary for a pull request, read back by a renderer."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from conformance.report.gathered import gather
from conformance.report.markdown import to_markdown
from conformance.report.markup import LONGEST
from conformance.run.finding import Verdict

from .lines import END, ORDERS, finding, header, verdicts, written
from .varied import accepting, varied


def test_the_answer_comes_first_then_counts_and_what_is_wrong(tmp_path: Path) -> None:
    path = written(
        tmp_path, header(ORDERS), finding("OS-106", where="$.requestError.code", next_step="Mend the range."),
        finding("OS-106", where="$.b", number=2), finding("OS-001", Verdict.BLOCKED, number=3, blocked_by="OS-106"),
        verdicts(OS_106="fail", OS_003="pass", OS_001="blocked"), END,
    )  # fmt: skip
    assert to_markdown(gather(path)).splitlines() == [
        "## ❌ Order API conformance",
        "",
        "The target deviates from its contract; 3 requirements: 1 fail, 1 blocked, 1 pass.",
        "",
        "| API | fail | blocked | pass |",
        "|---|--:|--:|--:|",
        "| imaterialise/order-status | 1 | 1 | 1 |",
        "",
        "### What is wrong: 1 requirement",
        "",
        "- **fail OS-106** (must, imaterialise/order-status): A dateFrom later than dateTo is answered with code 106 and "
        'the message "Date range is wrong; please make sure DateFrom is older than DateTo."',
        "  - source: order-status, Errors Section of the Response, row 106",
        "  - at `$.requestError.code`: expected `106`, got `108`",
        "  - at `$.b`: expected `106`, got `108`",
        "  - next: Mend the range.",
        "  - blocks 1 requirement: OS-001",
        "",
        "`mine` at `http://mine.example`, 0 requests, 2026-01-31T12:00:00, exit status 1.",
    ]


def test_nothing_of_an_answer_becomes_markup(tmp_path: Path) -> None:
    gathered = varied(tmp_path)
    for text in (to_markdown(gathered), to_markdown(gathered, accepting(gathered, ("CS-102", Verdict.FAIL)))):
        page = MarkdownIt("commonmark", {"html": True}).enable("table").render(text)
        tags = set(re.findall(r"</?([a-zA-Z][a-zA-Z0-9]*)", page))
        assert tags == {"h2", "h3", "p", "table", "thead", "tbody", "tr", "th", "td", "ul", "li", "strong", "em", "code",
                        "details", "summary"}  # fmt: skip
        assert {heading for heading in re.findall(r"<h\d>(.*?)</h\d>", page) if "owned" in heading} == set()
        # Its hidden characters are shown, nowhere obeyed.
        assert {char for char in text if not char.isprintable()} == {"\n"}
        assert r"\x1b[2J\x00\ufffe\u202e" in text


def test_a_baseline_is_told_before_what_is_wrong(tmp_path: Path) -> None:
    gathered = varied(tmp_path)
    text = to_markdown(gathered, accepting(gathered, ("OS-106", Verdict.FAIL), ("OS-003", Verdict.FAIL)))
    start = text.index("### Baseline `known.yaml`")
    assert text.index("- 3 findings accepted by 1 entry") > start
    assert "- Passes now: entry 2 (line 0) accepts OS-003 fail anywhere, but OS-003 is kept; remove the entry." in text
    assert "**fail OS-106**" not in text
    assert "**fail CS-102**" in text
    late = accepting(gathered, ("OS-106", Verdict.FAIL), expires=date(2026, 1, 30))
    assert "Expired: entry 1 (line 0) accepted OS-106 fail anywhere until 2026-01-30" in to_markdown(gathered, late)


def test_missing_test_data_is_told_as_lines_to_copy(tmp_path: Path) -> None:
    line = 'needs an order; add to the target file: [data.orders] foreign = ["…"]'
    told = [finding("OS-019", Verdict.NOT_TESTABLE, actual=line),
            finding("OS-018", Verdict.NOT_TESTABLE, actual="no <b>", number=2)]  # fmt: skip
    given = verdicts(OS_019="not_testable", OS_018="not_testable")
    text = to_markdown(gather(written(tmp_path, header(ORDERS), *told, given, END)))
    assert text.startswith("## ⚠️ Order API conformance\n\nNo deviation, but not everything could be judged")
    assert "### What could not be judged: 2 requirements\n\n- `no <b>` (OS-018)\n" in text
    assert '```toml\n[data.orders]\n# an order: OS-019\nforeign = ["…"]\n```\n' in text


@pytest.mark.parametrize(("ticks", "cut"), [("`<" * 300, False), ("`" * 900, True)])
def test_a_run_of_any_size_fits_into_a_comment(tmp_path: Path, ticks: str, cut: bool) -> None:
    ids = [f"{prefix}-{number:03}" for prefix in ("OS", "CS") for number in range(1, 220)]
    told = [finding(id_, number=number, where="x" * 900, expected=ticks, actual="<" * 900)
            for id_ in ids for number in range(5)]  # fmt: skip
    unjudged = [finding(id_, Verdict.NOT_TESTABLE, number=9, actual=f"{id_} " + "&" * 900) for id_ in ids]
    given = verdicts(**{id_.replace("-", "_"): "fail" for id_ in ids})
    text = to_markdown(gather(written(tmp_path, header(ORDERS), *told, *unjudged, given, END)))
    assert 20_000 < len(text) <= LONGEST < 65_536
    assert ("The rest is left out here" in text) is cut
    assert (re.search(r"- and 127 further requirements: OS-\d+", text) is None) is cut
    assert text.splitlines()[-1].endswith("exit status 1.")
