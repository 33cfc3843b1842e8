"""Four judgements of two bodies of evidence, and what belongs to a change in them."""

from __future__ import annotations

from dataclasses import dataclass, field

from conformance.report.diff.headers import Apart, apart
from conformance.report.diff.judged import Judged
from conformance.report.diff.model import Change


@dataclass(frozen=True)
class Four:
    """The old run, the same judged today, the new run judged today, the new run."""

    old: Judged
    old_again: Judged
    new_again: Judged
    new: Judged
    _apart: dict[str, Apart] = field(default_factory=dict)

    def api(self, change: Change) -> str:
        """The API that a change is about; "" where this release knows none."""
        if change.finding:
            return change.finding.api
        for judged in (self.new, self.old):
            for contract in judged.tally.contracts:
                if change.requirement in contract.requirements or change.id in contract.readings:
                    return contract.id
        return ""

    def wishes(self, vendor: str) -> Apart:
        """In what the two runs asked a vendor differently."""
        if vendor not in self._apart:
            self._apart[vendor] = apart(self.old, self.new, vendor)
        return self._apart[vendor]
