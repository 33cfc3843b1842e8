"""Letting in whom the rules keep out, for faults of one operation; and doing what is then refused."""

from __future__ import annotations

from contextvars import ContextVar

from starlette.responses import Response

from conformance.sandbox.dandomain.faults._asked import AskedRules
from conformance.sandbox.dandomain.keys import Permission
from conformance.sandbox.dandomain.rules import RefusedError
from conformance.sandbox.dandomain.rules.transport import Operation
from conformance.sandbox.dandomain.writing import Value

EVERYTHING = frozenset(Permission)
_REFUSED: ContextVar[RefusedError | None] = ContextVar("refused", default=None)


class OpenRules(AskedRules):
    """Takes any key for one operation, as long as there is one."""

    opens: Operation

    def permissions(self, key: str) -> frozenset[Permission]:
        known = self.known_key(key)
        if known is None and self.asks(self.opens) and len(key) == 36:
            return EVERYTHING
        return super().permissions(key)


class LaxRules(AskedRules):
    """Asks for another permission, or for none, where one operation is asked for."""

    opens: Operation
    asked: Permission | None = None

    def permit(self, operation: Operation, permissions: frozenset[Permission]) -> None:
        if operation is self.opens and (self.asked is None or self.asked in permissions):
            return
        super().permit(operation, permissions)


class _HastyRules(AskedRules):
    """Does what one operation is asked for, and refuses it then."""

    opens: Operation

    def respond(self, operation: Operation, value: Value, media_type: str) -> Response:
        refused = _REFUSED.get()
        return self.refusal(refused, media_type) if refused else super().respond(operation, value, media_type)


class BeforeTheKeyRules(_HastyRules):
    """Does what one operation is asked for with a key that was never issued, and refuses it then."""

    def permissions(self, key: str) -> frozenset[Permission]:
        try:
            return super().permissions(key)
        except RefusedError as refused:
            if not self.asks(self.opens) or len(key) != 36:
                raise
            _REFUSED.set(refused)
            return EVERYTHING


class BeforeThePermissionRules(_HastyRules):
    """Does what one operation is asked for without the permission, and refuses it then."""

    def permit(self, operation: Operation, permissions: frozenset[Permission]) -> None:
        try:
            super().permit(operation, permissions)
        except RefusedError as refused:
            if operation is not self.opens:
                raise
            _REFUSED.set(refused)
