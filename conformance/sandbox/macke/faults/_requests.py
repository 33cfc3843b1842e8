"""Rules that know which request they answer, so that a fault can show in one operation only."""

from __future__ import annotations

import json
from typing import Any

from starlette.datastructures import QueryParams

from conformance.sandbox.calls import Call, current_call
from conformance.sandbox.faults import InTurns
from conformance.sandbox.macke.rules import Rules

FILTERS = ("status", "user_id", "email", "invoice_id", "updated_at_from", "updated_at_to")


def without(query: QueryParams, *names: str) -> QueryParams:
    """The query without some parameters."""
    return QueryParams([(name, value) for name, value in query.multi_items() if name not in names])


class Knowing(Rules):
    """Knows the request that it answers."""

    @property
    def call(self) -> Call:
        """The request."""
        return current_call()

    @property
    def operation(self) -> str:
        """What it asks for: list, search, get or put."""
        last = self.call.path.rstrip("/").rpartition("/")[2]
        return "put" if self.call.method == "PUT" else {"orders": "list", "search": "search"}.get(last, "get")

    @property
    def sent(self) -> Any:
        """The members of its body; none where that is no JSON object."""
        try:
            found = json.loads(self.call.body)
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}


class Counting(InTurns, Rules):
    """Counts up to a turn: every fourth time it is one's turn."""
