"""The parts of which the report page is made, one by one."""

from __future__ import annotations

import base64
import json
import re
import zlib
from pathlib import Path

import pytest

from conformance.contract import apis, load
from conformance.report.evidence import read
from conformance.report.page.causes import causes
from conformance.report.page.coverage import Coverage
from conformance.report.page.difference import marked
from conformance.report.page.documents import NOTHING, document
from conformance.report.page.drawing import Mark, drawn, followed
from conformance.report.page.gather import gather
from conformance.report.page.latency import Latency, axis
from conformance.report.page.lifecycle import Diagram, Follower, State, diagrams
from conformance.report.page.pack import choose, pack, squeezed
from conformance.report.page.reproduction import program
from conformance.run.finding import Verdict
from conformance.wire import Exchange, Request, Response

from .lines import CARTS, END, ORDERS, exchange, finding, header, verdicts, written

MACKE = "macke/orders"


def test_only_the_words_that_differ_are_marked() -> None:
    expected, actual = marked("error 509 “Order processing has begun.”", "error 508 “Order production has begun.”")
    assert [text for text, differs in expected if differs] == ["509", "processing"]
    assert [text for text, differs in actual if differs] == ["508", "production"]
    assert "".join(text for text, _ in actual) == "error 508 “Order production has begun.”"


@pytest.mark.parametrize(
    ("expected", "actual"),
    [("always shown", "absent"), ("", "x"), ("a", "a"), ("x " * 700, "y"), ("0c23fd17-306d-4b28", "727272a4-d661-453d")],
)
def test_texts_without_much_in_common_stay_whole(expected: str, actual: str) -> None:
    assert marked(expected, actual) == ([(expected, False)], [(actual, False)])


def test_a_quantile_is_known_to_ten_percent_whatever_the_number_of_answers() -> None:
    latency = Latency()
    for number in range(1, 1001):
        latency.add(float(number))
    assert latency.quantile(0.5) == pytest.approx(500, rel=0.1)
    assert latency.quantile(0.95) == pytest.approx(950, rel=0.1)
    assert latency.quantile(1) == pytest.approx(1000, rel=0.1)
    assert len(latency.bins) <= 73
    assert axis([latency]) == (1.0, 10_000.0)
    assert axis([]) == (1.0, 10.0)
    assert Latency().quantile(0.5) == 0
    profile = latency.profile(1, 10_000, 40)
    assert max(profile) == 1
    assert profile[31:] == [0.0] * 9


def test_a_program_asks_the_same_question_and_names_credentials_only() -> None:
    headers = (("apiCode", "[redacted:api_code]"), ("Accept", 'text/"xml"'), ("User-Agent", "us"))
    asked = Request("POST", "http://x.example/a?k=[redacted:key]&b=1", headers, b'{"a": "\xe2\x80\xa8"}')
    text = program([Exchange("x1", "o", asked, None, "gone", "", 1.0)], (), ("one\ntwo",))
    assert text.startswith("# one two\nimport os\n\nimport requests\n")
    calls: list[tuple[str, dict[str, object]]] = []

    class Requests:
        @staticmethod
        def post(url: str, **more: object) -> Response:
            calls.append((url, more))
            return Response(200, "OK", ())

    values = {"CONFORMANCE_KEY": "k1", "CONFORMANCE_API_CODE": "c1"}
    code = text.replace("import os\n", "").replace("import requests\n", "").replace("print(", "(")
    code = code.replace("answer.status_code, answer.text", "0")
    exec(code, {"requests": Requests, "os": type("os", (), {"environ": values})})
    assert calls == [
        (
            "http://x.example/a?k=k1&b=1",
            {
                "headers": {"apiCode": "c1", "Accept": 'text/"xml"'}, "data": '{"a": "\u2028"}'.encode(),
                "allow_redirects": False, "timeout": 30,
            },
        )
    ]  # fmt: skip


def test_a_program_gives_basic_credentials_to_requests() -> None:
    asked = Request("GET", "http://x.example/", (("Authorization", "Basic [redacted:api_key]"),))
    text = program([Exchange("x1", "o", asked, None, "gone", "", 1.0)], ("email", "api_key"))
    assert 'auth=(os.environ["CONFORMANCE_EMAIL"], os.environ["CONFORMANCE_API_KEY"])' in text
    assert 'headers={"Accept": None}' in text


