"""Old runs from the command line: judged, sent again, verified, or refused with a reason."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from conformance.run.opening import _described, open_contexts
from conformance.run.resend import _restored, recorded
from conformance.run.runfile import RunFile, RunFileError, read_lines
from conformance.run.settings import Settings, now
from conformance.sandbox.imaterialise.accounts import OWN_API_CODE
from conformance.suite.imaterialise.clients import OrderQuery, order_status
from conformance.target import TargetError, from_fields
from conformance.wire import Exchange, Request

from .conftest import Done

Command = Callable[..., Done]
FINDING = {
    "kind": "finding", "id": "OS-106-3fa2c1", "verdict": "fail", "requirement": "OS-106", "api": "", "test": "",
    "exchanges": ["x00001", "x00002"],
}  # fmt: skip


@pytest.fixture(autouse=True)
def _code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MY_CODE", OWN_API_CODE)


@pytest.fixture
def run(tmp_path: Path, target: Path) -> Path:
    """The folder of a run that asked two questions and has a finding."""
    with ExitStack() as stack:
        file = RunFile(tmp_path / "run" / "run.jsonl")
        wishes = Settings(out=tmp_path, target=str(target), clock=now())
        context = open_contexts(wishes, file, stack)["imaterialise"]
        for number in ("IMC000000", "IMC000001"):
            order_status(context).ask(OrderQuery(numbers=(number,)))
        file.write(FINDING)
        file.write({"kind": "end", "seconds": 1.0, "requests": 2})
        file.seal()
        file.close()
    return tmp_path / "run"


def changed(run: Path, **members: Any) -> None:
    """Changes the second request or answer in the run file."""
    lines = list(read_lines(run / "run.jsonl"))
    for line in lines:
        if line.get("id") == "x00002":
            for name, value in members.items():
                line[name].update(value)
    (run / "run.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")


@pytest.mark.parametrize("case", ["x00002", "OS-106", "OS-106-3fa2c1"])
def test_a_case_is_sent_again_with_todays_credentials(run: Path, command: Command, case: str) -> None:
    done = command("replay", str(run), case)
    assert (done.status, done.err) == (0, "")
    assert "\nx00002: GET http://127.0.0.1:" in done.out
    assert done.out.count("HTTP 200 OK, application/json") == 2
    assert done.out.endswith("\nThe answer is the same.\n")
    assert OWN_API_CODE not in done.out


def test_what_differs_between_the_answers_is_marked(run: Path, command: Command) -> None:
    changed(run, response={"status": 503, "text": '{"orders":[],"requestError":{"code":1}}'})
    done = command("replay", str(run), "x00002")
    assert done.status == 1
    assert "\nThe answers differ (- recorded, + now):\n  - HTTP 503 OK\n  + HTTP 200 OK\n" in done.out
    assert '\n  -     "code": 1\n' in done.out


def test_what_a_run_would_not_send_is_not_sent(run: Path, target: Path, command: Command) -> None:
    url = next(read_lines(run / "run.jsonl"))["targets"][0]["base_url"]
    changed(run, request={"method": "POST", "url": f"{url}/web-api/order/CancelOrderByNumber",
                          "text": '{"orderNumber":"IMC000001"}'})  # fmt: skip
    done = command("replay", str(run), "x00002")
    assert (done.status, done.out) == (3, "")
    assert done.err.startswith("Error: x00002 was not sent: IMC000001 is neither made by this run nor named in the target")
    target.write_text(target.read_text().replace('environment = "sandbox"', ""))
    done = command("replay", str(run), "x00002")
    assert (done.status, "changes state and the target is no sandbox" in done.err) == (3, True)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("x00009",), "run.jsonl: has no exchange x00009, and no finding x00009 that shows one; `conformance report` names"),
        (("x00002", "--target", "nowhere.toml"), "nowhere.toml: there is no such file;"),
    ],
)
def test_a_case_that_cannot_be_sent_says_why(run: Path, command: Command, arguments: tuple[str, ...], told: str) -> None:
    done = command("replay", str(run), *arguments)
    assert (done.status, done.out) == (3, "")
    assert told in done.err


def test_a_finding_without_exchanges_is_no_case(run: Path) -> None:
    with pytest.raises(RunFileError, match="no exchange OS-107"):
        recorded(run / "run.jsonl", "OS-107")


MARKET = from_fields(
    {"vendor": "macke", "base_url": "http://market.example", "environment": "sandbox",
     "credentials": {"email": "me@example.com", "api_key": 'q"/k&y-0123'}}, "mine.toml", {},
)  # fmt: skip
MARKED = "Basic [redacted:email][redacted:api_key]"


def restored(*headers: tuple[str, str], url: str = "http://market.example/orders", body: bytes = b"") -> Any:
    exchange = Exchange("x00001", "macke/orders listOrders", Request("PUT", url, headers, body), None, "", "", 1.0)
    return _restored(Path("run.jsonl"), exchange, _described(MARKET), SimpleNamespace(target=MARKET))  # type: ignore[arg-type]


def test_secrets_are_put_back_in_the_form_that_their_place_demands() -> None:
    request = restored(
        ("Authorization", MARKED), ("Content-Length", "7"), ("X-Key", "[redacted:api_key]"),
        url="http://market.example/orders/[redacted:api_key]?by=%5Bredacted%3Aemail%5D",
        body='{"key": "[redacted:api_key]", "name": "Müller"}'.encode(),
    )  # fmt: skip
    assert base64.b64decode(request.headers.pop("Authorization").removeprefix("Basic ")) == b'me@example.com:q"/k&y-0123'
    assert request.headers == {"X-Conformance-Operation": "macke/orders listOrders", "X-Key": 'q"/k&y-0123'}
    # What an answer had shown redacted was sent as it stands there.
    assert request.url == "http://market.example/orders/q%22%2Fk%26y-0123?by=%5Bredacted%3Aemail%5D"
    assert request.data == '{"key": "q\\"/k&y-0123", "name": "Müller"}'.encode()
    assert restored(body=b"<key>[redacted:api_key]</key>").data == b'<key>q"/k&amp;y-0123</key>'


def test_what_nobody_can_put_back_is_said() -> None:
    with pytest.raises(RunFileError, match="x00001 held Authorization with a credential and something else"):
        restored(("Authorization", "Basic [redacted:email]"))
    with pytest.raises(TargetError, match=r"credentials\.key: is missing; the request x00001 held it"):
        restored(("X-Key", "[redacted:key]"))
    with pytest.raises(RunFileError, match=r"did not go to http://market\.example"):
        restored(url="http://elsewhere.example/")


def test_a_file_is_verified_by_its_seal_and_by_a_digest_that_was_kept(run: Path, command: Command) -> None:
    done = command("verify", str(run))
    kept = done.out.rpartition(" ")[2].strip()
    assert (done.status, done.out) == (0, f"{run / 'run.jsonl'} is as the run wrote it: SHA-256 {kept}\n")
    assert command("verify", str(run), "--digest", kept).status == 0
    assert command("verify", str(run), "--digest", "0" * 64).status == 1
    whole = (run / "run.jsonl").read_bytes()
    (run / "run.jsonl").write_bytes(whole.replace(b'"seconds":1.0', b'"seconds":1.5'))
    done = command("verify", str(run))
    assert (done.status, done.out.endswith("the seal says another: the file was changed\n")) == (1, True)
    (run / "run.jsonl").write_bytes(whole[: whole.index(b'{"kind":"end"')])
    assert command("verify", str(run)).status == 5


def test_the_evidence_is_not_written_over(run: Path, command: Command) -> None:
    before = (run / "run.jsonl").read_bytes()
    done = command("judge", str(run), "--out", str(run))
    assert (done.status, (run / "run.jsonl").read_bytes()) == (3, before)
    assert done.err == f"Error: {run / 'run.jsonl'}: stands where the new results would go; name another folder with --out\n"


def test_a_run_of_an_older_release_cannot_be_judged_again(run: Path, tmp_path: Path, command: Command) -> None:
    (run / "run.jsonl").write_text('{"kind":"header","version":1,"targets":[]}\n')
    done = command("judge", str(run), "--out", str(tmp_path / "again"))
    assert (done.status, done.out) == (3, "")
    assert "line 1 lacks clock, seed, profile, read_only, allow_incomplete, apis, selected: an older release" in done.err
    assert not (tmp_path / "again").exists()


@pytest.mark.parametrize("content", [b"", b'{"kind":"header","vers', b"no run file\n", b'{"kind":"header","version":9}\n'])
@pytest.mark.parametrize(
    "words",
    [
        ("report", "{}"), ("report", "{}", "--format", "html"), ("report", "{}", "--format", "junit"), ("verify", "{}"),
        ("judge", "{}"), ("replay", "{}", "x00001"), ("baseline", "suggest", "{}"), ("diff", "{}", "{}"),
        ("history", "add", "past", "{}"),
    ],
    ids=lambda words: "-".join(words).replace("-{}", ""),
)  # fmt: skip
def test_what_is_no_run_file_is_refused_by_every_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: Command, words: tuple[str, ...], content: bytes
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("run.jsonl").write_bytes(content)
    done = command(*(word.format("run.jsonl") for word in words))
    assert (done.status, done.out) == (3, "")
    assert done.err.startswith("Error: run.jsonl: ")
    assert [path.name for path in tmp_path.iterdir()] == ["run.jsonl"]
