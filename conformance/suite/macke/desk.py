"""Own orders in the state that a scenario needs, looks at them, and ids that nobody has."""

from __future__ import annotations

from contextlib import suppress

from conformance.checks import Answer, Blocked, Broken, Kept, NotTestable
from conformance.suite.context import Context
from conformance.suite.macke.clients import Market, market
from conformance.suite.macke.common import accepted, finds, is_accepted, told
from conformance.suite.macke.orders import Order, order_of, revealed
from conformance.suite.macke.own import own_orders
from conformance.target import Unmet

ORDINARY = ("O", "P", "C")
"""Statuses between which an order can surely be moved to and fro."""
_UNKNOWN = "macke-unknown-order"
_WORKS = "macke-references-work"
"""Where the context keeps the requirement that the very first reference broke; "" where it was found."""


def another(order: Order) -> str:
    """An ordinary letter that the order does not have; the document's own example where that can be."""
    return next(letter for letter in ("P", "C", "O") if letter != order.status)


class Desk:
    """Where scenarios get orders from that they may change."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.judge = context.judge
        self.market: Market = market(context)
        self.own = own_orders(context)

    def order(self) -> Order:
        """An own order in an ordinary status.

        Raises:
            Unmet: there is none. Unreadable: its details are not shown. Nonconformance: its status cannot be set.
        """
        return self.orders(1)[0]

    def orders(self, count: int) -> list[Order]:
        """Several of them, all different.

        Raises:
            As `order` does.
        """
        return [self._ready(order_id) for order_id in self.own.take(count)]

    def several(self, most: int) -> list[Order]:
        """Two of them, or more where there are more.

        Raises:
            As `order` does.
        """
        for count in range(most, 2, -1):
            with suppress(Unmet):
                return self.orders(count)
        return self.orders(2)

    def fresh(self) -> Order:
        """One that nobody changed yet, where the target makes them.

        Raises:
            As `order` does.
        """
        return self._ready(self.own.fresh())

    def look(self, order_id: str) -> Order:
        """The order's details as they are now.

        Raises:
            Unreadable: they are not shown.
        """
        return order_of(self.market.get(order_id))

    def restored(self, order_id: str, letter: str = "O") -> bool:
        """Puts an order back into an ordinary status; one that stays where it is, is not handed out again."""
        self.market.put(order_id, {"status": letter})
        back = Order(self._shown(self.market.look(order_id))).status == letter
        if not back:
            self.own.spent.add(order_id)
        return back

    def unknown(self) -> str:
        """The id of an order that there is not, asked for before it is used.

        Raises:
            NotTestable: every id that was tried shows an order.
        """
        kept: str | None = self.context.shared.get(_UNKNOWN)
        if kept is not None:
            return kept
        draws = self.context.random("unknown order")
        for _ in range(5):
            name = str(draws.randrange(800_000_000, 2_000_000_000))
            looked = self.market.look(name)
            if not looked.says_success or Order(looked.document).id != name:
                self.context.shared[_UNKNOWN] = name
                self.own.nobodys.add(name)
                return name
        raise NotTestable("no order_id is known that no order has: the target shows an order for each")

    def reference(self, purpose: str) -> str:
        """A vendor_ref that nobody else uses, not even an earlier run."""
        draw = self.context.random(f"reference {purpose}").getrandbits(32)
        return f"CT-{self.context.clock:%y%m%d%H%M%S}-{draw:08x}"

    def give(self, order_id: str, reference: str, requirement: str = "MK-340") -> Answer:
        """Gives an order a reference, which must be accepted and found.

        Raises:
            Nonconformance: it is not accepted, or the very first one is not found.
            Blocked: an earlier one was not found, so that nothing follows from what this one does.
        """
        answer = self.market.put(order_id, {"vendor_ref": reference})
        if not accepted(answer):
            self.judge.demand(Broken(requirement, "status", "HTTP 200 for a vendor_ref", told(answer), (answer.id,)))
        self.references_work(order_id, reference)
        return answer

    def referenced(self, order: Order) -> Order:
        """The order with a vendor_ref of its own, so that there is one to lose; as it was where it takes none.

        Raises:
            Unreadable: its details are not shown.
        """
        self.market.put(order.id, {"vendor_ref": self.reference(f"of order {order.id}")})
        return self.look(order.id)

    def keeps_reference(self, order: Order) -> Kept | Broken:
        """Whether an order that gets a reference and then a status is still found by the reference.

        Raises:
            Nonconformance, Blocked: as `give` does; or the status is not accepted.
        """
        reference, letter = self.reference("beside a status"), another(order)
        self.give(order.id, reference)
        answer = self.market.put(order.id, {"status": letter})
        self.judge.demand(is_accepted(answer, "MK-300", f"the status {letter}"))
        return finds(self.market.search(reference), order.id, "MK-306", "the vendor_ref that it had before")

    def references_work(self, order_id: str = "", reference: str = "") -> None:
        """Makes sure, once, that a reference that was given is found by the search.

        Raises:
            Nonconformance, Blocked: as `give` does.
        """
        wrong: str | None = self.context.shared.get(_WORKS)
        if wrong is None and not order_id:
            order_id, reference = self.order().id, self.reference("works")
            self.give(order_id, reference)
        elif wrong is None:
            answer = self.market.search(reference)
            found = finds(answer, order_id, "MK-342", f"vendor_ref {reference}")
            if answer.refused_by_http and order_id in revealed(answer):
                expected = f"HTTP 200 for vendor_ref {reference}, which is found"
                found = Broken("MK-370", "status", expected, told(answer), (answer.id,))
            self.context.shared[_WORKS] = found.requirement if isinstance(found, Broken) else ""
            self.judge.demand(found)
        elif wrong in self.judge.faults:
            raise Blocked(wrong)

    def _ready(self, order_id: str) -> Order:
        order = self.look(order_id)
        self.own.remember(order_id, dict(order.raw))
        if order.status in ORDINARY or self.context.recorder.read_only:
            return order
        answer = self.market.put(order_id, {"status": "O"})
        order = self.look(order_id)
        if order.status not in ORDINARY:
            self.judge.demand(Broken("MK-303", "$.status", "O, to which it was set", order.status, (answer.id,)))
        return order

    @staticmethod
    def _shown(answer: Answer) -> dict[str, object]:
        return dict(answer.document) if answer.says_success else {}
