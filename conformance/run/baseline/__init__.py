"""The baseline: deviations that a team accepts for a while, written down with a reason, an owner and an end.

It has four teeth, each with a sentence of its own: a deviation that no entry accepts (exit status 1); an entry whose
requirement is kept now, an entry that matches nothing, and an entry that has expired (exit status 2; DESIGN.md, 6).
"""

from conformance.run.baseline.assess import Assessment, Changed, assess
from conformance.run.baseline.entry import Baseline, Entry
from conformance.run.baseline.explain import explanation
from conformance.run.baseline.load import SCHEMA_FILE, BaselineError
from conformance.run.baseline.suggest import Wishes, suggestion

__all__ = [
    "SCHEMA_FILE", "Assessment", "Baseline", "BaselineError", "Changed", "Entry", "Wishes", "assess", "explanation",
    "suggestion",
]  # fmt: skip
