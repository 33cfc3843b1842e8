"""The sandbox as a whole: its data, its overrides, the ways to run it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests

from conformance.sandbox.__main__ import main
from conformance.sandbox.app import create_app, find_override, find_vendors
from conformance.sandbox.imaterialise import Rules
from conformance.sandbox.imaterialise.accounts import OWN_API_CODE
from conformance.sandbox.imaterialise.models import Order, Status
from conformance.sandbox.server import running
from conformance.sandbox.spawn import spawned, target_fields

from .client import EVER, NOW, ORDER_STATUS, Client

OVERRIDES = """
from conformance.sandbox.imaterialise import Rules

class Shouting(Rules):
    def status_name(self, status):
        return super().status_name(status).upper()
"""


class Shouting(Rules):
    def status_name(self, status: Status) -> str:
        return super().status_name(status).upper()


class Exploding(Rules):
    def status_name(self, status: Status) -> str:
        raise RuntimeError("a detail that is nobody's business")


class Trusting(Rules):
    def objection(self, order: Order) -> int | None:
        return None


class Whispering(Shouting):
    def status_name(self, status: Status) -> str:
        return super().status_name(status).lower()


def test_the_seed_is_the_same_for_the_same_day() -> None:
    documents = []
    for now in (NOW, NOW.replace(hour=23)):
        with running(clock=lambda now=now: now) as url:
            documents.append(Client(url).orders(EVER))
    assert documents[0] == documents[1]


def test_a_leap_day_seeds_and_stands_in_the_window() -> None:
    with running(clock=lambda: datetime(2024, 2, 29, 0, 0, 1)) as url:
        assert Client(url).orders({"dateFrom": "29-02-2024", "dateTo": "29-02-2024"})["orders"]


def test_a_database_file_keeps_what_happened(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path / 'sandbox.db'}"
    with running(clock=lambda: NOW, database_url=database) as url:
        made = Client(url).new_order("Ordered")["orderNumber"]
        Client(url).cancel(made)
        before = Client(url).orders(EVER)
    with running(clock=lambda: NOW, database_url=database) as url:
        assert Client(url).orders(EVER) == before
        assert Client(url).new_order("Ordered")["orderNumber"] > made


def test_each_sandbox_in_memory_is_its_own() -> None:
    with running() as one, running() as other:
        made = Client(one).new_order("Ordered")["orderNumber"]
        assert not Client(other).numbers({"number": made})


def test_overrides_are_laid_over_the_rules_the_later_over_the_earlier() -> None:
    with running(overrides=[Shouting, Trusting]) as url:
        number = Client(url).new_order("Shipped")["orderNumber"]
        assert Client(url).order(number)["statusName"] == "SHIPPED"
        assert Client(url).cancel(number)["isCanceled"] is True
    with running(overrides=[Shouting, Whispering]) as url:
        assert Client(url).orders({"status": 6})["orders"][0]["statusName"] == "shipped"


def test_an_override_of_no_vendor_is_refused() -> None:
    with pytest.raises(ValueError, match="overrides the rules of no vendor"):
        create_app(overrides=[dict])


@pytest.mark.parametrize(
    "name", ["nowhere:Rules", "conformance.sandbox.app:Nobody", "rubbish", ":", "os:sep"]
)
def test_an_override_that_does_not_exist_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="override"):
        find_override(name)


def test_a_wrong_option_ends_with_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--override", "nowhere:Rules"])
    assert ended.value.code == 2
    assert "no override 'nowhere:Rules'" in capsys.readouterr().err


def test_the_vendors_are_found_with_their_target_fields() -> None:
    vendors = {vendor.name: vendor for vendor in find_vendors()}
    assert target_fields(vendors["imaterialise"].name) == {
        "name": "reference sandbox",
        "vendor": "imaterialise",
        "environment": "sandbox",
        "credentials": {"api_code": OWN_API_CODE},
        "states": {"url": "/_states/imaterialise"},
    }


def test_a_child_process_serves_with_its_overrides_and_ends_with_the_block(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "given_overrides.py").write_text(OVERRIDES)
    monkeypatch.syspath_prepend(tmp_path)
    with spawned(overrides=["given_overrides:Shouting"], now=NOW) as url:
        assert Client(url).orders({"status": 6})["orders"][0]["statusName"] == "SHIPPED"
        assert (
            Client(url)
            .order(Client(url).new_order("Ordered")["orderNumber"])["requestedDate"]
            .startswith("2026-03-31T12")
        )
    with pytest.raises(requests.ConnectionError):
        Client(url).orders()


def test_an_unexpected_failure_is_500_without_its_details() -> None:
    with running(overrides=[Exploding]) as url:
        answer = Client(url).send("GET", ORDER_STATUS)
    assert (answer.status_code, answer.reason) == (500, "Internal Server Error")
    assert answer.text == "Internal Server Error"


def test_a_child_that_cannot_start_is_told() -> None:
    with (
        pytest.raises(RuntimeError, match="did not start: exit status 2"),
        spawned(overrides=["nowhere:Rules"]),
    ):
        pass


def test_the_child_ends_when_its_parent_is_killed() -> None:
    script = "from conformance.sandbox.spawn import spawned\n"
    script += "with spawned() as url: print(url, flush=True); input()"
    path = os.pathsep.join(entry for entry in sys.path if entry)
    with subprocess.Popen(
        [sys.executable, "-c", script],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": path},
    ) as parent:
        assert parent.stdout is not None
        assert parent.stderr is not None
        url = parent.stdout.readline().strip()
        session = requests.Session()
        session.trust_env = False
        with session.get(url, stream=True, timeout=5) as answer:
            assert answer.status_code == 404
        parent.send_signal(signal.SIGKILL)
        parent.wait()
        # The sandbox holds the same standard error: the end of that file is the end of the sandbox.
        assert parent.stderr.read() == ""
    with pytest.raises(requests.ConnectionError):
        session.get(f"http://{urlsplit(url).netloc}", timeout=5)
