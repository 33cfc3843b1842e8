"""The one way out, over real HTTP: what leaves, what comes back, and what is written down."""

from __future__ import annotations

import base64
import gzip
import json
import logging
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import requests

from conformance.wire import BudgetSpent, Exchange, Guard, Recorder, Redactor, Refused, open_session
from conformance.wire.pace import Pace
from conformance.wire.recorder import OPERATION_HEADER, AnswerCut

from .loopback import RESET, SILENCE, Loopback, closed_port, loopback, reply

SECRET = "5f6b0c1e-AbCd-4e55-9f3a-0d1e2f3a4b5c"


@dataclass
class Wire:
    """A session, and what it wrote down."""

    base_url: str
    max_requests: int | None = None
    max_response_bytes: int = 1000
    read_only: bool = False
    written: list[Exchange] = field(default_factory=list)

    def __post_init__(self) -> None:
        guard = Guard(self.base_url, self.read_only, "it is read-only", frozenset())
        self.recorder = Recorder(
            guard=guard, redactor=Redactor({"api_code": SECRET}), write=self.written.append, pace=Pace(None),
            max_requests=self.max_requests, max_response_bytes=self.max_response_bytes,
            name=lambda: f"x{len(self.written) + 1}",
        )  # fmt: skip
        self.session = open_session(self.recorder)

    def ask(self, path: str = "/", method: str = "GET", timeout: float = 5, **options: Any) -> requests.Response:
        request = requests.Request(method, self.base_url + path, **options)
        self.prepared = self.session.prepare_request(request)
        return self.session.send(self.prepared, timeout=timeout, allow_redirects=False)

    @property
    def failure(self) -> str:
        """Why the only request had no answer."""
        (exchange,) = self.written
        assert exchange.response is None
        assert exchange is self.recorder.exchange_of(self.prepared)
        return exchange.failure


@pytest.fixture
def server() -> Iterator[Loopback]:
    with loopback() as server:
        yield server


@pytest.fixture
def wire(server: Loopback) -> Iterator[Wire]:
    wire = Wire(server.url)
    with wire.session:
        yield wire


CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n"


@pytest.mark.parametrize(
    ("answer", "body"),
    [
        (reply(b"plain \xff"), b"plain \xff"),
        (reply(b""), b""),
        (reply(gzip.compress(b"zipped"), "Content-Encoding: gzip"), b"zipped"),
        (reply(zlib.compress(b"deflated"), "Content-Encoding: deflate"), b"deflated"),
        (CHUNKED, b"hello world"),
    ],
    ids=["plain", "empty", "gzip", "deflate", "chunked"],
)
def test_the_body_is_recorded_and_handed_on_without_its_codings(
    server: Loopback, wire: Wire, answer: bytes, body: bytes
) -> None:
    server.answers["/"] = answer
    assert wire.ask().content == body
    (exchange,) = wire.written
    assert exchange.response is not None
    assert (exchange.response.status, exchange.response.body, exchange.failure) == (200, body, "")


@pytest.mark.parametrize("status", ["404 Not Found", "500 Internal Server Error", "503 Gone Fishing"])
def test_an_error_status_is_an_answer_like_any_other(server: Loopback, wire: Wire, status: str) -> None:
    server.answers["/"] = reply(b"<html>", status=status)
    assert wire.ask().text == "<html>"
    response = wire.written[0].response
    assert response is not None
    assert f"{response.status} {response.reason}" == status


def test_after_a_server_error_the_next_request_takes_a_new_connection(server: Loopback, wire: Wire) -> None:
    server.answers = {"/": reply(status="500 Oops").replace(b"Connection: close\r\n", b""), "/next": reply(b"fine")}
    wire.ask()
    assert wire.ask("/next").content == b"fine"


def test_a_body_shorter_than_announced_is_a_failure(server: Loopback, wire: Wire) -> None:
    server.answers["/"] = reply(b"0123456789")[:-4]
    with pytest.raises(AnswerCut):
        wire.ask()
    assert wire.failure.startswith("the answer was cut after ")
    assert "6 bytes read, 4 more expected" in wire.failure


def test_a_body_that_is_not_in_its_coding_is_a_failure(server: Loopback, wire: Wire) -> None:
    server.answers["/"] = reply(b"no gzip at all", "Content-Encoding: gzip")
    with pytest.raises(AnswerCut):
        wire.ask()
    assert "incorrect header check" in wire.failure


@pytest.mark.parametrize("answer", [reply(b"x" * 1001), reply(gzip.compress(b"x" * 10**6), "Content-Encoding: gzip")])
def test_a_body_larger_than_the_target_file_allows_is_a_failure(server: Loopback, wire: Wire, answer: bytes) -> None:
    server.answers["/"] = answer
    with pytest.raises(AnswerCut):
        wire.ask()
    assert wire.failure == "the answer is larger than limits.max_response_mebibytes (0.000953674 MiB) allows"


def test_a_body_as_large_as_the_target_file_allows_is_fine(server: Loopback, wire: Wire) -> None:
    server.answers["/"] = reply(b"x" * 1000)
    assert len(wire.ask().content) == 1000


def test_no_answer_in_time_is_a_failure(server: Loopback, wire: Wire) -> None:
    server.answers["/"] = SILENCE
    with pytest.raises(requests.Timeout):
        wire.ask(timeout=0.05)
    assert wire.failure == "no answer within the time limit"


