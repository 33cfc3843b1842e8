"""Answers from a run file: the very request, once, in the state in which the target was, or none at all."""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
import requests

from conformance.wire import BudgetSpent, Exchange, Guard, NotInEvidence, Redactor, Refused, Request, Response, open_session
from conformance.wire.recorder import INTERRUPTED
from conformance.wire.replay import Evidence, Replay

BASE = "http://shop.example"
GET = Request("GET", f"{BASE}/orders", (("Accept", "text/xml"),))
CHANGE = Request("POST", f"{BASE}/cancel", (), b"{}")


def exchange(number: int, request: Request = GET, test: str = "a test") -> Exchange:
    answer = Response(200, "OK", (("Content-Type", "text/plain"),), f"answer {number}".encode())
    return Exchange(f"x{number:05d}", "api operation", request, answer, "", "2026-01-31T12:00:00.000+00:00", 1.0, test)


def evidence(folder: Path, exchanges: Sequence[Exchange], today: Sequence[str] = ("a test", "another")) -> Evidence:
    path = folder / "run.jsonl"
    lines = [json.dumps(each.to_json()).encode() + b"\n" for each in exchanges]
    path.write_bytes(b"".join(lines))
    found = Evidence(path, lambda method, url: method == "GET")
    place = 0
    for line in lines:
        found.add(json.loads(line), place)
        place += len(line)
    found.complete(frozenset(today))
    return found


def taken(found: Evidence, *asked: tuple[Request, str]) -> list[str]:
    """The ids of the answers; a dash where there is none."""
    result = []
    for request, test in asked:
        try:
            result.append(found.take(request, test)[0].id)
        except NotInEvidence:
            result.append("-")
    found.close()
    return result


def test_each_answer_is_given_once_and_in_its_order(tmp_path: Path) -> None:
    found = evidence(tmp_path, [exchange(1), exchange(2), exchange(3, replace(GET, url=f"{BASE}/others"))])
    assert taken(found, *[(GET, "a test")] * 3) == ["x00001", "x00002", "-"]


@pytest.mark.parametrize(
    "other",
    [
        replace(GET, method="HEAD"), replace(GET, url=f"{BASE}/orders?"), replace(GET, body=b" "), replace(GET, headers=()),
        replace(GET, headers=(("Accept", "text/html"),)), replace(GET, headers=(("accept", "text/xml"),)),
        replace(GET, headers=(*GET.headers, ("Accept", "text/xml"))),
    ],
)  # fmt: skip
def test_another_question_has_no_answer(tmp_path: Path, other: Request) -> None:
    assert taken(evidence(tmp_path, [exchange(1)]), (other, "a test"), (GET, "a test")) == ["-", "x00001"]


def test_what_the_transport_adds_is_no_part_of_the_question(tmp_path: Path) -> None:
    sent = replace(GET, headers=(("Content-Length", "36"), ("User-Agent", "an older release"), *GET.headers))
    assert taken(evidence(tmp_path, [exchange(1, sent)]), (GET, "a test")) == ["x00001"]


def test_the_answer_to_another_test_is_not_given_away(tmp_path: Path) -> None:
    found = evidence(tmp_path, [exchange(1), exchange(2, replace(GET, url=BASE), "another")])
    assert taken(found, (GET, "another"), (GET, "a test")) == ["-", "x00001"]


def test_a_test_that_leaves_out_a_change_gets_no_answer_from_after_it(tmp_path: Path) -> None:
    told = [exchange(1), exchange(2, CHANGE), exchange(3)]
    assert taken(evidence(tmp_path, told), *[(GET, "a test")] * 2) == ["x00001", "-"]
    asked = [(GET, "a test"), (CHANGE, "a test"), (GET, "a test")]
    assert taken(evidence(tmp_path, told), *asked) == ["x00001", "x00002", "x00003"]


def test_the_answers_to_a_renamed_test_serve_it_under_its_new_name(tmp_path: Path) -> None:
    told = [exchange(1), exchange(2, CHANGE, "its old name"), exchange(3, GET, "its old name")]
    asked = [(GET, "a test"), (CHANGE, "its new name"), (GET, "its new name")]
    assert taken(evidence(tmp_path, told, ["a test", "its new name"]), *asked) == ["x00001", "x00002", "x00003"]


def test_an_answer_is_filed_under_the_test_that_gets_it(tmp_path: Path) -> None:
    found = evidence(tmp_path, [exchange(1, GET, "its old name")], ["its new name"])
    assert found.take(GET, "its new name")[0] == exchange(1, GET, "its new name")
    found.close()


def test_a_new_test_shares_an_answer_of_the_same_state_once_and_leaves_it_to_its_own_test(tmp_path: Path) -> None:
    told = [exchange(1, test="another"), exchange(2), exchange(3, CHANGE), exchange(4)]
    today = ["a test", "another", "new"]
    asked = [(GET, "another"), (GET, "new"), (GET, "new"), (CHANGE, "new"), (GET, "a test")]
    assert taken(evidence(tmp_path, told, today), *asked) == ["x00001", "x00002", "-", "-", "x00002"]


