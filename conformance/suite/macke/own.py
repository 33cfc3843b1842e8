"""The orders that the run may change: those that it made, and those that the target file hands over.

Nothing else is ever sent a change. Orders of the target file get their status back at the end.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import unquote, urlsplit

from requests import PreparedRequest

from conformance.checks import Answer
from conformance.suite.context import Context
from conformance.suite.macke.common import BY_STATUS
from conformance.suite.macke.every import recall
from conformance.suite.recall import QUESTION, Recall
from conformance.target import Unmet

BOOK = "macke-order-book"
"""Where the context keeps the order book: it is read again after every change."""
OWN = "macke-own-orders"
CONSUMABLE, FOREIGN = "order.consumable", "order.foreign"
_ORDER = re.compile(r"/orders/([^/]*)/?$")
_REQUESTS_TO_RESTORE = 2
_KNOWN_UPDATES = {"status", "vendor_ref", "notify_user"}
_FOLLOWS = BY_STATUS | {"vendor_ref", "updated_at"}
"""What an update of status or vendor_ref may change; everything else stays as it was."""


@dataclass
class OwnOrders:
    """Ids of the orders that the run may change, and what those of the target file were like before."""

    context: Context
    lent: dict[str, str] = field(default_factory=dict)
    """Id → where it came from."""
    nobodys: set[str] = field(default_factory=set)
    """Ids that no order has: whatever is sent to them harms nobody."""
    before: dict[str, dict[str, Any]] = field(default_factory=dict)
    """What the target file's orders were like when they were first handed out."""
    spent: set[str] = field(default_factory=set)
    """Orders that cannot be put back into an ordinary status: not handed out again."""
    references: dict[str, str] = field(default_factory=dict)
    """The vendor_ref that the run last gave to an order."""

    @cached_property
    def recall(self) -> Recall:
        """What the target said of orders."""
        return recall(self.lent, self.context.data.made)

    def take(self, count: int = 1) -> list[str]:
        """Different orders that may be changed; the same ones for every caller, who sets what he needs first.

        Raises:
            Unmet: there are fewer.
        """
        while len(self._ready()) < count:
            self._another()
        return self._ready()[:count]

    def fresh(self) -> str:
        """An order that the run has not changed yet, as long as there are such; else one of the others.

        Raises:
            Unmet: there is none.
        """
        made = self._made()
        if made:
            return made
        named = [name for name in map(str, self.context.data.named(CONSUMABLE)) if name not in self.lent]
        if len(named) > 1:  # the first ones are for everybody
            self.lent[named[-1]] = "target file"
            return named[-1]
        return self.take()[0]

    def lent_for_looking(self, need: str, name: str = "orderId") -> str:
        """An id that meets a need, for looks only; the order book is read again where an order was made for it.

        Raises:
            Unmet: nothing provides one.
        """
        made = len(self.context.data.made)
        found = str(self.context.data.one(need)[name])
        if len(self.context.data.made) > made:
            self.context.shared.pop(BOOK, None)
        return found

    def foreign(self) -> str:
        """An order of another account, to which only changes are sent that must be refused.

        Raises:
            Unmet: there is none.
        """
        found = self.lent_for_looking(FOREIGN)
        self.lent.setdefault(found, FOREIGN)
        return found

    def seen(self, answer: Answer) -> None:
        """Keeps book of an answer: whatever was changed, the order book is no longer right."""
        request = answer.exchange.request
        if request.method in {"GET", "HEAD"}:
            return
        self.context.shared.pop(BOOK, None)
        found = _ORDER.search(urlsplit(request.url).path)
        self.recall.forget_all(QUESTION)
        for number in re.findall(r"[0-9]+", unquote(found[1]) if found else ""):
            self.recall.forget(f"order {number}", _FOLLOWS if _members_of(request.body) <= _KNOWN_UPDATES else None)
        given = _reference_in(request.body)
        if found and given and 200 <= answer.status < 300:
            self.references[unquote(found[1])] = given

    def why_not(self, request: PreparedRequest) -> str:
        """Why a request that changes something may not be sent, or ""."""
        found = _ORDER.search(urlsplit(request.url or "").path)
        name = unquote(found[1]) if found else ""
        if name in self.lent or name in self.nobodys or not any(char.isdigit() for char in name):
            return ""
        return f"{request.method} would change order {name}, which this run does not own"

    def remember(self, order_id: str, raw: dict[str, Any]) -> None:
        """Keeps what an order of the target file was like, before it is first changed."""
        if self.lent.get(order_id) == "target file" and order_id not in self.before:
            self.before[order_id] = {"status": raw.get("status"), "vendor_ref": raw.get("vendor_ref")}
            self.context.recorder.reserved += _REQUESTS_TO_RESTORE

    def to_restore(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """The orders that have to be put back, with what they were like."""
        while self.before:
            yield self.before.popitem()

    def _ready(self) -> list[str]:
        return [id_ for id_, source in self.lent.items() if source != FOREIGN and id_ not in self.spent]

    def _another(self) -> None:
        if self._made():
            return
        for name in map(str, self.context.data.named(CONSUMABLE)):
            if name not in self.lent:
                self.lent[name] = "target file"
                return
        raise self.context.data.unmet(CONSUMABLE)

    def _made(self) -> str:
        try:
            made = self.context.data.make(CONSUMABLE)
        except Unmet:
            return ""
        if made is None:
            return ""
        order_id = str(made["orderId"])
        self.lent[order_id] = "states"
        self.context.shared.pop(BOOK, None)
        return order_id


def own_orders(context: Context) -> OwnOrders:
    """The book of the run's own orders."""
    if OWN not in context.shared:
        context.shared[OWN] = OwnOrders(context)
    found: OwnOrders = context.shared[OWN]
    return found


def _reference_in(body: bytes) -> str:
    """The vendor_ref that a body gives; "" where it gives none."""
    try:
        members = json.loads(body)
    except ValueError:
        return ""
    found = members.get("vendor_ref") if isinstance(members, dict) else None
    return found if isinstance(found, str) else ""


def _members_of(body: bytes) -> set[str]:
    """The members of an update; one that no update has, where it is no object."""
    try:
        members = json.loads(body)
    except ValueError:
        return {""}
    return set(members) if isinstance(members, dict) else {""}
