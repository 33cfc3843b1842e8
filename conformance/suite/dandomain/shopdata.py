"""What an order needs: a customer, products, site, currency, payment and shipping of the shop.

They come from the provider states, from `[data.shop]` of the target file, or from an order that is there already: its
parts are put together again, as a public client's `copyOrder` does (loevgaard/dandomain-api).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from conformance.checks import Blocked, NotTestable
from conformance.checks.outcome import kept_if
from conformance.suite.context import Context
from conformance.suite.dandomain.clients import Shop, shop
from conformance.suite.dandomain.common import state_ids
from conformance.suite.dandomain.orders import Order, order_of, shown, text_of
from conformance.suite.dandomain.own import OwnOrders, own_orders
from conformance.target import Unmet

CREATES = "DD-100"
"""CreateOrder with everything valid gives an order."""
_WORKS = "dandomain-create-works"
_NEEDS = {
    "customerId": "shop.customer",
    "currencyCode": "shop.currency",
    "siteId": "shop.site",
    "paymentId": "shop.payment",
    "shippingId": "shop.shipping",
}
_GIVES = {
    "customerId": "customerId", "currencyCode": "currencyCode", "siteId": "siteId", "paymentId": "paymentId",
    "shippingId": "shippingId",
}  # fmt: skip
_WHOLE = {"createdDate", "customerInfo", "orderLines"}
_LOOK_BACK = timedelta(days=366)


def wire_id(value: object) -> int | str:
    """An id as the vendor's samples write it: a number where it is one."""
    text = text_of(value)
    return int(text) if text.isdecimal() and text == str(int(text)) else text


