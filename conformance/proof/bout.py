"""One bout: the suite judges a sandbox that has one fault or one personality, over real HTTP, in a process of its own."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from starlette.types import ASGIApp

from conformance.contract import apis, load
from conformance.run.finding import DEVIATIONS, Verdict
from conformance.run.launch import Ended, launch
from conformance.run.plugin import RUN
from conformance.run.selection import cited
from conformance.run.settings import Settings, now
from conformance.run.summary import SUMMARY_FILE
from conformance.sandbox.app import create_app, find_vendor
from conformance.sandbox.faults import faults, personalities
from conformance.sandbox.server import running
from conformance.sandbox.spawn import target_at

REFERENCE = "reference"
"""The name of the case that is no fault and no oddity: nothing is laid over the vendor's rules."""
MOST_TOGETHER = 8
"""How many oddities one server has at most: with more, nobody could say what it is like."""
_NO_ALARM = frozenset({Verdict.PASS, Verdict.OBSERVED, Verdict.NOT_APPLICABLE, Verdict.NOT_TESTABLE})


@dataclass(frozen=True)
class Case:
    """What the suite is put against."""

    id: str
    """`vendor/name`."""
    says: str
    requirement: str = ""
    """What a fault breaks; empty for a personality."""
    roots: tuple[str, ...] = ()

    @property
    def vendor(self) -> str:
        """Whose sandbox it is."""
        return self.id.partition("/")[0]

    @property
    def name(self) -> str:
        """What it is called among those of its vendor."""
        return self.id.partition("/")[2]

    @property
    def wanted(self) -> tuple[str, ...]:
        """The requirements under which the fault may be told."""
        return (self.requirement, *self.roots) if self.requirement else ()


@dataclass(frozen=True)
class Kill:
    """A test that told the fault under its own requirement or a named root of it."""

    test: str
    requirement: str
    verdict: str
    requests: int
    """How many were sent from the beginning of the run until this test had ended."""
    seconds: float


@dataclass(frozen=True)
class Outcome:
    """How a bout ended."""

    case: Case
    kills: tuple[Kill, ...] = ()
    alarms: dict[str, str] = field(default_factory=dict)
    """Verdicts that are no pass, under other requirements; for a personality, all of them."""
    requests: int = 0
    seconds: float = 0.0
    trouble: str = ""
    """Why there was no bout at all."""
    tries: int = 1
    """How many bouts it took: a fault that two requests at the same moment must meet shows by chance."""
    together: int = 1
    """How many personalities were judged at once: what blames none of them blames no single one."""

    @property
    def killed(self) -> bool:
        """Whether the fault was told under its own name."""
        return bool(self.kills)

    def to_json(self) -> dict[str, Any]:
        """As plain values."""
        return asdict(self)


def cases(chosen: Sequence[str] = ()) -> list[Case]:
    """Every fault and personality, faults first; of the chosen APIs only, where some are named.

    Args:
        chosen: API ids (`dandomain/orders`); a personality belongs to all APIs of its vendor.
    """
    owner = {id_: api for api in apis() for id_ in load(api).requirements}
    found = [Case(fault.id, fault.says, fault.requirement, fault.roots) for fault in faults().values()
             if not chosen or owner.get(fault.requirement) in chosen]  # fmt: skip
    vendors = {api.partition("/")[0] for api in chosen or apis()}
    odd = [Case(f"{vendor}/{REFERENCE}", "the reference sandbox as it is") for vendor in sorted(vendors)]
    odd += [Case(row.id, row.says) for row in personalities().values()]
    return found + [case for case in odd if case.vendor in vendors]


CITING: dict[str, dict[Path, None]] = {}
"""The modules whose tests cite a requirement, once the reference sandbox has been judged: a bout need collect no others."""


