"""Showing one member of every order in another way."""

from __future__ import annotations

from typing import Any

from conformance.sandbox.dandomain import Rules
from conformance.sandbox.dandomain.models import Order
from conformance.sandbox.dandomain.writing import Document
from conformance.sandbox.members import changed


class MemberRules(Rules):
    """Shows one member of every order in another way: as text, unless `instead` says otherwise."""

    path = ""

    def instead(self, value: Any) -> Any:
        """What is shown instead of a value."""
        return str(value)

    def order_document(self, order: Order) -> Document:
        return changed(super().order_document(order), self.path, self.instead)