def test_problems_that_show_the_same_are_one_cause_and_the_worst_comes_first(tmp_path: Path) -> None:
    path = written(
        tmp_path, header(ORDERS),
        finding("OS-108", where="$.requestError", actual="error 17"),
        finding("OS-010", Verdict.INCONCLUSIVE, where="status", actual="x", failed=1, attempts=3),
        finding("OS-106", where="$.requestError", actual="error 18"),
        finding("OS-020", where="$.orders[3].orderID", actual="another"),
        finding("OS-021", Verdict.BLOCKED, blocked_by="OS-020"),
        END,
    )  # fmt: skip
    found = causes(read(path).problems)
    assert [[problem.requirement.id for problem in cause.problems] for cause in found] == [
        ["OS-020"], ["OS-106", "OS-108"], ["OS-010"],
    ]  # fmt: skip
    assert [(cause.verdict, cause.blocks) for cause in found] == [("fail", 1), ("fail", 0), ("inconclusive", 0)]


def answered(operation: str, body: object, *, api: str = CARTS, sent: object = None, status: int = 200) -> dict[str, object]:
    method = load(api).operations[operation].method
    line = Exchange(
        id="x1", operation=f"{api} {operation}",
        request=Request(method, f"http://h{load(api).operations[operation].path}?x=1",
                        (("Content-Type", "application/json"),), json.dumps(sent).encode() if sent else b""),
        response=Response(status, "", (("content-type", "Text/JSON; charset=utf-8"),), json.dumps(body).encode()),
        failure="", at="", milliseconds=1.0,
    )  # fmt: skip
    return line.to_json()


def test_coverage_counts_members_values_codes_statuses_and_media_types() -> None:
    coverage = Coverage(load(CARTS))
    good = {"carts": [{"cartID": "a", "cartStatus": "Pending"}, {"cartID": "b", "cartError": {"code": 101, "message": "m"}}]}
    coverage.add("postCartStatuses", answered("postCartStatuses", good, sent={"carts": ["a", "b"]}))
    coverage.add("postCartStatuses", answered("postCartStatuses", good))
    coverage.add("postCartStatuses", answered("postCartStatuses", {"requestError": {"code": 999}}, status=418))
    coverage.add("unknown", answered("postCartStatuses", {}))
    rows = {row.kind: row for row in coverage.rows}
    assert (rows["operations"].seen, rows["operations"].all) == (1, 1)
    assert rows["listed values"].missing == (
        "carts[*].cartStatus = NotOrdered", "carts[*].cartStatus = CheckedOut", "carts[*].cartStatus = Ordered",
    )  # fmt: skip
    assert "carts[*].cartCreationDateTime" in rows["members of answers"].missing
    assert "carts[*].cartID" not in rows["members of answers"].missing
    codes = {code.code: code for code in coverage.codes}
    assert (codes[101].seen, codes[101].operations, codes[101].first) == (2, ("postCartStatuses",), "x1")
    assert (codes[102].seen, codes[102].first) == (0, "")
    assert (codes[999].seen, codes[999].requirement) == (1, "")
    assert coverage.statuses == [("postCartStatuses", [(200, 2, True), (418, 1, True)])]
    assert coverage.media_types == [("text/json", 3)]
    assert "text/json" not in rows["media types of answers"].missing


def test_every_diagram_of_the_contract_names_requirements_that_exist_and_can_be_drawn() -> None:
    drawings = 0
    for api in apis():
        contract = load(api)
        for diagram in diagrams(contract):
            assert diagram.requirements <= contract.requirements.keys()
            assert {step.source for step in diagram.steps} | {step.to for step in diagram.steps} <= {
                state.id for state in diagram.states
            }
            text = drawn(diagram, lambda id_: Mark("fail" if id_ else "", f"<{id_}>"))
            assert text.startswith("<svg")
            assert "<OC" not in text
            drawings += 1
    assert drawings == 5


def test_a_drawing_is_as_wide_as_what_is_refused_at_its_right_edge() -> None:
    states = (State("a", (0, 0)), State("b", (1, 0), refuses=(("a refusal of thirty characters", "OC-507"),)))
    text = drawn(Diagram("t", "s", states), lambda _: Mark("pass", ""))
    middle = re.search(r'<text x="([\d.]+)" y="[\d.]+">a refusal', text)
    width = re.search(r'viewBox="0 0 (\d+) ', text)
    assert middle
    assert width
    assert int(width[1]) > float(middle[1]) + 30 * 7.4 / 2


