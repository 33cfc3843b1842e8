"""The report page as a text, from run files made by hand: what it says first, and what can never become markup."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from conformance.contract import load
from conformance.report.closing import headline
from conformance.report.page import write
from conformance.run.finding import Verdict
from conformance.run.runfile import RunFileError

from .conversations import CANCEL, about, cancelled, provided
from .lines import CARTS, END, ORDERS, exchange, finding, header, verdicts, written
from .varied import accepting, varied

HOSTILE = (
    "</script><script>alert(1)</script><img src=x onerror=alert(2)>\u2028\u202eevil\u2066 \"'>"
    '<a href="javascript:alert(3)">{{ 7*7 }} ${7*7} ]]>\x1b[2J\0<!--'
)


def page(folder: Path, *lines: Mapping[str, Any]) -> str:
    out = folder / "deep" / "page.html"
    write(written(folder, *lines), out)
    return out.read_text(encoding="utf-8")


def parsed(text: str) -> Any:
    return html.fromstring(text)


def texts(document: Any, path: str) -> list[str]:
    return [" ".join(element.text_content().split()) for element in document.xpath(path)]


def test_the_page_opens_with_the_answer(tmp_path: Path) -> None:
    text = page(
        tmp_path, header(ORDERS), exchange("x1", b"{}"), finding("OS-106", failed=3, attempts=3, exchanges=("x1",)),
        finding("OS-108", Verdict.NOT_TESTABLE, actual="the run is read-only"),
        verdicts(OS_106="fail", OS_103="pass", OS_108="not_testable"), END,
    )  # fmt: skip
    document = parsed(text)
    unjudged = sum(not row.untested for row in load(ORDERS).requirements.values()) - 3
    assert texts(document, "//h1") == ["The target deviates from its contract"]
    assert texts(document, "//ul[@class='counts']/li") == [
        "✕1 fail", "?1 not testable", "✓1 pass", f"·{unjudged} not judged",
    ]  # fmt: skip
    lead = texts(document, "//p[@class='lead']")[0]
    assert lead.startswith("1 likely cause behind 1 broken requirement. 2 of ")
    assert lead.endswith("Exit status 1.")
    assert texts(document, "//dl[@class='facts']/div") == [
        "Targetmine at http://mine.example", "Environmentsandbox", "When31 January 2026, 12:00 UTC",
        "Asked1 request in 2.0 s, profile quick, seed 7", "Suiteorder-api-conformance 0",
        "Baselinenone given: every deviation counts",
    ]  # fmt: skip
    assert document.xpath("//ol[@class='causes']//a/@href") == ["#OS-106-000001"]


@pytest.mark.parametrize(
    ("lines", "says", "tone"),
    [
        ([verdicts(OS_106="pass"), END], "The target keeps its contract", "tone-good"),
        ([verdicts(OS_106="pass")], "The run broke off", "tone-open"),
        ([{"kind": "trouble", "text": "nobody answers"}, END], "Nothing could be judged: nobody answers", "tone-trouble"),
        ([verdicts(OS_106="blocked"), END], "No deviation, but not everything could be judged", "tone-open"),
        ([verdicts(OS_106="suite_error"), END],
         "The suite made an error of its own, so there is no verdict on the target", "tone-trouble"),
        ([END], "Nothing was judged: no test of the suite was executed", "tone-open"),
    ],
)  # fmt: skip
def test_every_ending_of_a_run_has_its_page(tmp_path: Path, lines: list[dict[str, Any]], says: str, tone: str) -> None:
    document = parsed(page(tmp_path, header(ORDERS, CARTS), *lines))
    assert texts(document, "//h1") == [says]
    assert document.xpath("//header/@class")[0] == f"hero {tone}"
    assert len(document.xpath("//table[@id='table']/tbody/tr")) == 213


def test_every_requirement_and_finding_has_an_anchor_that_is_there_once(tmp_path: Path) -> None:
    more = [finding("OS-106", where=f"$.at{number}", number=number) for number in range(2, 30)]
    document = parsed(page(tmp_path, header(ORDERS, CARTS), finding("OS-106"), *more, verdicts(OS_106="fail"), END))
    ids = document.xpath("//@id")
    assert len(ids) == len(set(ids))
    links = {href[1:] for href in document.xpath("//@href") if "?" not in href}
    assert links <= set(ids)
    assert {"OS-106", "CS-037", "OS-106-000001", "requirements", "findings"} <= set(ids)
    assert "16 further places, all in the run file" in document.text_content()


def test_only_the_script_and_style_of_the_page_itself_are_allowed(tmp_path: Path) -> None:
    text = page(tmp_path, header(ORDERS), END)
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', text)
    assert policy
    for name, directive in (("script", "script-src"), ("style", "style-src")):
        inside = re.findall(rf"<{name}>(.*?)</{name}>", text, re.DOTALL)
        assert len(inside) == 1
        digest = base64.b64encode(hashlib.sha256(inside[0].encode()).digest()).decode()
        assert f"{directive} &#39;sha256-{digest}&#39;" in policy[1]
    assert "default-src &#39;none&#39;" in policy[1]
    assert not re.search(r"\son\w+=|\sstyle=", text)
    assert not re.search(r"(?:src|href)=\"(?!#)", text)


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.attributes |= {name for name, _ in attrs}


def hostile_lines() -> list[Mapping[str, Any]]:
    shown = {**exchange("x1", b'{"orders": ["' + HOSTILE.replace('"', r"\"").encode() + b'"]}', f"http://mine.example/{HOSTILE}"),
             "operation": f"{ORDERS} getOrders", "test": HOSTILE}  # fmt: skip
    shown["response"]["headers"] = [["Content-Type", HOSTILE], [HOSTILE, HOSTILE]]
    shown["response"]["reason"] = HOSTILE
    told = finding("OS-106", where=f"$.{HOSTILE}", expected=HOSTILE, actual=HOSTILE * 2, next_step=HOSTILE, test=HOSTILE,
                   exchanges=("x1",), failed=1, attempts=1)  # fmt: skip
    other = finding("OS-106", where=HOSTILE, actual=HOSTILE, number=2, exchanges=("x1",))
    missing = finding("OS-108", Verdict.NOT_TESTABLE, actual=HOSTILE)
    target = {"name": HOSTILE, "vendor": "imaterialise", "base_url": "javascript:alert(4)", "environment": "sandbox",
              "data": {HOSTILE: [HOSTILE]}}  # fmt: skip
    return [
        header(ORDERS, targets=[target]), shown, told, other, missing,
        {"kind": "reading", "requirement": "OS-007", "reading": "order-status-xml-root", "option": HOSTILE,
         "exchanges": ["x1"]},
        {"kind": "leftover", "text": HOSTILE},
        {"kind": "verdicts", "test": HOSTILE, "requests": 1, "verdicts": {"OS-106": "fail", "OS-108": "not_testable"}}, END,
    ]  # fmt: skip


def test_nothing_from_an_answer_becomes_markup_or_hides(tmp_path: Path) -> None:
    text = page(tmp_path, *hostile_lines())
    calm = page(tmp_path, header(ORDERS), exchange("x1", b"{}"), finding("OS-106", exchanges=("x1",)),
                finding("OS-108", Verdict.NOT_TESTABLE, actual="x"), verdicts(OS_106="fail"), END)  # fmt: skip
    tags, usual = _Tags(), _Tags()
    tags.feed(text)
    usual.feed(calm)
    assert tags.names - usual.names <= {"b", "details", "mark", "summary", "ul"}
    assert not {name for name in tags.attributes if name.startswith("on")}
    assert text.count("<script") == calm.count("<script")
    assert {char for char in text if not char.isprintable()} == {"\n"}
    assert not re.search(r'href="(?!#)', text)
    assert r"\u2028\u202eevil\u2066" in text


def test_the_same_run_file_makes_the_same_page(tmp_path: Path) -> None:
    lines = [header(ORDERS), exchange("x1", b"{}"), finding("OS-106", exchanges=("x1",)), verdicts(OS_106="fail"), END]
    first = page(tmp_path, *lines)
    assert page(tmp_path, *lines) == first


def test_a_file_that_is_no_run_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(RunFileError, match="cannot be read"):
        write(tmp_path / "none.jsonl", tmp_path / "page.html")
    assert not (tmp_path / "page.html").exists()


def test_the_marked_line_stands_where_the_finding_is(tmp_path: Path) -> None:
    told = finding("OS-106", where="$.requestError.code", exchanges=("x1",), failed=1, attempts=1)
    body = b'{"orders": [], "requestError": {"message": "no", "code": 108}}'
    document = parsed(page(tmp_path, header(ORDERS), exchange("x1", body), told, verdicts(OS_106="fail"), END))
    assert texts(document, "//span[@class='ln at']") == ['"code": 108']
    assert texts(document, "//span[@class='here']") == ["code, expected: 106"]
    assert "seen: 108" in document.xpath("//article//details[2]//code")[0].text


def rows_of(document: Any, article: str) -> dict[str, str]:
    """The table of a finding: term → what is said."""
    rows = document.xpath(f"//article[@id='{article}']/dl/div")
    return {" ".join(row[0].text_content().split()): " ".join(row[1].text_content().split()) for row in rows}


def test_a_finding_tells_its_test_data_and_what_came_before(tmp_path: Path) -> None:
    lines = [provided("x1", "IMC1000"), cancelled("x2", "IMC1000", isCanceled=True), cancelled("x3", "IMC1000")]
    told = about("OC-507", "x3")
    document = parsed(page(tmp_path, header(CANCEL), *lines, told.to_json(), verdicts(OC_507="fail"), END))
    assert rows_of(document, told.id) == {
        "Given": "IMC1000: an order (status: Ordered)",
        "Where": "$.requestError",
        "Check first": "Check for Cancelled before checking for 508.",
    }
    assert texts(document, "//div[@class='earlier']/ol/li/code") == [
        "POST http://mine.example/web-api/order/CancelOrderByNumber"
    ]
    assert texts(document, "//div[@class='earlier']//pre") == [
        '{ "orderNumber": "IMC1000" }', '{ "orderNumber": "IMC1000", "isCanceled": true }',
    ]  # fmt: skip
    assert texts(document, "//p[@class='conversation js']/button") == ["x2", "x3"]
    program = document.xpath("//article//details[2]//code")[-1].text
    assert program.count("requests.post(") == 2


def test_advice_that_is_only_the_clause_at_its_place_is_left_out(tmp_path: Path) -> None:
    row = next(row for row in load(ORDERS).requirements.values() if not row.hint and not row.untested)
    told = finding(row.id, where="$.orders[3].x", next_step=f"Compare $.orders[*].x with {row.source}.")
    document = parsed(page(tmp_path, header(ORDERS), told, END))
    assert rows_of(document, told["id"]) == {"Where": "$.orders[3].x"}


def test_findings_of_two_causes_in_one_answer_name_each_other(tmp_path: Path) -> None:
    document = parsed(
        page(
            tmp_path, header(ORDERS), exchange("x1", b"{}"), exchange("x2", b"{}"),
            finding("OS-106", where="$.a.b", exchanges=("x1",), actual="one"),
            finding("OS-103", where="$.c.d", exchanges=("x2",), actual="two"),
            finding("OS-103", where="$.c.e", exchanges=("x1",), actual="three", number=2),
            finding("OS-108", where="$.f.g", exchanges=("x2",), actual="four"), END,
        )
    )  # fmt: skip
    assert rows_of(document, "OS-106-000001")["See also"] == "OS-103: the same answer shows it"
    assert rows_of(document, "OS-103-000001")["See also"] == "OS-106, OS-108: the same answer shows them"
    assert document.xpath("//article[@id='OS-106-000001']/dl//a/@href") == ["#OS-103-000001"]


def test_findings_of_one_cause_are_listed_before_the_first_of_them(tmp_path: Path) -> None:
    document = parsed(page(tmp_path, header(ORDERS), finding("OS-106"), finding("OS-108"), END))
    assert texts(document, "//p[@class='together']") == ["1 One likely cause, 2 requirements: OS-106, OS-108"]
    assert document.xpath("//p[@class='together']//a/@href") == ["#OS-106-000001", "#OS-108-000001"]


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ([Verdict.FAIL, Verdict.FAIL], "2 likely causes behind 2 broken requirements."),
        ([Verdict.FAIL, Verdict.WARN, Verdict.INCONCLUSIVE],
         "3 likely causes behind 3 broken requirements (1 fail, 1 inconclusive, 1 warn)."),
        ([Verdict.WARN, Verdict.SUITE_ERROR],
         "1 likely cause behind 1 broken requirement. 1 requirement could not be judged because of an error of the suite."),
        ([Verdict.SUITE_ERROR], "1 requirement could not be judged because of an error of the suite."),
    ],
)  # fmt: skip
def test_the_head_says_what_it_counts(tmp_path: Path, given: list[Verdict], says: str) -> None:
    ids = ["OS-106", "OS-103", "OS-108"]
    told = [finding(id_, verdict, where=f"$.{id_}.x", actual=id_[3:]) for id_, verdict in zip(ids, given, strict=False)]
    document = parsed(page(tmp_path, header(ORDERS), *told, END))
    assert texts(document, "//p[@class='lead']")[0].startswith(f"{says} 0 of ")
    assert texts(document, "//p[@id='counts-h']") == ["Requirements by verdict"]


def test_values_and_points_in_time_are_written_legibly(tmp_path: Path) -> None:
    told = finding("OS-106", where="$.createdDate", expected="", actual="/Date(1234567890000)/", exchanges=("x1",))
    body = b'{"id": "1", "createdDate": "/Date(1234567890000)/"}'
    document = parsed(page(tmp_path, header(ORDERS), exchange("x1", body), told, END))
    assert texts(document, "//div[@class='expected']/p[@class='text']") == ['""']
    assert texts(document, "//div[@class='actual']/p[@class='text']") == [
        '"/Date(1234567890000)/" (2009-02-13 23:31:30 UTC)'
    ]
    assert texts(document, "//span[@class='ln at']") == [
        '"createdDate": "/Date(1234567890000)/" = 2009-02-13 23:31:30 UTC'
    ]
    assert texts(document, "//span[@class='here']") == ['createdDate, expected: ""']
    assert texts(document, "//span[@class='seen']") == [
        'expected ""; seen "/Date(1234567890000)/" (2009-02-13 23:31:30 UTC)'
    ]


def test_what_a_baseline_accepts_is_said_in_the_headline(tmp_path: Path) -> None:
    gathered = varied(tmp_path)
    assessment = accepting(gathered, *((f.requirement, f.verdict) for f in gathered.tally.findings.values()))
    write(gathered.path, tmp_path / "page.html", against=lambda _: assessment)
    document = parsed((tmp_path / "page.html").read_text(encoding="utf-8"))
    assert texts(document, "//h1") == [headline(gathered.evidence, assessment)]


def test_a_finding_that_blocks_most_of_the_run_is_said_to_do_so(tmp_path: Path) -> None:
    ids = [id_ for id_, row in load(ORDERS).requirements.items() if not row.untested]
    blocked = [finding(id_, Verdict.BLOCKED, blocked_by="OS-009") for id_ in ids[: len(ids) // 2 + 2] if id_ != "OS-009"]
    document = parsed(page(tmp_path, header(ORDERS), finding("OS-009"), *blocked, END))
    assert texts(document, "//header/div/p[@class='notice']") == [
        f"Because of OS-009, {len(blocked)} of {len(ids)} requirements could not be judged at all: "
        "the answers say next to nothing about them."
    ]
    document = parsed(page(tmp_path / "few", header(ORDERS), finding("OS-009"), *blocked[: len(ids) // 2 - 1], END))
    assert texts(document, "//header/div/p[@class='notice']") == []
