"""The budgets, measured: `tox -e bench`. Figures are ratios taken in one run, on the machine that runs it.

The suite is driven once over the embedded sandbox. The very requests that it recorded are then sent once more by a bare
`requests` loop to a fresh sandbox that judges nothing: what the recording and judging cost is the difference.
"""

from __future__ import annotations

import base64
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

import requests

from conformance.contract import vendors
from conformance.run.runfile import read_lines
from conformance.sandbox.spawn import spawned, target_fields
from conformance.wire import Exchange
from conformance.wire.redaction import marker

BUDGETS = {"seconds": 30.0, "requests": 2500.0, "help seconds": 0.4, "seconds to the first request": 1.5}
"""For all APIs together; half as many seconds and 1,500 requests are the aim."""


def main() -> None:
    """Prints each figure beside its budget; ends with 1 where one is missed."""
    with tempfile.TemporaryDirectory() as folder:
        figures = dict(measured(Path(folder)))
    missed = False
    for name, figure in figures.items():
        budget = BUDGETS.get(name)
        over = budget is not None and figure > budget
        missed |= over
        told = f"   budget {budget:g}{', MISSED' if over else ''}" if budget is not None else ""
        sys.stdout.write(f"{name:32} {figure:8.2f}{told}\n")
    sys.exit(missed)


def measured(out: Path) -> Iterator[tuple[str, float]]:
    """Every figure, by name."""
    yield "help seconds", min(timed([sys.executable, "-m", "conformance", "--help"]) for _ in range(3))
    started = time.time()
    command = [sys.executable, "-m", "conformance", "run", "--out", str(out)]
    yield "whole command, seconds", timed(command)
    summary = json.loads((out / "summary.json").read_text(encoding="utf-8"))
    exchanges = [Exchange.from_json(line) for line in read_lines(out / "run.jsonl") if line["kind"] == "exchange"]
    first = min(exchange_time(exchange) for exchange in exchanges)
    yield "seconds to the first request", first - started
    yield "seconds", summary["seconds"]
    yield "requests", summary["requests"]
    driven = summary["requests"] / (max(exchange_time(exchange) for exchange in exchanges) - first)
    bare = len(exchanges) / bare_loop(exchanges)
    yield "requests/s, suite", driven
    yield "requests/s, bare loop", bare
    yield "suite / bare loop", driven / bare


def timed(command: list[str]) -> float:
    """How long a command takes, in seconds.

    Raises:
        subprocess.CalledProcessError: it failed.
    """
    started = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - started


def exchange_time(exchange: Exchange) -> float:
    """When a request was sent, in seconds since the epoch."""
    return datetime.fromisoformat(exchange.at).timestamp()


def bare_loop(exchanges: list[Exchange]) -> float:
    """Seconds for the same requests in a loop that does nothing else."""
    with spawned() as url, requests.Session() as session:
        session.trust_env = False
        prepared = [prepare(session, exchange, url) for exchange in exchanges]
        started = time.perf_counter()
        for request in prepared:
            session.send(request, timeout=30).content  # noqa: B018 (reads the body)
        return time.perf_counter() - started


def prepare(session: requests.Session, exchange: Exchange, url: str) -> requests.PreparedRequest:
    """A recorded request, to another sandbox."""
    parts = urlsplit(exchange.request.url)
    headers = {name: revealed(value) for name, value in exchange.request.headers if name != "Content-Length"}
    target = url + revealed(parts.path) + (f"?{parts.query}" if parts.query else "")
    return session.prepare_request(
        requests.Request(exchange.request.method, target, headers=headers, data=exchange.request.body or None)
    )


def revealed(text: str) -> str:
    """A recorded text with the sandbox's own credentials in the place of their marks."""
    for vendor in vendors():
        credentials = target_fields(vendor)["credentials"]
        if text.startswith("Basic ") and all(marker(name) in text for name in credentials):
            return "Basic " + base64.b64encode(":".join(credentials.values()).encode()).decode()
        for name, value in credentials.items():
            text = text.replace(marker(name), value)
    return text


if __name__ == "__main__":
    main()