def changed(order: str, status: str, answer: int = 200) -> dict[str, object]:
    line = answered("updateOrder", {"order_id": order}, api=MACKE, sent={"status": status}, status=answer)
    line["request"]["url"] = f"http://h/orders/{order}"  # type: ignore[index]
    return line


def test_steps_are_read_from_changes_and_the_next_look() -> None:
    contract = load(MACKE)
    follow = diagrams(contract)[0].follow
    assert follow is not None
    follower = Follower(contract, follow)

    def look(**orders: str) -> None:
        content = {"orders": [{"order_id": id_.strip("_"), "status": status} for id_, status in orders.items()]}
        follower.add("listOrders", answered("listOrders", content, api=MACKE), content)

    follower.add("updateOrder", changed("9", "P"), None)  # what it led from is unknown
    look(_1="O", _2="O", _3="O", _4="O", _5="O")
    follower.add("updateOrder", changed("1", "P"), None)
    follower.add("updateOrder", changed("2", "C"), None)
    follower.add("updateOrder", changed("3", "D"), None)
    follower.add("updateOrder", changed("4", "Z", 400), None)
    follower.add("updateOrder", changed("5", "P", 404), None)
    look(_1="P", _2="O")
    follower.finish()
    assert {pair: taken.outcome for pair, taken in follower.steps.items()} == {
        ("O", "P"): "kept", ("O", "C"): "otherwise", ("O", "D"): "unseen", ("O", "Z"): "refused",
    }  # fmt: skip
    text = followed(diagrams(contract)[0], follower.steps, lambda _: Mark("pass", ""))
    assert text.count('class="edge ') == 4
    assert "t-refused" in text


def test_a_large_run_keeps_what_findings_and_requirements_refer_to_and_an_even_sample(tmp_path: Path) -> None:
    shown = [{**exchange(f"x{number:05d}", b"{}"), "operation": f"{ORDERS} getOrders", "test": f"t{number // 100}"}
             for number in range(1, 10_001)]  # fmt: skip
    judged = [{"kind": "verdicts", "test": "t3", "requests": 1, "verdicts": {"OS-106": "pass"}}]
    told = finding("OS-108", exchanges=("x09876", "x09877"), failed=1)
    path = written(tmp_path, header(ORDERS), *shown, *judged, told, END)
    gathered = gather(path)
    choice = choose(gathered)
    assert choice.named == ("x09876", "x09877")
    assert choice.judged == ("x00397", "x00398", "x00399")
    packed = pack(path, gathered)
    assert packed.total == 10_000
    assert 2_000 < packed.kept <= 3_000
    kept = [row[0] for row in packed.rows]
    assert kept[:5] == [*choice.named, *choice.judged]
    assert sum(map(len, packed.blocks)) < 1_500_000


def test_a_block_is_raw_deflate_in_base64() -> None:
    packed = squeezed([["</script>", "\u2028"]])
    assert json.loads(zlib.decompress(base64.b64decode(packed), -15)) == [["</script>", "\u2028"]]
    assert set(packed) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=")


def test_verdicts_are_traced_to_the_tests_that_say_most(tmp_path: Path) -> None:
    many = {f"OS_{number}": "pass" for number in ("103", "106", "108")}
    lines = [{**verdicts(**many), "test": f"wide {number}"} for number in range(9)]
    lines.append({**verdicts(OS_106="pass"), "test": "narrow"})
    gathered = gather(written(tmp_path, header(ORDERS), *lines, END))
    assert gathered.judged["OS-106"].count == 10
    assert gathered.judged["OS-106"].tests == ["narrow", "wide 0", "wide 1", "wide 2"]


@pytest.mark.parametrize("media_type", ["text/html", "application/xml"])
def test_a_page_from_an_api_that_speaks_json_alone_is_no_document(media_type: str) -> None:
    contract = load(MACKE)
    body = {"text": "<html><title>Maintenance</title></html>", "headers": [["Content-Type", media_type]]}
    assert document(body, contract.operations["listOrders"], contract.vendor) is NOTHING
