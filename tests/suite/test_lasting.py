"""A sandbox that lives on: runs leave it as they found it, also when they are interrupted, and find it as the first did."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from conformance.contract import vendors
from conformance.sandbox.dandomain.faults.deletion import OnlySaysItDeletes
from conformance.sandbox.dandomain.faults.line_validation import KeepsWhatItRefuses
from conformance.sandbox.server import running
from conformance.sandbox.spawn import target_fields
from tests.suite.judged import deviations, judged, run, target_file

SOME = 150
"""Exchanges after which a run is interrupted: it has made and changed orders by then."""
Look = Callable[[str, dict[str, str]], Any]


def _asked(url: str, **options: Any) -> Any:
    with requests.Session() as session:
        session.trust_env = False
        return session.get(url, timeout=10, **options).json()


def _imaterialise(url: str, credentials: dict[str, str]) -> Any:
    headers = {"apiCode": credentials["api_code"], "Accept": "application/json"}
    return _asked(f"{url}/web-api/order", params={"dateFrom": "01-01-2000"}, headers=headers)


def _dandomain(url: str, credentials: dict[str, str]) -> Any:
    service = f"{url}/admin/webapi/endpoints/v1_0/OrderService/{credentials['key']}"
    return _asked(f"{service}/GetByDateInterval", params={"start": "2000-1-1", "end": "2100-1-1"})


def _macke(url: str, credentials: dict[str, str]) -> Any:
    account = (credentials["email"], credentials["api_key"])
    pages = [{"items_per_page": "0", "get_orders_data": "1"}, {"items_per_page": "0", "status": "N"}]
    return [_asked(f"{url}/orders", params=page, auth=account)["orders"] for page in pages]


LOOKS: dict[str, Look] = {"imaterialise": _imaterialise, "dandomain": _dandomain, "macke": _macke}


@pytest.fixture(params=vendors())
def vendor(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture
def lasting() -> Iterator[str]:
    with running() as url:
        yield url


def look(vendor: str, url: str) -> Any:
    """All orders of the vendor's own account, as they are now."""
    return LOOKS[vendor](url, target_fields(vendor)["credentials"])


def interrupted(folder: Path, target: Path) -> int:
    """Runs the command and interrupts it when it has sent some requests; its exit status."""
    out = folder / "interrupted"
    command = [sys.executable, "-m", "conformance", "run", str(target), "--out", str(out)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as child:
        assert child.stderr is not None
        sent = (re.search(r"so far (\d+) requests", line) for line in child.stderr)
        next(found for found in sent if found and int(found[1]) >= SOME)
        child.send_signal(signal.SIGINT)
        child.communicate(timeout=60)
    summary = json.loads((out / "summary.json").read_text(encoding="utf-8"))
    assert summary["leftovers"] == []
    assert summary["requests"] >= SOME
    return child.returncode


def test_a_second_run_and_one_after_an_interrupt_end_as_the_first(vendor: str, lasting: str, tmp_path: Path) -> None:
    target, before = target_file(tmp_path, lasting, vendor=vendor), look(vendor, lasting)
    for _ in range(2):
        status, summary, printed = run(tmp_path, target, "--profile", "quick")
        assert (status, deviations(summary), summary["leftovers"]) == (0, {}, []), printed
        assert look(vendor, lasting) == before
    assert interrupted(tmp_path, target) != 0
    assert look(vendor, lasting) == before
    status, summary, printed = run(tmp_path, target, "--profile", "quick")
    assert (status, deviations(summary)) == (0, {}), printed


def test_orders_that_are_only_said_to_be_deleted_are_listed_as_left_over(tmp_path: Path) -> None:
    status, summary, printed = judged(tmp_path, OnlySaysItDeletes, "--requirement", "DD-405")
    assert (status, deviations(summary)["DD-405"]) == (1, "fail"), printed
    assert summary["leftovers"], printed
    assert all(line.endswith("could not be deleted: delete it by hand") for line in summary["leftovers"])


def test_orders_whose_creation_was_refused_are_removed_too(tmp_path: Path) -> None:
    status, summary, printed = judged(tmp_path, KeepsWhatItRefuses, "--requirement", "DD-151")
    assert (status, deviations(summary)["DD-151"], summary["leftovers"]) == (1, "fail", []), printed
