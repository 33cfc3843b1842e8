"""`summary.json`: a run file added up. A pure function of the run file, so a killed run can be added up too."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from conformance.contract import Contract, ContractError, Level, load
from conformance.run.finding import DEVIATIONS, Finding, Verdict, worst
from conformance.run.runfile import read_lines

SUMMARY_FILE = "summary.json"
"""How it is called in the folder of a run."""


@dataclass
class Tally:
    """What a run file says, added up requirement by requirement."""

    header: dict[str, Any] = field(default_factory=dict)
    verdicts: dict[str, Verdict] = field(default_factory=dict)
    findings: dict[str, Finding] = field(default_factory=dict)
    readings: dict[str, set[str]] = field(default_factory=dict)
    leftovers: list[str] = field(default_factory=list)
    trouble: str = ""
    requests: int = 0
    seconds: float = 0.0
    ended: bool = False
    broke: str = ""
    """What went wrong in the suite itself, outside of any test."""
    interrupted: bool = False
    """Somebody stopped it before every test had its turn."""
    planned: tuple[str, ...] = ()
    """What the tests that were chosen would judge."""

    def add(self, line: Mapping[str, Any]) -> None:
        """Takes one line of a run file."""
        match line["kind"]:
            case "header":
                self.header = dict(line)
            case "plan":
                self.planned = tuple(line["requirements"])
            case "exchange":
                self.requests += 1
            case "verdicts":
                for requirement, verdict in line["verdicts"].items():
                    known = [self.verdicts[requirement]] if requirement in self.verdicts else []
                    self.verdicts[requirement] = worst([*known, Verdict(verdict)])
            case "finding":
                finding = Finding.from_json(line)
                self.findings.setdefault(finding.id, finding)
            case "reading":
                self.readings.setdefault(line["reading"], set()).add(line["option"])
            case "leftover":
                self.leftovers.append(line["text"])
            case "trouble":
                self.trouble = line["text"]
            case "broke":
                self.broke = line["text"]
            case "interrupted":
                self.interrupted = True
            case "end":
                self.ended, self.seconds = True, line["seconds"]

    @property
    def contracts(self) -> list[Contract]:
        """The contracts of the APIs that were judged, as far as this installation has them."""
        found = []
        for api in self.header.get("apis", ()):
            try:
                found.append(load(api))
            except ContractError:
                continue
        return found

    @property
    def counted(self) -> dict[str, Verdict]:
        """The verdicts that count: an API that was only asked for its help is not on trial."""
        on_trial = {id_ for contract in self.contracts for id_ in contract.requirements}
        return {id_: verdict for id_, verdict in self.verdicts.items() if id_ in on_trial}

    @property
    def complete(self) -> bool:
        """Whether every test had its turn."""
        return self.ended and not (self.interrupted or self.broke)

    def target(self, vendor: str) -> Mapping[str, Any]:
        """What the header says of the target that stood for a vendor; nothing where the run has none."""
        targets: list[Mapping[str, Any]] = self.header.get("targets", [])
        return next((target for target in targets if target["vendor"] == vendor), {})

    def relevant(self, requirement: str) -> list[Finding]:
        """The findings that explain a requirement's verdict, or all of it where none has that very verdict."""
        own = [finding for finding in self.findings.values() if finding.requirement == requirement]
        return [f for f in own if f.verdict is self.verdicts.get(requirement)] or own

    @property
    def exit_status(self) -> int:
        """0 conforms, 1 deviation, 3 unreachable or unusable, 4 our own error, 5 incomplete; without a baseline."""
        return self.status(deviates=bool(set(self.counted.values()) & DEVIATIONS), unjudged=bool(self.unjudged))

    def status(self, *, deviates: bool, unjudged: bool, stale: bool = False) -> int:
        """The exit status: the first case that holds.

        Args:
            deviates: something deviates that nobody accepts.
            unjudged: something was not judged, and nobody accepts that.
            stale: the baseline passes, expired or matches nothing somewhere.
        """
        found = set(self.counted.values())
        if self.trouble:
            return 3
        if self.broke:
            return 4
        if self.interrupted:
            return 5
        if Verdict.SUITE_ERROR in found:
            return 4
        if deviates:
            return 1
        if stale:
            return 2
        if not self.ended:
            return 5
        if not found or unjudged:
            return 0 if self.header.get("allow_incomplete") else 5
        return 0

    @property
    def unjudged(self) -> list[str]:
        """What should have been judged and was not. A `may` asks what a target does where it is free: not knowing
        that leaves nothing unjudged."""
        missing = {Verdict.NOT_TESTABLE, Verdict.BLOCKED, None}
        levels = {id_: row.level for contract in self.contracts for id_, row in contract.requirements.items()}
        due = {*self.counted, *self.planned} & levels.keys()
        return sorted(id_ for id_ in due if levels[id_] != Level.MAY and self.verdicts.get(id_) in missing)


def tally(path: Path) -> Tally:
    """Adds up a run file.

    Raises:
        RunFileError: it cannot be read.
    """
    result = Tally()
    for line in read_lines(path):
        result.add(line)
    return result


def summary(result: Tally) -> dict[str, Any]:
    """The tally in the form of `summary.json`."""
    verdicts = result.counted
    levels = {id_: row.level for contract in result.contracts for id_, row in contract.requirements.items()}
    apis = {
        contract.id: {"verdicts": _counts(v for id_, v in verdicts.items() if id_ in contract.requirements)}
        for contract in result.contracts
    }
    return {
        "suite": result.header.get("suite"),
        "target": _target(result.header.get("targets", ())),
        "started": result.header.get("clock"),
        "seed": result.header.get("seed"),
        "profile": result.header.get("profile"),
        "seconds": result.seconds,
        "requests": result.requests,
        "complete": result.complete,
        "trouble": result.trouble,
        "unjudged": result.unjudged,
        "exit": result.exit_status,
        "verdicts": _counts(verdicts.values()),
        "apis": apis,
        "requirements": {
            id_: {
                "verdict": str(verdicts[id_]),
                "level": str(levels[id_]),
                "findings": [finding.id for finding in result.relevant(id_)],
            }
            for id_ in sorted(verdicts)
        },
        "readings": {id_: " and ".join(sorted(options)) for id_, options in sorted(result.readings.items())},
        "leftovers": result.leftovers,
    }


def _target(targets: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Where the answers came from. Several vendors in one run are one sandbox: they share all but the vendor."""
    if not targets:
        return {}
    shared = {key: targets[0][key] for key in ("name", "base_url", "environment")}
    return {**shared, "vendors": [target["vendor"] for target in targets]}


def _counts(verdicts: Iterable[Verdict]) -> dict[str, int]:
    counted = Counter(verdicts)
    return {str(verdict): counted[verdict] for verdict in Verdict}


def write_summary(run: Path, summary_file: Path) -> Tally:
    """Adds up a run file and writes the summary beside it."""
    result = tally(run)
    text = json.dumps(summary(result), ensure_ascii=False, indent=1)
    summary_file.write_text(text + "\n", encoding="utf-8")
    return result
