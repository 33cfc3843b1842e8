"""How many altered answers the suite notices, by kind: it knows none of them, so it must hold all that it is told to the
contract, to its own predictions and to what it was told before.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast

import pytest
from starlette.applications import Starlette

from conformance.checks.judge import Attempt, Judge
from conformance.contract import load, load_vendor
from conformance.proof.bout import target_file
from conformance.proof.perturb import MARK, Perturbed, Perturber
from conformance.run.launch import launch
from conformance.run.plugin import RUN
from conformance.run.runfile import read_lines
from conformance.run.settings import Settings, now
from conformance.sandbox.app import create_app, find_vendors
from conformance.sandbox.server import running


@dataclass
class Noticed:
    """What became of the altered answers of some runs."""

    altered: Counter[str] = field(default_factory=Counter)
    """Those that changed what is documented, by kind."""
    caught: Counter[str] = field(default_factory=Counter)
    away: list[str] = field(default_factory=list)
    """What got away: kind and what was altered."""
    harmless: int = 0

    def add(self, other: Noticed) -> None:
        """Takes another run's."""
        self.altered += other.altered
        self.caught += other.caught
        self.away += other.away
        self.harmless += other.harmless

    @property
    def share(self) -> float:
        """Of the answers whose meaning was changed, those that were noticed."""
        return self.caught.total() / self.altered.total() if self.altered else 1.0


@dataclass(eq=False)
class Listener:
    """A pytest plugin that hears which exchanges every attempt found fault with."""

    blamed: set[str] = field(default_factory=set)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """Around each test."""
        run = item.config.stash[RUN]
        for conductor in run.conductors.values():
            self._listen(conductor.context.judge)
        return (yield)

    def _listen(self, judge: Judge) -> None:
        if getattr(judge, "_heard", False):
            return
        begin = judge.begin

        def begun() -> Attempt:
            self._take(judge.attempt)
            return begin()

        cast(Any, judge).begin, cast(Any, judge)._heard = begun, True

    def _take(self, attempt: Attempt) -> None:
        self.blamed |= {exchange for broken in attempt.broken for exchange in broken.exchanges}


def notice(vendor: str, seed: int, every: int) -> Noticed:
    """One run of the suite against a vendor's sandbox some of whose answers are altered.

    Args:
        vendor: whose sandbox.
        seed: of what is altered and how.
        every: how many answers pass for one that is altered.
    """
    own = next(row for row in find_vendors() if row.name == vendor)
    contracts = [load(f"{vendor}/{api}") for api in load_vendor(vendor).apis]
    perturber = Perturber(create_app([own]), contracts, seed, every)
    listener = Listener()
    with TemporaryDirectory(prefix="conformance-proof-") as folder, running(cast(Starlette, cast(Any, perturber))) as url:
        out = Path(folder)
        target = out / "target.toml"
        target.write_text(target_file(vendor, url), encoding="utf-8")
        settings = Settings(out=out, target=str(target), profile="quick", seed=0, clock=now())
        launch(settings, pytest_arguments=["-p", "no:terminal"], plugins=[listener])
        lines = list(read_lines(out / "run.jsonl"))
    return _counted(perturber.done, lines, listener)


def _counted(done: list[Perturbed], lines: list[dict[str, Any]], listener: Listener) -> Noticed:
    marked: dict[int, dict[str, Any]] = {}
    for line in lines:
        if line["kind"] == "exchange" and line.get("response"):
            for name, value in line["response"]["headers"]:
                if name.lower() == MARK.decode():
                    marked[int(value)] = line
    blamed = listener.blamed | {id_ for line in lines if line["kind"] == "finding" for id_ in line["exchanges"]}
    silenced = {line["test"] for line in lines if line["kind"] == "finding" and line["verdict"] == "blocked"}
    noticed = Noticed()
    for one in done:
        if one.number not in marked or marked[one.number]["test"] == "teardown":
            continue
        line = marked[one.number]
        if not one.changes_meaning:
            noticed.harmless += 1
            continue
        noticed.altered[one.kind] += 1
        if line["id"] in blamed or line["test"] in silenced:
            noticed.caught[one.kind] += 1
        else:
            noticed.away.append(f"{one.kind}: {one.told} ({line['test'].rpartition('::')[2]})")
    return noticed


def as_json(noticed: Noticed) -> str:
    """The figures as JSON."""
    return json.dumps({"altered": noticed.altered, "caught": noticed.caught, "harmless": noticed.harmless,
                       "away": noticed.away}, indent=1)  # fmt: skip
