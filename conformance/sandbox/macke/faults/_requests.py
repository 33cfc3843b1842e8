"""Rules that know which request they answer, so that a fault can show in one operation, or in one of several requests."""

from __future__ import annotations

import json
from threading import local
from typing import Any, ClassVar

from conformance.sandbox.calls import Call
from conformance.sandbox.macke.accounts import Account
from conformance.sandbox.macke.rules import Rules


class Knowing(Rules):
    """Keeps the request that the present thread answers."""

    def signed_in(self, call: Call) -> Account:
        self.now = vars(self).setdefault("now", local())
        self.now.call = call
        return super().signed_in(call)

    @property
    def call(self) -> Call:
        """The request."""
        found: Call = self.now.call
        return found

    @property
    def operation(self) -> str:
        """What it asks for: list, search, get or put."""
        return "put" if self.call.method == "PUT" else operation_at(self.call.path)

    @property
    def sent(self) -> Any:
        """The members of its body; none where that is no JSON object."""
        try:
            found = json.loads(self.call.body)
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}


class Counting(Rules):
    """Counts up to a turn: every fourth time it is one's turn."""

    period: ClassVar[int] = 4
    counter = 0

    def turn(self) -> bool:
        self.counter += 1
        return self.counter % self.period == 0


def operation_at(path: str) -> str:
    """What a GET of a path asks for: list, search or get."""
    last = path.rstrip("/").rpartition("/")[2]
    return {"orders": "list", "search": "search"}.get(last, "get")