def test_a_shared_answer_is_new_only_once(tmp_path: Path) -> None:
    found = evidence(tmp_path, [exchange(1)], ["a test", "new"])
    assert [found.take(GET, test)[1] for test in ("new", "a test")] == [True, False]
    found.close()


def test_an_answer_from_another_state_is_no_answer(tmp_path: Path) -> None:
    told = [exchange(1, CHANGE, "gone"), exchange(2, GET, "gone")]
    assert taken(evidence(tmp_path, told), (GET, "a test")) == ["-"]


def test_a_request_that_was_under_way_when_the_run_was_stopped_is_no_evidence(tmp_path: Path) -> None:
    found = evidence(tmp_path, [replace(exchange(1), response=None, failure=INTERRUPTED)])
    assert (len(found), taken(found, (GET, "a test"))) == (0, ["-"])


def test_the_message_names_the_question_without_its_host(tmp_path: Path) -> None:
    found = evidence(tmp_path, [])
    with pytest.raises(NotInEvidence) as error:
        found.take(GET, "a test")
    assert str(error.value) == "not in the evidence: GET /orders; only a new run can ask it"
    with pytest.raises(NotInEvidence) as error:
        found.take(replace(GET, url=f"{BASE}/{'x' * 500}"), "a test")
    assert str(error.value) == f"not in the evidence: GET /{'x' * 159}…; only a new run can ask it"
    found.close()


def test_no_body_is_kept(tmp_path: Path) -> None:
    large = Response(200, "OK", (), b"x" * 20_000)
    told = [replace(exchange(n, replace(GET, url=f"{BASE}/{n}")), response=large) for n in range(500)]
    tracemalloc.start()
    found = evidence(tmp_path, told)
    del told
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    found.close()
    assert held < 1_000_000  # the bodies are ten times as much


SECRET = "5f6b0c1e-AbCd-4e55-9f3a-0d1e2f3a4b5c"
STAND_IN = "stand-in-0123456789"


class Replayed:
    """A session that is answered from evidence, and what it wrote."""

    def __init__(self, found: Evidence, max_requests: int | None = None) -> None:
        self.written: list[Exchange] = []
        guard = Guard(BASE, False, "", frozenset())
        guard.permissions.append(lambda request: "not ours" if "99" in str(request.url) else "")
        self.recorder = Replay(evidence=found, guard=guard, redactor=Redactor({"code": STAND_IN}), write=self.written.append,
                               max_requests=max_requests)  # fmt: skip
        self.recorder.test = "a test"
        self.session = open_session(self.recorder)

    def ask(self, path: str, method: str = "GET", **options: str) -> requests.Response:
        self.prepared = self.session.prepare_request(requests.Request(method, BASE + path, headers=options))
        return self.session.send(self.prepared, allow_redirects=False)


@pytest.fixture
def replayed(tmp_path: Path) -> Iterator[Replayed]:
    keyed = Request("GET", f"{BASE}/[redacted:code]/orders", (("apiCode", "[redacted:code]"),))
    cut = replace(exchange(2, Request("GET", f"{BASE}/cut", ())), response=None, failure="the answer was cut")
    idle = replace(exchange(3, Request("GET", f"{BASE}/idle", ())), response=None, failure="no connection",
                   closed_while_idle=True)  # fmt: skip
    past = evidence(tmp_path, [exchange(1, keyed), cut, idle])
    found = Replayed(past, max_requests=3)
    with found.session:
        yield found
    past.close()


def test_a_request_is_recognised_although_the_evidence_has_no_secrets(replayed: Replayed) -> None:
    answer = replayed.ask(f"/{STAND_IN}/orders", apiCode=STAND_IN)
    assert (answer.status_code, answer.reason, answer.text) == (200, "OK", "answer 1")
    assert replayed.recorder.exchange_of(replayed.prepared) == replayed.written[0]
    assert (replayed.written[0].id, replayed.written[0].at) == ("x00001", "2026-01-31T12:00:00.000+00:00")


@pytest.mark.parametrize(("path", "idle"), [("/cut", False), ("/idle", True)])
def test_what_had_no_answer_has_none_again(replayed: Replayed, path: str, idle: bool) -> None:
    with pytest.raises(requests.ConnectionError):
        replayed.ask(path)
    assert replayed.recorder.exchange_of(replayed.prepared) == replayed.written[0]
    assert replayed.recorder.closed_while_idle(replayed.prepared) is idle


def test_what_is_not_in_the_evidence_counts_as_nothing(replayed: Replayed) -> None:
    with pytest.raises(NotInEvidence) as error:
        replayed.ask("/nowhere")
    assert (replayed.recorder.count, replayed.written, replayed.recorder.missing) == (0, [], error.value)


def test_the_guard_and_the_budget_hold_as_they_did(replayed: Replayed) -> None:
    with pytest.raises(Refused, match="not ours"):
        replayed.ask("/orders/99", "DELETE")
    replayed.recorder.reserved = 3
    with pytest.raises(BudgetSpent):
        replayed.ask("/cut")
    assert replayed.written == []
