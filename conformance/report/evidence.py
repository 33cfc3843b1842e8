"""What reports have in common: a run file added up, the contracts, and what is wrong with each requirement."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from conformance.contract import Contract, Requirement
from conformance.run.finding import Finding, Verdict
from conformance.run.summary import Tally, tally

ROOTS = (Verdict.FAIL, Verdict.INCONCLUSIVE, Verdict.WARN, Verdict.SUITE_ERROR)
"""The verdicts that a reader must act upon, in the order in which he is told."""


@dataclass(frozen=True)
class Problem:
    """Everything that is wrong with one requirement."""

    requirement: Requirement
    contract: Contract
    findings: tuple[Finding, ...]
    """The worst first; they show in different places."""
    blocks: tuple[str, ...]
    """The requirements that could not be judged because of this one."""

    @property
    def verdict(self) -> Verdict:
        """That of the worst finding."""
        return self.findings[0].verdict


@dataclass(frozen=True)
class Evidence:
    """A run, ready to be reported."""

    path: Path
    tally: Tally

    @cached_property
    def contracts(self) -> tuple[Contract, ...]:
        """The contracts of the APIs that were judged, as far as this installation has them."""
        return tuple(self.tally.contracts)

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong, requirement by requirement: first by verdict, then what blocks most."""
        found = []
        for contract in self.contracts:
            for id_, row in contract.requirements.items():
                own = [finding for finding in self.tally.findings.values() if finding.requirement == id_]
                told = sorted((f for f in own if f.verdict in ROOTS), key=lambda f: ROOTS.index(f.verdict))
                if told:
                    found.append(Problem(row, contract, tuple(told), self._blocked_by(id_)))
        return tuple(sorted(found, key=lambda problem: (ROOTS.index(problem.verdict), -len(problem.blocks))))

    def findings(self, verdict: Verdict) -> list[Finding]:
        """The findings of one verdict, in the order in which they came about."""
        return [finding for finding in self.tally.findings.values() if finding.verdict is verdict]

    def _blocked_by(self, requirement: str) -> tuple[str, ...]:
        following = (f.requirement for f in self.findings(Verdict.BLOCKED) if f.blocked_by == requirement)
        return tuple(sorted(set(following)))

    @property
    def outdated(self) -> list[str]:
        """The APIs whose contract was another one when the run was made."""
        then = self.tally.header.get("contracts", {})
        return [contract.id for contract in self.contracts if then.get(contract.id) != contract.digest]


def read(path: Path) -> Evidence:
    """Adds up a run file.

    Raises:
        RunFileError: it cannot be read.
    """
    return Evidence(path, tally(path))
