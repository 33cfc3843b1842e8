"""The kill matrix: which fault was told by which check, and what that proves of each requirement."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from statistics import median
from typing import Any

from conformance.contract import Contract, Level, apis, load
from conformance.contract.load import read_yaml
from conformance.proof.bout import Outcome

EXCEPTIONS = Path(__file__).with_name("exceptions.yaml")


class Proof(StrEnum):
    """How a requirement can stand; a closed set."""

    PROVEN = "proven"
    UNPROVEN = "unproven"
    UNTESTABLE = "untestable"
    EXCEPTED = "excepted"


@dataclass(frozen=True)
class Standing:
    """What the proof says of one requirement."""

    requirement: str
    level: Level
    api: str
    standing: Proof
    reason: str = ""
    """Why nothing can test it, or why it is excepted."""
    faults: tuple[str, ...] = ()
    """The faults that break it, told or not."""


@dataclass(frozen=True)
class Matrix:
    """All bouts, and what follows from them."""

    outcomes: tuple[Outcome, ...]
    chosen: tuple[str, ...] = ()
    """The APIs that were proved; all where none is named."""
    full: bool = False
    partial: bool = False
    """Whether single cases were chosen, which say nothing of the requirements that they are not about."""

    @property
    def faults(self) -> list[Outcome]:
        """The bouts against faults."""
        return [outcome for outcome in self.outcomes if outcome.case.requirement]

    @property
    def personalities(self) -> list[Outcome]:
        """The bouts against personalities."""
        return [outcome for outcome in self.outcomes if not outcome.case.requirement]

    @property
    def missed(self) -> list[Outcome]:
        """Faults that nobody told under their own name and that no exception argues for."""
        return [outcome for outcome in self.faults if not outcome.killed and outcome.case.id not in self.exceptions]

    @property
    def alarms(self) -> list[Outcome]:
        """Personalities that were blamed for something."""
        return [outcome for outcome in self.personalities if outcome.alarms and outcome.case.id not in self.exceptions]

    @property
    def errors(self) -> list[Outcome]:
        """Bouts in which the suite itself failed."""
        return [outcome for outcome in self.outcomes if outcome.trouble or "suite_error" in outcome.alarms.values()]

    @cached_property
    def exceptions(self) -> Mapping[str, str]:
        """Fault, personality or requirement → why it is accepted as it is.

        Raises:
            ContractError: the file cannot be read.
        """
        rows: Mapping[str, str] = read_yaml(EXCEPTIONS) or {}
        return {id_: " ".join(reason.split()) for id_, reason in rows.items()}

    @cached_property
    def standings(self) -> list[Standing]:
        """Every requirement of the APIs that were proved."""
        return [row for api in apis() if not self.chosen or api in self.chosen for row in self._of_api(load(api))]

    def of_level(self, level: Level) -> Counter[Proof]:
        """How many requirements of a level stand how."""
        return Counter(row.standing for row in self.standings if row.level is level)

    @property
    def requests_to_kill(self) -> float:
        """The median number of requests until a fault was told; 0 where none was."""
        needed = [outcome.kills[0].requests for outcome in self.faults if outcome.killed]
        return float(median(needed)) if needed else 0.0

    @property
    def lone_killers(self) -> Counter[str]:
        """How many faults each test tells that no other test tells (of a full proof)."""
        told = [{kill.test for kill in outcome.kills} for outcome in self.faults]
        return Counter(next(iter(tests)) for tests in told if len(tests) == 1)

    @property
    def killers(self) -> Counter[str]:
        """How many faults each test tells."""
        return Counter(test for outcome in self.faults for test in {kill.test for kill in outcome.kills})

    def gate(self) -> list[str]:
        """Why the proof does not hold, a sentence each; empty where it holds."""
        must = [row for row in self.standings
                if row.level is Level.MUST and row.standing == Proof.UNPROVEN and not self.partial]  # fmt: skip
        return [
            *(f"{row.requirement} (must) is unproven: no seeded fault of it is told under its id" for row in must),
            *(f"{row.case.id} is not told under {row.case.requirement}: {row.case.says}" for row in self.missed),
            *(f"{row.case.id} is legal and blamed: {_told(row.alarms)}" for row in self.alarms),
            *(f"{row.case.id} brought the suite down: {row.trouble or _told(row.alarms)}" for row in self.errors),
        ]

    def to_json(self) -> dict[str, Any]:
        """As plain values, for a file."""
        bouts = [row.to_json() for row in self.outcomes]
        return {"version": 1, "full": self.full, "partial": self.partial, "apis": list(self.chosen), "bouts": bouts}

    def _of_api(self, contract: Contract) -> Iterable[Standing]:
        about: dict[str, list[Outcome]] = {}
        for outcome in self.faults:
            about.setdefault(outcome.case.requirement, []).append(outcome)
        for row in contract.requirements.values():
            mine = about.get(row.id, [])
            standing, reason = Proof.UNPROVEN, ""
            if any(outcome.killed for outcome in mine):
                standing = Proof.PROVEN
            elif row.untested:
                standing, reason = Proof.UNTESTABLE, row.untested
            elif row.id in self.exceptions:
                standing, reason = Proof.EXCEPTED, self.exceptions[row.id]
            elif row.level is Level.MAY:
                standing, reason = Proof.UNTESTABLE, "the document leaves the choice: nothing can break it"
            faults = tuple(outcome.case.id for outcome in mine)
            yield Standing(row.id, row.level, contract.id, standing, reason, faults)


def _told(alarms: Mapping[str, str]) -> str:
    return ", ".join(f"{id_} {verdict}" for id_, verdict in sorted(alarms.items()))
