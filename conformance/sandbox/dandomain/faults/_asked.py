"""What faults need to know that their rule is not told: which operation is asked for, by which call, how often."""

from __future__ import annotations

from contextvars import ContextVar

from conformance.sandbox.calls import Call, current_call
from conformance.sandbox.dandomain import Rules
from conformance.sandbox.dandomain.rules.transport import Operation, Resource
from conformance.sandbox.faults import InTurns

# A call is answered in a context of its own, so that calls at once do not see each other's.
_OPERATION: ContextVar[Operation | None] = ContextVar("operation", default=None)


class AskedRules(InTurns, Rules):
    """Rules that know what they are asked while they answer."""

    def operation(self, resource: Resource, method: str) -> Operation:
        """Remembers the operation."""
        found = super().operation(resource, method)
        _OPERATION.set(found)
        return found

    @property
    def call(self) -> Call:
        """The call that is being answered."""
        return current_call()

    def asks(self, *operations: Operation) -> bool:
        """Whether one of these operations is asked for."""
        return _OPERATION.get() in operations
