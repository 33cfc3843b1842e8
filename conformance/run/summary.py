"""`summary.json`: a run file added up. A pure function of the run file, so a killed run can be added up too."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from conformance.contract import Contract, ContractError, load
from conformance.run.finding import DEVIATIONS, Finding, Verdict, worst
from conformance.run.runfile import read_lines


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
    interrupted: bool = False
    """Somebody stopped it before every test had its turn."""

    def add(self, line: Mapping[str, Any]) -> None:
        """Takes one line of a run file."""
        match line["kind"]:
            case "header":
                self.header = dict(line)
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

    def relevant(self, requirement: str) -> list[Finding]:
        """The findings that explain a requirement's verdict, or all of it where none has that very verdict."""
        own = [finding for finding in self.findings.values() if finding.requirement == requirement]
        return [f for f in own if f.verdict is self.verdicts.get(requirement)] or own

    @property
    def exit_status(self) -> int:
        """0 conforms, 1 deviation, 3 unreachable or unusable, 4 our own error, 5 incomplete."""
        found = set(self.verdicts.values())
        if self.trouble:
            return 3
        if self.interrupted:
            return 5
        if Verdict.SUITE_ERROR in found:
            return 4
        if found & DEVIATIONS:
            return 1
        if not self.ended:
            return 5
        if not found or found & {Verdict.NOT_TESTABLE, Verdict.BLOCKED}:
            return 0 if self.header.get("allow_incomplete") else 5
        return 0


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
    judged = {id_: (c, row) for c in result.contracts for id_, row in c.requirements.items()}
    verdicts = {id_: verdict for id_, verdict in result.verdicts.items() if id_ in judged}
    apis = {
        contract.id: {"verdicts": _counts(v for id_, v in verdicts.items() if id_ in contract.requirements)}
        for contract in result.contracts
    }
    return {
        "suite": result.header.get("suite"),
        "target": [
            {key: target[key] for key in ("name", "vendor", "base_url", "environment")}
            for target in result.header.get("targets", ())
        ],
        "started": result.header.get("clock"),
        "seed": result.header.get("seed"),
        "profile": result.header.get("profile"),
        "seconds": result.seconds,
        "requests": result.requests,
        "complete": result.ended and not result.interrupted,
        "trouble": result.trouble,
        "exit": result.exit_status,
        "verdicts": _counts(verdicts.values()),
        "apis": apis,
        "requirements": {
            id_: {
                "verdict": str(verdicts[id_]),
                "level": str(judged[id_][1].level),
                "findings": [finding.id for finding in result.relevant(id_)],
            }
            for id_ in sorted(verdicts)
        },
        "readings": {id_: " and ".join(sorted(options)) for id_, options in sorted(result.readings.items())},
        "leftovers": result.leftovers,
    }


def _counts(verdicts: Iterable[Verdict]) -> dict[str, int]:
    counted = Counter(verdicts)
    return {str(verdict): counted[verdict] for verdict in Verdict}


def write_summary(run: Path, summary_file: Path) -> Tally:
    """Adds up a run file and writes the summary beside it."""
    result = tally(run)
    text = json.dumps(summary(result), ensure_ascii=False, indent=1)
    summary_file.write_text(text + "\n", encoding="utf-8")
    return result
