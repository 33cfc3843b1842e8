"""What faults need to know that their rule is not told: which operation is asked for, by which call, how often."""

from __future__ import annotations

from contextvars import ContextVar

from conformance.sandbox.calls import Call
from conformance.sandbox.dandomain import Rules
from conformance.sandbox.dandomain.rules.transport import Operation, Resource
from conformance.sandbox.dandomain.seed import FIRST_NUMBER, ORDERS

SEEDED = FIRST_NUMBER + ORDERS - 1
"""The highest number of the seed: orders that are made have higher ones."""

# A call is answered in a context of its own, so that calls at once do not see each other's.
_OPERATION: ContextVar[Operation | None] = ContextVar("operation", default=None)
_CALL: ContextVar[Call] = ContextVar("call")


class AskedRules(Rules):
    """Rules that know what they are asked while they answer."""

    _count = 0

    def media_type(self, call: Call) -> str:
        """Remembers the call, of which this is the first question."""
        _CALL.set(call)
        return super().media_type(call)

    def operation(self, resource: Resource, method: str) -> Operation:
        """Remembers the operation."""
        found = super().operation(resource, method)
        _OPERATION.set(found)
        return found

    @property
    def call(self) -> Call:
        """The call that is being answered."""
        return _CALL.get()

    def asks(self, *operations: Operation) -> bool:
        """Whether one of these operations is asked for."""
        return _OPERATION.get() in operations

    def fourth_time(self) -> bool:
        """Whether this is the fourth time, the eighth, and so on."""
        self._count += 1
        return self._count % 4 == 0
