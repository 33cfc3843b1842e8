"""The report on a terminal, from run files made by hand."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest

from conformance.contract import load
from conformance.report import read, to_json
from conformance.report.problem import shown_exchanges
from conformance.run.finding import Verdict

from .lines import CARTS, END, ORDERS, exchange, finding, header, printed, verdicts, written

LINE = 'needs {}; add to the target file: [data.orders] {} = ["{}"]'


def last_lines(text: str, number: int) -> list[str]:
    return text.rstrip("\n").split("\n")[-number:]


def test_a_run_that_found_nothing_wrong_says_so_in_its_last_lines(tmp_path: Path) -> None:
    path = written(tmp_path, header(ORDERS), exchange("x1", b"{}"), verdicts(OS_106="pass", OS_007="observed"), END)
    assert last_lines(printed(path), 6) == [
        "The target keeps its contract; 2 requirements: 1 observed, 1 pass.",
        f"  evidence     {path}",
        "  target       mine at http://mine.example",
        "  pace         1 request in 2.0 s (0 requests/s)",
        "  seed         7",
        "  exit status  0",
    ]


def test_the_table_counts_verdicts_by_the_force_of_the_clause(tmp_path: Path) -> None:
    path = written(tmp_path, header(ORDERS), verdicts(OS_106="pass", OS_103="fail", OS_007="observed"), END)
    rows = load(ORDERS).requirements.values()
    untested = sum(bool(row.untested) for row in rows)
    table = [line.split() for line in printed(path).splitlines()[:12]]
    assert table[0] == ["i.materialise", "Order", "Status", "API", "(imaterialise/order-status)"]
    assert ["requirements", "must", "should", "may", "all"] in table
    assert ["fail", "1", "1"] in table
    assert ["pass", "1", "1"] in table
    assert ["observed", "1", "1"] in table
    rest = next(row for row in table if row[:5] == ["not", "judged", "in", "this", "run"])
    assert rest[-1] == str(len(rows) - untested - 3)


def test_a_finding_shows_clause_exchange_curl_and_next_step(tmp_path: Path) -> None:
    body = b'{"orders":[],"requestError":{"message":"no","code":108}}'
    told = finding("OS-106", where="$.requestError.code", exchanges=("x1",), next_step="Mend the range.")
    path = written(tmp_path, header(ORDERS), exchange("x1", body), told, verdicts(OS_106="fail"), END)
    text = printed(path)
    start = text.index("1. FAIL OS-106")
    assert text[start : text.index("\n\n", start)].splitlines() == [
        "1. FAIL OS-106 (must), i.materialise Order Status API",
        "  clause    A dateFrom later than dateTo is answered with code 106 and the",
        '            message "Date range is wrong; please make sure DateFrom is older',
        '            than DateTo."',
        "  source    order-status, Errors Section of the Response, row 106",
        "  where     $.requestError.code",
        "  expected  106",
        "  actual    108",
        "  exchange  x1: GET http://mine.example/web-api/order",
        "  answer    HTTP 200 OK, application/json, 56 bytes",
        "    | {",
        '    |   "orders": [],',
        '    |   "requestError": {',
        '    |     "message": "no",',
        '    |     "code": 108',
        "    |   }",
        "    | }",
        "  curl -sS -i http://mine.example/web-api/order"
        " -H \"apiCode: $CONFORMANCE_API_CODE\" -H 'Accept: application/json'",
        "  next     Mend the range.",
        "  finding  OS-106-000001",
        "  test     a test",
    ]
    assert last_lines(text, 1) == ["  exit status  1"]


def test_what_is_blocked_is_a_count_under_the_finding_that_blocks_it(tmp_path: Path) -> None:
    blocked = [
        finding(f"OS-{number}", Verdict.BLOCKED, blocked_by="OS-001", actual="follows from OS-001")
        for number in ("003", "004", "005", "006", "008", "009")
    ]
    given = {f"OS_{number}": "blocked" for number in ("003", "004", "005", "006", "008", "009")}
    path = written(tmp_path, header(ORDERS), finding("OS-001"), *blocked, verdicts(OS_001="fail", **given), END)
    text = printed(path)
    assert "  blocks   6 requirements: OS-003, OS-004, OS-005, OS-006 and 2 more\n" in text
    assert "Blocked:" not in text
    assert text.count("follows from") == 0


def test_what_blocks_most_comes_first_among_equal_verdicts(tmp_path: Path) -> None:
    path = written(
        tmp_path, header(ORDERS),
        finding("OS-001"), finding("OS-103"), finding("OS-010", Verdict.INCONCLUSIVE, failed=1, attempts=3),
        finding("OS-106", Verdict.BLOCKED, blocked_by="OS-103"),
        finding("OS-002", Verdict.SUITE_ERROR), END,
    )  # fmt: skip
    found = [(problem.verdict, problem.requirement.id) for problem in read(path).problems]
    assert found == [("fail", "OS-103"), ("fail", "OS-001"), ("inconclusive", "OS-010"), ("suite_error", "OS-002")]
    assert "  attempts  showed in 1 of 3 attempts\n" in printed(path)


def test_a_requirement_that_breaks_in_many_places_is_told_once(tmp_path: Path) -> None:
    many = [finding("OS-106", where=f"$.at{number}", number=number) for number in range(20)]
    text = printed(written(tmp_path, header(ORDERS), *many, verdicts(OS_106="fail"), END))
    assert text.count("FAIL OS-106") == 1
    assert text.count("  also     fail at $.at") == 8
    assert "  also     11 further places, all in the run file\n" in text


def test_missing_test_data_is_told_as_lines_for_the_target_file(tmp_path: Path) -> None:
    needs = [
        finding("OS-019", Verdict.NOT_TESTABLE, actual=LINE.format("an order of another", "foreign", "…")),
        finding("OS-103", Verdict.NOT_TESTABLE, actual=LINE.format("an order of another", "foreign", "…")),
        finding("OS-106", Verdict.NOT_TESTABLE, actual=LINE.format("an order to cancel", "consumable", "IMC000001")),
        finding("OS-108", Verdict.NOT_TESTABLE, actual=LINE.format("two to cancel", "consumable", "IMC000002")),
        finding("OS-001", Verdict.NOT_TESTABLE, actual="the run is read-only"),
    ]
    given = verdicts(**{f"OS_{id_}": "not_testable" for id_ in ("019", "103", "106", "108", "001")})
    text = printed(written(tmp_path, header(ORDERS), *needs, given, END))
    start = text.index("Not testable")
    assert text[start : text.index("\n\nNo deviation", start)].splitlines() == [
        "Not testable: 5 requirements",
        "  -  the run is read-only (OS-001)",
        "  -  add to the target file, with values of your own for …:",
        "",
        "  [data.orders]",
        "  # an order to cancel: OS-106",
        "  # two to cancel: OS-108",
        '  consumable = ["IMC000001", "IMC000002"]',
        "  # an order of another: OS-019, OS-103",
        '  foreign = ["…"]',
    ]
    assert last_lines(text, 1) == ["  exit status  5"]


def test_observed_readings_are_told_in_plain_words(tmp_path: Path) -> None:
    def reading(requirement: str, name: str, option: str) -> dict[str, object]:
        return {"kind": "reading", "requirement": requirement, "reading": name, "option": option, "exchanges": []}

    text = printed(written(
        tmp_path, header(CARTS), reading("CS-037", "cart-limit", "ten-allowed"),
        reading("CS-037", "cart-limit", "ten-refused"), verdicts(CS_037="observed"), END,
    ))  # fmt: skip
    assert (
        "Where the document leaves a choice, this i.materialise Cart Status API …\n"
        "  -  accepts exactly ten carts; at other times refuses exactly ten carts with\n"
        "     102 (cart-limit)\n"
    ) in text


HOSTILE = "\x1b]0;owned\x07\x1b[2J[bold red]hello[/] \u202egnp.exe\r\u0085 :smile: \ud800"


@pytest.mark.parametrize("width", [40, 80, 200])
def test_an_answer_can_neither_drive_the_terminal_nor_be_taken_for_markup(tmp_path: Path, width: int) -> None:
    told = finding("OS-106", actual=HOSTILE, where=HOSTILE, next_step=HOSTILE, exchanges=("x1",))
    shown = exchange("x1", HOSTILE.encode("utf-8", "replace"), "http://mine.example/\x1b[2J")
    text = printed(written(tmp_path, header(ORDERS), shown, told, verdicts(OS_106="fail"), END), width)
    assert {char for char in text if not char.isprintable()} == {"\n"}
    joined = "".join(text.split())
    assert r"\x1b]0;owned\x07\x1b[2J[boldred]hello[/]\u202egnp.exe\r\x85:smile:\ud800" in joined


@pytest.mark.parametrize("width", [60, 80])
def test_only_lines_that_are_to_be_copied_are_wider_than_the_screen(tmp_path: Path, width: int) -> None:
    body = b'{"message": "' + b"long " * 200 + b'"}'
    told = finding("OS-106", actual="word " * 60, exchanges=("x1",), test="conformance/suite/" + "x" * 100)
    text = printed(written(tmp_path, header(ORDERS), exchange("x1", body), told, verdicts(OS_106="fail"), END), width)
    wide = [line for line in text.splitlines() if len(line) > width]
    assert {line.split()[0] for line in wide} <= {"curl", "test", "evidence"}


def test_an_answer_that_is_wide_on_the_screen_is_cut_by_cells(tmp_path: Path) -> None:
    told = finding("OS-106", exchanges=("x1",))
    text = printed(written(tmp_path, header(ORDERS), exchange("x1", ("界" * 300).encode()), told, END))
    assert max(len(line) for line in text.splitlines() if "界" in line) <= 46


@pytest.mark.parametrize(
    ("lines", "sentence", "status"),
    [
        ([{"kind": "trouble", "text": "nobody answers"}, END], "Nothing could be judged: nobody answers.", 3),
        ([verdicts(OS_106="pass"), {"kind": "broke", "text": "oh"}, END],
         "The suite broke, which says nothing about the target: oh; 1 requirement: 1 pass.", 4),
        ([verdicts(OS_106="suite_error"), END],
         "The suite made an error of its own, so there is no verdict on the target; 1 requirement: 1 suite error.", 4),
        ([verdicts(OS_106="pass"), {"kind": "interrupted"}, END],
         "The run was interrupted before every test had its turn; 1 requirement: 1 pass.", 5),
        ([verdicts(OS_106="pass")], "The run broke off; 1 requirement: 1 pass.", 5),
        ([END], "Nothing was judged: no test of the suite was executed.", 5),
        ([verdicts(OS_106="warn"), END], "The target deviates from its contract; 1 requirement: 1 warn.", 1),
        ([verdicts(OS_106="blocked"), END],
         "No deviation, but not everything could be judged; 1 requirement: 1 blocked.", 5),
        # A verdict on an API that was only asked for its help does not count.
        ([verdicts(OS_106="pass", CS_102="fail"), END], "The target keeps its contract; 1 requirement: 1 pass.", 0),
    ],
)  # fmt: skip
def test_the_verdict_is_one_sentence(tmp_path: Path, lines: list[dict[str, object]], sentence: str, status: int) -> None:
    text = printed(written(tmp_path, header(ORDERS), *lines), width=200)
    assert sentence in text.splitlines()
    assert last_lines(text, 1) == [f"  exit status  {status}"]


def test_an_incomplete_run_passes_where_its_caller_allowed_it(tmp_path: Path) -> None:
    lines = [header(ORDERS, allow_incomplete=True), verdicts(OS_106="not_testable"), END]
    assert last_lines(printed(written(tmp_path, *lines)), 1) == ["  exit status  0"]
    # An interrupted run is not merely incomplete.
    lines.insert(1, {"kind": "interrupted"})
    assert last_lines(printed(written(tmp_path, *lines)), 1) == ["  exit status  5"]


def test_a_run_under_another_contract_is_reported_with_a_notice(tmp_path: Path) -> None:
    text = printed(written(tmp_path, header(ORDERS, contracts={ORDERS: "then"}), verdicts(OS_106="pass"), END))
    assert "  notice       the contract of imaterialise/order-status is another now; judge\n" in text


def test_what_could_not_be_removed_is_told(tmp_path: Path) -> None:
    path = written(tmp_path, header(ORDERS), {"kind": "leftover", "text": "an order: IMC1"}, verdicts(OS_106="pass"), END)
    assert "Left over on the target, please remove by hand:\n  -  an order: IMC1\n" in printed(path)


def test_only_the_exchanges_that_are_told_are_looked_up(tmp_path: Path) -> None:
    shown = [exchange(f"x{number}", b"{}") for number in range(5)]
    evidence = read(written(tmp_path, header(ORDERS), *shown, finding("OS-106", exchanges=("x1", "x3")), END))
    found = shown_exchanges(evidence)
    assert (list(found.last), list(found.titles)) == (["OS-106-000001"], ["x1"])
    assert evidence.tally.requests == 5


def test_no_answer_is_kept_whole(tmp_path: Path) -> None:
    body = b'{"orders": ["' + b"x" * 500_000 + b'"]}'
    rows = list(load(ORDERS).requirements)[:20]
    shown = [exchange(f"x{number}", body) for number in range(20)]
    told = [finding(id_, exchanges=("x0", f"x{number}")) for number, id_ in enumerate(rows)]
    path = written(tmp_path, header(ORDERS), *shown, *told, END)
    del shown
    printed(path)  # what is read once and kept: contracts, patterns
    tracemalloc.start()
    try:
        text = printed(path)
        assert tracemalloc.get_traced_memory()[1] < 10 * len(body)
    finally:
        tracemalloc.stop()
    assert text.count("  answer    HTTP 200 OK") == 20


def test_the_json_form_is_the_summary_and_the_findings(tmp_path: Path) -> None:
    import json

    path = written(tmp_path, header(ORDERS), finding("OS-106"), verdicts(OS_106="fail"), END)
    report = json.loads(to_json(read(path)))
    assert report["exit"] == 1
    assert report["requirements"]["OS-106"] == {"verdict": "fail", "level": "must", "findings": ["OS-106-000001"]}
    assert report["findings"]["OS-106-000001"]["actual"] == "108"