@dataclass
class ShopData:
    """Makes orders, and knows what makes an order valid."""

    context: Context

    @property
    def shop(self) -> Shop:
        """The shop, asked with the key that may do everything."""
        return shop(self.context)

    @property
    def own(self) -> OwnOrders:
        """The orders that the run made."""
        return own_orders(self.context)

    def request(self, **changes: Any) -> dict[str, Any]:
        """A valid order as a body for CreateOrder, with some members changed; `...` leaves a member out.

        Raises:
            Unmet: nothing says what is valid in this shop.
        """
        if not self.own.template:
            self.own.template = self._template()
        body = {**self.own.template, "altDeliveryInfo": self.delivery(), **changes}
        return {name: value for name, value in body.items() if value is not ...}

    def delivery(self, **changes: Any) -> dict[str, Any]:
        """A delivery address with the members of the vendor's sample, and the run's mark as attention."""
        address = {
            "address": "Test Address 22", "address2": "", "attention": self.own.mark, "city": "Randers",
            "country": "Danmark", "countryId": 2397, "ean": "", "email": "test@example.com", "fax": "22222222",
            "name": "Test name", "phone": "22222222", "state": "", "zipCode": "8900",
        }  # fmt: skip
        return {**address, **changes}

    def products(self, count: int = 1) -> list[int | str]:
        """Products that are sold, all different.

        Raises:
            Unmet: there are not as many.
        """
        named = list(dict.fromkeys(wire_id(value) for value in self.context.data.named("shop.product")))
        if len(named) < count:
            named = list(dict.fromkeys([*named, *self._made(count)]))
        if len(named) < count:
            copied = self._copied()
            named += [wire_id(product) for product, _ in copied.lines if product] if copied else []
            named = list(dict.fromkeys(named))
        if len(named) < count:
            raise self.context.data.unmet("shop.product")
        return named[:count]

    def _made(self, count: int) -> list[int | str]:
        known: dict[int | str, None] = self.context.shared.setdefault("dandomain-products", {})
        for _ in range(count + 2):
            if len(known) >= count:
                break
            datum = self.context.data.make("shop.product")
            if datum is None:
                break
            known[wire_id(datum["productId"])] = None
        return list(known)

    def one(self, need: str) -> int | str:
        """One id for a need of the shop's, as it goes into a request.

        Raises:
            Unmet: nothing provides it.
        """
        datum = self.context.data.one(need)
        return wire_id(next(iter(datum.ids.values())))

    def fresh(self, **changes: Any) -> Order:
        """A new order of the run's own.

        Raises:
            Nonconformance: the shop refuses a valid order. Blocked: that is known already.
            NotTestable, Unmet: the shop's data are not known well enough to make one.
        """
        if self.context.shared.get(_WORKS) is False:
            raise Blocked(CREATES)
        answer = self.shop.create(self.request(**changes))
        made = shown(answer)
        works = answer.says_success and bool(made) and bool(made[0].id)
        if not works and not self._told():
            raise NotTestable(
                f"an order put together from an existing one is refused with HTTP {answer.status}: "
                "name what is valid in the target file under [data.shop]"
            )
        if not changes:
            self.context.shared.setdefault(_WORKS, works)
        self.context.judge.demand(kept_if(works, CREATES, where="status", exchanges=(answer.id,),
            expected="an order with its number", actual=answer.exchange.failure or f"HTTP {answer.status} without an order",
        ))  # fmt: skip
        order = order_of(answer)
        # A shop may answer with little more than the number: then GetOrder tells the rest.
        return order if order.raw.keys() >= _WHOLE else self.look(order.id) or order

    def spare(self) -> Order:
        """An order of the run's own that no test changes or removes; made once.

        Raises:
            As `fresh` does.
        """
        found: Order | None = self.context.shared.get("dandomain-spare")
        if found is None:
            found = self.context.shared["dandomain-spare"] = self.fresh()
        return found

    def scratch(self) -> Order:
        """An order of the run's own whose texts and state any test may set, but nobody completes or removes; made once.

        Raises:
            As `fresh` does.
        """
        found: Order | None = self.context.shared.get("dandomain-scratch")
        if found is None:
            found = self.context.shared["dandomain-scratch"] = self.worn()
        return found

    def worn(self) -> Order:
        """A new order that has a comment, a track number and (where the shop has any) a state: something to lose.

        Raises:
            As `fresh` does.
        """
        order = self.fresh()
        self.shop.set_comment(order.id, "a comment")
        self.shop.set_track_number(order.id, "A1-2")
        state = self.some_state()
        if state:
            self.shop.set_state(order.id, state)
        return self.look(order.id) or order

    def some_state(self) -> str:
        """The id of an order state of the shop, asked for once; "" where it lists none."""
        known: str | None = self.context.shared.get("dandomain-some-state")
        if known is None:
            known = self.context.shared["dandomain-some-state"] = next(iter(state_ids(self.shop.states())), "")
        return known

    def vacant(self) -> str:
        """The id of an order that there is not: one that the run made and removed.

        Raises:
            As `fresh` does. NotTestable: a removed order is still there.
        """
        kept: str | None = self.context.shared.get("dandomain-vacant")
        if kept is None or kept in self.own.live:
            kept = self.fresh().id
            self.shop.delete(kept)
            if shown(self.shop.get(kept)):
                raise NotTestable("no order id is known that no order has: the one that was deleted is still there")
            self.own.removed(kept)
            self.context.shared["dandomain-vacant"] = kept
        return kept

    def old(self) -> Order:
        """An order that was created at least 35 days ago and that the run may change.

        Raises:
            Unmet: nothing provides one.
        """
        datum = self.context.data.one("order.old")
        order_id = text_of(datum["orderId"])
        order = order_of(self.shop.get(order_id))
        self.own.lent.setdefault(order_id, None if datum.source == "states" else order)
        return order

    def look(self, order_id: str) -> Order | None:
        """The order as GetOrder shows it now; None where it shows none."""
        found = shown(self.shop.get(order_id))
        return found[0] if found else None

    def _told(self) -> bool:
        """Whether somebody who knows the shop said what is valid there."""
        try:
            self.context.data.one("shop.customer")
        except Unmet:
            return False
        return True

    def _template(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for member, need in _NEEDS.items():
            try:
                found[member] = self.one(need)
            except Unmet:
                copied = self._copied()
                if copied is None:
                    raise
                found[member] = _part_of(copied, member)
                if found[member] in ("", None):
                    raise
        found["orderLines"] = [{"productId": self.products()[0], "quantity": 1}]
        return found

    def _copied(self) -> Order | None:
        """The latest complete order of the last year that shows all parts."""
        now = self.context.clock
        answer = self.shop.created((now - _LOOK_BACK).date(), (now + timedelta(days=1)).date())
        fitting = [order for order in shown(answer) if all(_part_of(order, member) for member in _NEEDS) and order.lines]
        return max(fitting, key=lambda order: order.id.zfill(20), default=None)


def _part_of(order: Order, member: str) -> int | str:
    """A member of a request, taken from an order as it is shown."""
    match member:
        case "customerId":
            return wire_id(order.customer)
        case "paymentId":
            return wire_id(order.part("paymentInfo").get("id"))
        case "shippingId":
            return wire_id(order.part("shippingInfo").get("id"))
        case "siteId":
            return wire_id(order.raw.get("siteId"))
        case _:
            return order.says("currencyCode")
