"""The ticket for a vendor."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt

from conformance.report.gathered import gather
from conformance.report.ticket import UnclearFindingError, choose, ticket
from conformance.run.finding import Verdict

from .conversations import CANCEL, about, cancelled, provided, run_with
from .lines import CARTS, END, ORDERS, exchange, finding, header, verdicts, written


def test_a_ticket_tells_who_decides_and_who_mends_and_shows_the_conversation(tmp_path: Path) -> None:
    lines = [provided("x1", "IMC1000"), cancelled("x2", "IMC1000", isCanceled=True),
             cancelled("x3", "IMC1000", isCanceled=False, requestError={"code": 508})]  # fmt: skip
    text = ticket(run_with(tmp_path, about("OC-507", "x3"), *lines))
    assert text.splitlines() == [
        "# OC-507: i.materialise Order Cancellation by Number API deviates from its document",
        "",
        "**In short.** The document promises: “A cancelled order is refused with code 507 and the message "
        '"Order has already been cancelled before."” The sandbox at `http://mine.example` does not keep this (2026-01-31). '
        "The clause is a *must*: software that follows the document goes wrong here.",
        "",
        "**In detail.** Expected at `$.requestError`: `error 507`. What came: `error 508`. "
        "What to check first: Check for Cancelled before checking for 508.",
        "",
        "**Where it stands.** Order Cancellation by Number API, Errors Section of the Response, General errors, row 507.",
        "",
        "## The conversation",
        "",
        "Test data: `IMC1000` comes from `an order (status: Ordered)`.",
        "",
        "Step 1 of 2",
        "",
        "```http",
        "POST http://mine.example/web-api/order/CancelOrderByNumber",
        "apiCode: [redacted:api_code]",
        "Accept: application/json",
        "",
        "{",
        '  "orderNumber": "IMC1000"',
        "}",
        "```",
        "",
        "```http",
        "HTTP 200 OK",
        "Content-Type: application/json",
        "",
        "{",
        '  "orderNumber": "IMC1000",',
        '  "isCanceled": true',
        "}",
        "```",
        "",
        "Step 2 of 2",
        "",
        "```http",
        "POST http://mine.example/web-api/order/CancelOrderByNumber",
        "apiCode: [redacted:api_code]",
        "Accept: application/json",
        "",
        "{",
        '  "orderNumber": "IMC1000"',
        "}",
        "```",
        "",
        "```http",
        "HTTP 200 OK",
        "Content-Type: application/json",
        "",
        "{",
        '  "orderNumber": "IMC1000",',
        '  "isCanceled": false,',
        '  "requestError": {   ← here',
        '    "code": 508',
        "  }",
        "}",
        "```",
        "",
        "## To see it again",
        "",
        "```sh",
        'curl -sS -i http://mine.example/web-api/order/CancelOrderByNumber -H "apiCode: $CONFORMANCE_API_CODE" '
        "-H 'Accept: application/json' -H 'X-Trace: 1' -H 'Content-Type:' --data-raw '{\"orderNumber\": \"IMC1000\"}'",
        "```",
        "",
        "Found by order-api-conformance 0, run of 2026-01-31T12:00:00+00:00, seed 7, finding OC-507-abc123. "
        "Credentials are left out; `[redacted:name]` and `$CONFORMANCE_NAME` stand for them.",
    ]


HOSTILE = "`a\n\n# owned\n<img src=x onerror=alert(1)> @you #1 [l](http://evil.example) \x1b[2J\u202e"


def test_a_hostile_answer_stays_text(tmp_path: Path) -> None:
    answer: dict[str, Any] = {HOSTILE: HOSTILE, "requestError": "```\n\n# owned\n"}
    told = about("OC-507", "x1", where=HOSTILE, expected=HOSTILE, actual=HOSTILE)
    text = ticket(run_with(tmp_path, told, cancelled("x1", "```\n# owned", **answer)))
    tokens = MarkdownIt("commonmark", {"html": True}).parse(text)
    kinds = {child.type for token in tokens for child in (token, *(token.children or ()))}
    assert kinds == {"heading_open", "heading_close", "inline", "text", "paragraph_open", "paragraph_close", "strong_open",
                     "strong_close", "em_open", "em_close", "code_inline", "fence"}  # fmt: skip
    lines = [token.content for token in tokens if token.type == "inline" and "owned" in token.content]
    assert lines == [next(line for line in text.splitlines() if line.startswith("**In detail.**"))]
    assert {char for char in text if not char.isprintable()} == {"\n"}


def many(tmp_path: Path) -> Path:
    return written(
        tmp_path, header(ORDERS, CARTS),
        finding("OS-106", where="$.a", number=1), finding("OS-106", where="$.b", number=2),
        finding("OS-103", Verdict.WARN, number=3), finding("CS-102", Verdict.SUITE_ERROR, number=4),
        finding("OS-001", Verdict.BLOCKED, number=5, blocked_by="OS-106"), finding("CS-040", Verdict.NOT_TESTABLE, number=6),
        exchange("x1", b"{}"), verdicts(OS_106="fail", OS_103="warn", OS_003="pass"), END,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("wanted", "requirement", "first"),
    [
        ("OS-106", "OS-106", "OS-106-000001"),
        ("os-106-000002", "OS-106", "OS-106-000002"),
        ("OS-106-", "OS-106", "OS-106-000001"),
        ("OS-103", "OS-103", "OS-103-000003"),
        ("os-103-0", "OS-103", "OS-103-000003"),
    ],
)
def test_a_finding_is_named_by_its_id_its_requirement_or_a_beginning(
    tmp_path: Path, wanted: str, requirement: str, first: str
) -> None:
    chosen = choose(gather(many(tmp_path)).evidence, wanted)
    assert (chosen.requirement.id, chosen.findings[0].id) == (requirement, first)


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        ("", "--finding is needed: the run holds 2 deviations: OS-106 (OS-106-000001, OS-106-000002); "
             "OS-103 (OS-103-000003)"),
        ("OS", "--finding OS fits 2 deviations: OS-106 (OS-106-000001, OS-106-000002); OS-103 (OS-103-000003)"),
        ("OS-001", "--finding OS-001: this is blocked; write the ticket about OS-106, which it follows from"),
        ("CS-102", "--finding CS-102: this is suite error, which is nothing that the vendor could mend"),
        ("CS-040", "--finding CS-040: this is not testable, which is nothing that the vendor could mend"),
        ("OS-003", "--finding OS-003: this is pass, so there is nothing to write a ticket about"),
        ("XY-1", "--finding XY-1: no deviation of the run has this id; there are OS-106 (OS-106-000001, OS-106-000002); "
                 "OS-103 (OS-103-000003)"),
    ],
)  # fmt: skip
def test_what_cannot_be_told_apart_or_mended_by_the_vendor_is_refused(tmp_path: Path, wanted: str, told: str) -> None:
    with pytest.raises(UnclearFindingError, match=f"^{re.escape(told)}$"):
        choose(gather(many(tmp_path)).evidence, wanted)


def test_a_run_without_deviation_has_no_ticket(tmp_path: Path) -> None:
    evidence = gather(written(tmp_path, header(ORDERS), verdicts(OS_106="pass"), END)).evidence
    with pytest.raises(UnclearFindingError, match=r"^the run holds no deviation, so there is nothing "):
        choose(evidence)
    with pytest.raises(UnclearFindingError, match=r"^--finding OS-9: the run holds no deviation$"):
        choose(evidence, "OS-9")


def test_further_places_and_what_it_blocks_are_counted(tmp_path: Path) -> None:
    places = [finding("OS-106", where=f"$.at{number}", number=number, failed=3, attempts=3) for number in range(12)]
    blocked = finding("OS-001", Verdict.BLOCKED, number=50, blocked_by="OS-106")
    text = ticket(gather(written(tmp_path, header(ORDERS), *places, blocked, verdicts(OS_106="fail"), END)))
    assert "1 further clause could not be judged because of it: OS-001." in text
    assert "This came in 3 of 3 attempts." in text
    assert "## It also shows in 11 further places\n" in text
    assert text.count("\n- `$.at") == 8
    assert "\n- and 3 more\n" in text
    assert "## The conversation" not in text


def test_what_shows_now_and_then_is_told_as_such(tmp_path: Path) -> None:
    told = about("OC-507", "x1", failed=1, attempts=3)
    flaky = type(told)(**{**told.__dict__, "verdict": Verdict.INCONCLUSIVE})
    text = ticket(run_with(tmp_path, flaky, cancelled("x1", "IMC1000")))
    assert "It showed in 1 of 3 attempts." in text
    assert CANCEL not in text
