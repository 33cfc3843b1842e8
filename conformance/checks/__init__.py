"""Pure judgement of exchanges: no clock, no network, no randomness. Exchange and contract in, outcomes out."""

from conformance.checks.answer import Answer, Unreadable
from conformance.checks.errors import error_objects, refused_with
from conformance.checks.judge import Blocked, Judge, Nonconformance, NotApplicable, NotTestable
from conformance.checks.outcome import Broken, Kept, Observed, Outcome, Unseen, Untested, verifies

__all__ = [
    "Answer",
    "Blocked",
    "Broken",
    "Judge",
    "Kept",
    "Nonconformance",
    "NotApplicable",
    "NotTestable",
    "Observed",
    "Outcome",
    "Unreadable",
    "Unseen",
    "Untested",
    "error_objects",
    "refused_with",
    "verifies",
]