@dataclass(eq=False)  # pytest keeps plugins in sets
class Referee:
    """A pytest plugin: sees after each test whether the fault has been told, and stops the run where that is enough."""

    case: Case
    full: bool
    hasty: bool = False
    """Whether only the tests that cite the requirement run, which are few, so that their order is free."""
    kills: list[Kill] = field(default_factory=list)
    started: float = field(default_factory=time.monotonic)
    _seen: set[str] = field(default_factory=set)

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Where the first kill ends the bout, what asks little goes first: properties shrink what they find."""
        if self.case.name == REFERENCE:
            for item in session.items:
                for requirement in cited(item):
                    CITING.setdefault(requirement, {})[item.path] = None
        if self.hasty:
            session.items.sort(key=lambda item: item.nodeid.partition("::")[0].endswith("_properties.py"))

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """Around each test."""
        result = yield
        run = item.config.stash[RUN]
        for conductor in run.conductors.values():
            for finding in conductor.findings.values():
                if finding.id not in self._seen:
                    self._seen.add(finding.id)
                    self._look(finding.requirement, finding.verdict, item.nodeid, run.requests)
        if self.kills and not self.full:
            item.session.shouldstop = "the fault has been told"
        return result

    def _look(self, requirement: str, verdict: Verdict, test: str, requests: int) -> None:
        if requirement in self.case.wanted and verdict in DEVIATIONS:
            seconds = round(time.monotonic() - self.started, 3)
            self.kills.append(Kill(test, requirement, str(verdict), requests, seconds))


def packed(odd: Sequence[Case]) -> list[tuple[Case, ...]]:
    """Personalities of one vendor that override different rules, together: one server can have many oddities.

    Where such a server is blamed, each of them has to be judged alone to know whose oddity it was.
    """
    alone: list[tuple[Case, ...]] = []
    packs: list[tuple[set[str], list[Case]]] = []
    for case in odd:
        if case.name == REFERENCE or personalities()[case.id].alone:
            alone.append((case,))
            continue
        mine = _overridden(case)
        for names, pack in packs:
            if len(pack) < MOST_TOGETHER and pack[0].vendor == case.vendor and not names & mine:
                names.update(mine)
                pack.append(case)
                break
        else:
            packs.append((mine, [case]))
    return alone + [tuple(pack) for _, pack in packs]


def bout(together: Sequence[Case], *, full: bool = False) -> list[Outcome]:
    """Puts the suite against one fault, or against personalities that one server has at the same time.

    A fault is first judged by the tests that cite its requirement, or ask what it shows in, until one of them tells it;
    where none does, by all tests of the vendor, as in any run: a fault that shows now and then shows where it is asked often
    enough. `full` lets all tests run to the end. A personality is always judged whole.
    """
    case = together[0]
    if not case.requirement or full:
        return _judged(together, (), full=True)
    first = _judged(together, (*case.wanted, *faults()[case.id].shows), full=False)[0]
    if first.killed or first.trouble:
        return [first]
    whole = _judged(together, (), full=False)[0]
    kills = tuple(replace(kill, requests=kill.requests + first.requests, seconds=round(kill.seconds + first.seconds, 3))
                  for kill in whole.kills)  # fmt: skip
    return [replace(whole, kills=kills)]


def _judged(together: Sequence[Case], narrowed: Sequence[str], *, full: bool) -> list[Outcome]:
    """One run of the suite against one server."""
    case = together[0]
    referee = Referee(case, full, hasty=bool(narrowed))
    app = create_app([find_vendor(case.vendor)], overrides=[rules for each in together for rules in _overrides(each)])
    modules = {module: None for id_ in narrowed for module in CITING.get(id_, ())}
    with tried(case.vendor, app, referee, requirements=narrowed, modules=modules) as (out, ended):
        summary = json.loads((out / SUMMARY_FILE).read_text(encoding="utf-8"))
    alarms = {id_: row["verdict"] for id_, row in summary["requirements"].items()
              if row["verdict"] not in _NO_ALARM and id_ not in case.wanted}  # fmt: skip
    return [Outcome(each, tuple(referee.kills), alarms, summary["requests"], round(summary["seconds"], 3),
                    ended.stopped or summary["trouble"], together=len(together)) for each in together]  # fmt: skip


@contextmanager
def tried(
    vendor: str, app: ASGIApp, plugin: object, *, requirements: Sequence[str] = (), modules: Iterable[Path] = ()
) -> Iterator[tuple[Path, Ended]]:
    """One run of the suite against an application, over real HTTP: the folder that holds what it wrote, and how it ended.

    Args:
        vendor: whose sandbox it is.
        app: the sandbox, or what stands before it.
        plugin: hears what happens in the run.
        requirements: only the tests that cite one of these; default: all.
        modules: the modules of the suite that hold them; default: all.
    """
    with TemporaryDirectory(prefix="conformance-proof-") as folder, running(app) as url:
        out = Path(folder)
        target = out / "target.toml"
        target.write_text(target_at(vendor, url), encoding="utf-8")
        settings = Settings(out=out, target=str(target), requirements=tuple(requirements), profile="quick", clock=now())
        yield out, launch(settings, pytest_arguments=["-p", "no:terminal"], plugins=[plugin], modules=modules)


def _overridden(case: Case) -> set[str]:
    """The names of the rules that a personality overrides."""
    base = find_vendor(case.vendor).rules
    own = (kind for kind in personalities()[case.id].rules.__mro__ if not issubclass(base, kind))
    return {name for kind in own for name in vars(kind) if not name.startswith("__")}


def _overrides(case: Case) -> list[type]:
    """The rules that are laid over the vendor's."""
    if case.name == REFERENCE:
        return []
    return [faults()[case.id].rules if case.requirement else personalities()[case.id].rules]
