"""When orders were last modified, as far as anybody can tell, and in which form the list takes a bound."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from conformance.checks import Answer, NotTestable, Unreadable
from conformance.suite.context import Context
from conformance.suite.macke.clients import Question, say_again
from conformance.suite.macke.desk import Desk
from conformance.suite.macke.keeper import Keeper
from conformance.suite.macke.orders import ids, order_of
from conformance.target import Unmet
from conformance.wire import Refused

DAY = 86_400
_FORMAT = "macke-period-format"
_MOMENTS = "macke-moments"
_SAMPLE = 6

FORMATS: Mapping[str, Callable[[int], str]] = {
    "unix-seconds": str,
    "iso-dates": lambda moment: datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%d"),
    "iso-date-times": lambda moment: datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
}
"""How a bound can be written: the document names no form."""


@dataclass(frozen=True)
class Moment:
    """When an order was last modified: between two points in time, the same one where the details show it."""

    order_id: str
    earliest: int
    latest: int

    def inside(self, since: int | None, until: int | None) -> bool | None:
        """Whether it lies between two bounds; None where that cannot be told."""
        if (since is not None and self.latest < since) or (until is not None and self.earliest > until):
            return False
        if (since is None or self.earliest > since) and (until is None or self.latest < until):
            return True
        return None


class Periods:
    """What is known of the times at which orders were last modified."""

    def __init__(self, context: Context, keeper: Keeper) -> None:
        self.context = context
        self.keeper = keeper
        self._lasting = keeper.kept

    @property
    def moments(self) -> list[Moment]:
        """Orders with the time of their last change, oldest first; read when first asked for.

        Raises:
            NotTestable: no details show the time, and no order may be changed.
        """
        say_again(self.context)
        if _MOMENTS not in self.context.shared:
            self.context.shared[_MOMENTS] = sorted(self._read(), key=lambda moment: moment.latest)
        found: list[Moment] = self.context.shared[_MOMENTS]
        if not found:
            raise NotTestable(
                "no order shows when it was modified, and none may be changed; add to the target file: "
                '[data.marketplace] consumable_orders = ["…"]'
            )
        return found

    def format(self) -> str:
        """The form in which the target reads bounds; "" where it reads none of those that we know.

        Raises:
            As `moments` does.
        """
        if _FORMAT not in self.context.shared:
            self.context.shared[_FORMAT] = next(filter(self._works, FORMATS), "")
        found: str = self.context.shared[_FORMAT]
        return found

    def written(self, moment: int) -> str:
        """A bound as the target reads it; as Unix seconds where nothing is known."""
        return FORMATS[self.format() or "unix-seconds"](moment)

    def ask(self, since: int | None = None, until: int | None = None) -> Answer:
        """The first page of a period."""
        bounds = [None if bound is None else self.written(bound) for bound in (since, until)]
        return self.keeper.market.list(Question(since=bounds[0], until=bounds[1]))

    def everything(self, since: int | None = None, until: int | None = None) -> tuple[set[str], tuple[str, ...]]:
        """Ids of all orders of a period, and the evidence."""
        bounds = [None if bound is None else self.written(bound) for bound in (since, until)]
        orders, evidence = self.keeper.everything(Question(since=bounds[0], until=bounds[1]))
        return {*ids(orders)}, evidence

    def _works(self, name: str) -> bool:
        """Whether bounds in a form do anything sensible with the order that was modified last."""
        latest, write = self.moments[-1], FORMATS[name]
        before, after = write(latest.earliest - 2 * DAY), write(latest.latest + 2 * DAY)
        try:
            inside, _ = self._lasting.everything(Question(since=before, until=after))
            outside, _ = self._lasting.everything(Question(until=before))
        except Unreadable:
            return False  # refused in this form
        return latest.order_id in ids(inside) and latest.order_id not in ids(outside)

    def _read(self) -> list[Moment]:
        found: dict[str, Moment] = {}
        for row in self.keeper.some(_SAMPLE):
            order = order_of(self._lasting.market.get(row.id))
            if order.updated is not None:
                found[order.id] = Moment(order.id, order.updated, order.updated)
        changed = self._changed()
        if changed is not None:
            found[changed.order_id] = changed
        return [*found.values()]

    def _changed(self) -> Moment | None:
        """An order that has just been changed; a clock that is wrong by some hours does no harm."""
        desk = Desk(self.context)
        try:
            order = desk.order()
            desk.market.put(order.id, {"status": "P" if order.status != "P" else "O"})
        except (Unmet, Refused, Unreadable):
            return None
        shown = desk.look(order.id).updated
        now = int(self.context.clock.timestamp())
        return Moment(order.id, shown, shown) if shown is not None else Moment(order.id, now - DAY // 2, now + DAY // 2)
