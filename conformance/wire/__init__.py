"""The one way out: everything that leaves or arrives passes the recorder, which redacts, limits and writes it."""

from conformance.wire.exchange import Exchange, Request, Response
from conformance.wire.guard import Guard, Refused
from conformance.wire.recorder import BudgetSpent, NotInEvidence, Recorder
from conformance.wire.redaction import Redactor
from conformance.wire.session import open_session

__all__ = [
    "BudgetSpent",
    "Exchange",
    "Guard",
    "NotInEvidence",
    "Recorder",
    "Redactor",
    "Refused",
    "Request",
    "Response",
    "open_session",
]