def test_a_refused_connection_is_a_failure() -> None:
    wire = Wire(f"http://127.0.0.1:{closed_port()}")
    with wire.session, pytest.raises(requests.ConnectionError):
        wire.ask()
    assert wire.failure.startswith("no connection: ConnectionRefusedError")


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_only_a_harmless_request_may_be_asked_again_after_a_connection_was_torn_down(
    server: Loopback, wire: Wire, method: str
) -> None:
    server.answers["/"] = RESET
    with pytest.raises(requests.ConnectionError):
        wire.ask(method=method)
    assert wire.recorder.closed_while_idle(wire.prepared) is (method == "GET")


def test_a_connection_torn_down_in_the_middle_of_an_answer_was_not_idle(server: Loopback, wire: Wire) -> None:
    server.answers["/"] = reply(b"0123456789")[:-4] + RESET
    with pytest.raises(AnswerCut):
        wire.ask()
    assert wire.failure.startswith("the answer was cut after ")
    assert not wire.recorder.closed_while_idle(wire.prepared)


def test_when_the_budget_is_spent_nothing_more_is_sent(server: Loopback) -> None:
    server.answers["/"] = reply()
    wire = Wire(server.url, max_requests=2)
    with wire.session:
        wire.ask()
        wire.ask()
        with pytest.raises(BudgetSpent, match=r"^2 requests were sent, and limits\.max_requests allows no more$"):
            wire.ask()
    assert (len(server.asked), len(wire.written), wire.recorder.count) == (2, 2, 2)


def test_what_the_guard_refuses_is_neither_sent_nor_counted_nor_recorded(server: Loopback) -> None:
    wire = Wire(server.url, read_only=True)
    with wire.session, pytest.raises(Refused):
        wire.ask(method="POST")
    assert (server.asked, wire.written, wire.recorder.count) == ([], [], 0)


def test_a_permission_is_asked_before_a_change_is_sent(server: Loopback, wire: Wire) -> None:
    wire.recorder.allow(lambda request: "not ours" if request.body == b"IMC1" else "")
    server.answers["/"] = reply()
    wire.ask(method="POST", data=b"IMC2")
    with pytest.raises(Refused, match="not ours"):
        wire.ask(method="POST", data=b"IMC1")
    assert [asked.body for asked in server.asked] == [b"IMC2"]


def test_the_name_of_the_operation_is_recorded_and_never_leaves(server: Loopback, wire: Wire) -> None:
    server.answers["/"] = reply()
    wire.recorder.test = "a test"
    wire.ask(headers={OPERATION_HEADER.lower(): "getOrders"})
    (exchange,) = wire.written
    assert (exchange.operation, exchange.test, exchange.id) == ("getOrders", "a test", "x1")
    assert OPERATION_HEADER.lower() not in {name.lower() for name in server.asked[0].headers}
    assert OPERATION_HEADER.lower() not in {name.lower() for name, _ in exchange.request.headers}


def test_a_redirect_is_an_answer_and_is_not_followed(server: Loopback, wire: Wire) -> None:
    server.answers = {"/": reply(b"", "Location: /elsewhere", status="302 Found"), "/elsewhere": reply()}
    with pytest.raises(requests.TooManyRedirects):
        wire.ask()
    with pytest.raises(requests.TooManyRedirects):
        wire.session.get(server.url + "/")
    assert [asked.path for asked in server.asked] == ["/", "/"]
    assert [exchange.response and exchange.response.status for exchange in wire.written] == [302, 302]


def test_neither_proxy_nor_netrc_of_the_machine_is_used(
    server: Loopback, wire: Wire, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login somebody password else\n")
    monkeypatch.setenv("NETRC", str(netrc))
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{closed_port()}")
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    server.answers["/"] = reply()
    assert wire.ask().status_code == 200
    assert "Authorization" not in server.asked[0].headers


def test_no_secret_is_in_the_written_exchange_although_it_is_sent(server: Loopback, wire: Wire) -> None:
    echo = f'{{"code":"{SECRET.upper()}"}}'.encode()
    server.answers["/"] = reply(echo, f"X-Echo: {SECRET}", status=f"200 Hello {SECRET}")
    basic = base64.b64encode(f"me:{SECRET}".encode()).decode()
    wire.ask(f"/?key={SECRET}", "POST", headers={"apiCode": SECRET, "Authorization": f"Basic {basic}"}, data=SECRET)
    (asked,), (exchange,) = server.asked, wire.written
    assert (asked.headers["apiCode"], asked.path, asked.body) == (SECRET, f"/?key={SECRET}", SECRET.encode())
    line = json.dumps(exchange.to_json()).lower()
    assert SECRET.lower() not in line
    assert basic[8:-4].lower() not in line
    assert line.count("[redacted:api_code]") == 7


def test_no_secret_is_in_the_reason_of_a_failure(server: Loopback, wire: Wire) -> None:
    server.answers["/"] = f"nonsense {SECRET}\r\n\r\n".encode()
    with pytest.raises(requests.ConnectionError):
        wire.ask(f"/?key={SECRET}")
    assert "[redacted:api_code]" in wire.failure
    assert SECRET not in wire.failure


def test_a_log_of_urllib3_names_no_secret(caplog: pytest.LogCaptureFixture) -> None:
    with loopback() as server, caplog.at_level(logging.DEBUG):
        server.answers = {f"/{SECRET}/orders": reply(b"{}")}
        wire = Wire(server.url)
        wire.ask(f"/{SECRET}/orders")
        wire.session.close()
    assert "[redacted:api_code]/orders" in caplog.text
    assert SECRET not in caplog.text


def test_what_is_reserved_for_cleaning_up_is_kept_back_from_the_budget() -> None:
    with loopback() as server:
        server.answers = {"/": reply(b"{}")}
        wire = Wire(server.url, max_requests=3)
        wire.recorder.reserved = 2
        wire.ask()
        with pytest.raises(BudgetSpent):
            wire.ask()
        wire.recorder.reserved = 0
        wire.ask()
