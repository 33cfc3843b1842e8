"""What a run says of targets that are not what it hoped for: bare of data, absent, unwilling, or something else entirely."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from conformance.contract import apis, load
from conformance.sandbox.server import running
from tests.suite.judged import deviations, run, target_file


class Page(BaseHTTPRequestHandler):
    """Answers a web page to everything."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        body = b"<!doctype html><title>Welcome</title><p>Under construction"
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET  # noqa: N815 (the library's name)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the library's name)
        """Nobody reads it."""


@contextmanager
def serving(handler: type[BaseHTTPRequestHandler]) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def test_the_embedded_sandbox_keeps_every_requirement(tmp_path: Path) -> None:
    status, summary, printed = run(tmp_path, "", "--profile", "quick")
    assert status == 0, printed
    assert deviations(summary) == {}
    assert summary["unjudged"] == summary["leftovers"] == []
    testable = [row for api in apis() for row in load(api).requirements.values() if not row.untested]
    assert summary["requirements"].keys() == {row.id for row in testable}


def test_a_target_without_data_is_discovered_and_the_rest_is_named(tmp_path: Path) -> None:
    with running() as url:
        status, summary, printed = run(tmp_path, target_file(tmp_path, url, states=False), "--profile", "quick")
    found = deviations(summary)
    assert status == 5
    assert set(found.values()) == {"not_testable"}
    assert found.keys() >= {"OC-040", "OC-508", "CS-040", "CS-051", "OS-019"}
    assert not found.keys() & {"OS-020", "OS-036", "OS-054", "OS-106", "CS-101", "CS-102", "OC-503", "OC-505"}
    for line in ("[data.orders]", "shipped = [", "foreign = [", "[data.carts]", "pending = ["):
        assert line in printed


def test_a_server_that_is_not_there_ends_the_run(tmp_path: Path) -> None:
    with serving(Page) as url:
        pass
    status, summary, printed = run(tmp_path, target_file(tmp_path, url))
    assert status == summary["exit"] == 3
    assert f"base_url: {url} gives no answer" in printed


def test_a_wrong_api_code_ends_the_run_in_the_words_of_the_target_file(tmp_path: Path) -> None:
    with running() as url:
        target = target_file(tmp_path, url, credentials={"api_code": "33333333-3333-4333-8333-333333333333"})
        status, summary, printed = run(tmp_path, target)
    assert status == summary["exit"] == 3
    assert "credentials.api_code: refused with HTTP 401 by every API" in printed


def test_a_web_page_is_one_root_finding_and_the_rest_is_blocked(tmp_path: Path) -> None:
    with serving(Page) as url:
        status, summary, _ = run(tmp_path, target_file(tmp_path, url, states=False))
    verdicts = [row["verdict"] for row in summary["requirements"].values()]
    assert status == 1
    assert [id_ for id_, row in summary["requirements"].items() if row["verdict"] == "fail"] == ["OS-009"]
    assert verdicts.count("blocked") == len(verdicts) - 1


def test_nothing_that_changes_state_is_sent_to_production(tmp_path: Path) -> None:
    with running() as url:
        status, summary, _ = run(tmp_path, target_file(tmp_path, url, environment="production"), "--profile", "quick")
    lines = (tmp_path / "out" / "run.jsonl").read_text(encoding="utf-8").splitlines()
    sent = [line["request"] for line in map(json.loads, lines) if line["kind"] == "exchange"]
    assert status == 5
    assert summary["requirements"]["OC-040"]["verdict"] == "not_testable"
    assert not [request for request in sent if "CancelOrderByNumber" in request["url"] or "_states" in request["url"]]


def test_another_seed_changes_no_verdict(tmp_path: Path) -> None:
    status, summary, printed = run(tmp_path, "", "--profile", "quick", "--seed", "7")
    assert (status, deviations(summary)) == (0, {}), printed


def test_answers_that_we_cut_ourselves_are_nobodys_fault(tmp_path: Path) -> None:
    with running() as url:
        target = target_file(tmp_path, url, limits={"max_response_mebibytes": 0.05})
        status, summary, printed = run(tmp_path, target, "--profile", "quick")
    assert (status, set(deviations(summary).values())) == (5, {"not_testable"}), printed
