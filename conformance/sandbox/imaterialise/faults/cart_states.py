"""Faults of the entries about carts: their state, their order, what stands beside an error."""

from __future__ import annotations

from html import escape
from typing import Any

from conformance.sandbox.documents import Document
from conformance.sandbox.faults import breaks
from conformance.sandbox.imaterialise.faults._calls import CARTS, Sometimes
from conformance.sandbox.imaterialise.faults._members import ChangesCarts, lost
from conformance.sandbox.imaterialise.models import Cart, CartStatus
from conformance.sandbox.imaterialise.rules import Rules

# States


class _ShowsInstead(Rules):
    true: CartStatus
    shown: CartStatus

    def cart_status(self, cart: Cart) -> str:
        return self.shown.value if cart.status == self.true else super().cart_status(cart)


@breaks("CS-040")
class ShowsNewCartsAsPending(_ShowsInstead):
    """Shows carts that were never shown to the customer as Pending."""

    true, shown = CartStatus.NOT_ORDERED, CartStatus.PENDING


@breaks("CS-041")
class ShowsOpenCartsAsNotOrdered(_ShowsInstead):
    """Shows open carts as NotOrdered."""

    true, shown = CartStatus.PENDING, CartStatus.NOT_ORDERED


@breaks("CS-042")
class ShowsCartsAtTheTillAsOrdered(_ShowsInstead):
    """Shows carts in the ordering flow as Ordered."""

    true, shown = CartStatus.CHECKED_OUT, CartStatus.ORDERED


@breaks("CS-043")
class ShowsOrderedCartsAsCheckedOut(_ShowsInstead):
    """Shows ordered carts as CheckedOut."""

    true, shown = CartStatus.ORDERED, CartStatus.CHECKED_OUT


@breaks("CS-042")
class SometimesShowsPending(Sometimes):
    """Shows carts in the ordering flow as Pending one time in four."""

    def cart_status(self, cart: Cart) -> str:
        wrong = cart.status == CartStatus.CHECKED_OUT and self.is_turn()
        return "Pending" if wrong else super().cart_status(cart)


# The order of a cart


@breaks("CS-044")
class ShowsOrdersOfPendingCarts(Rules):
    """Shows an order of a cart that has none."""

    def cart_order_id(self, cart: Cart) -> str | None:
        return cart.id if cart.status == CartStatus.PENDING else super().cart_order_id(cart)


@breaks("CS-044", "CS-045")
class HidesTheOrder(ChangesCarts):
    """Never shows the order of a cart."""

    edit = lost("orderID")


@breaks("CS-044", "CS-114")
class ShowsAnEmptyOrder(Rules):
    """Shows orderID of zeros for carts that are not ordered."""

    def cart_order_id(self, cart: Cart) -> str | None:
        return super().cart_order_id(cart) or "00000000-0000-0000-0000-000000000000"


@breaks("CS-045")
class ShowsTheConfirmationForTheOrder(Rules):
    """Shows the GUID of the order's confirmation as orderID."""

    def cart_order_id(self, cart: Cart) -> str | None:
        ordered = super().cart_order_id(cart)
        return cart.order.confirmation_id if ordered and cart.order else None


@breaks("CS-045")
class ShowsTheCartForTheOrder(Rules):
    """Shows the id of the cart as orderID."""

    def cart_order_id(self, cart: Cart) -> str | None:
        return cart.id if super().cart_order_id(cart) else None


# What an entry shows


@breaks("CS-048", "CS-113")
class HidesWhenOrderedCartsWereMade(Rules):
    """Leaves cartCreationDateTime out of ordered carts."""

    def cart_entry(self, raw: str, cart: Cart | None) -> Document:
        entry = super().cart_entry(raw, cart)
        if cart and cart.status == CartStatus.ORDERED:
            entry.pop("cartCreationDateTime")
        return entry


@breaks("CS-048", "CS-112")
class ShowsNoStatusOfNewCarts(Rules):
    """Shows cartStatus of carts that are not ordered as an empty text."""

    def cart_status(self, cart: Cart) -> str:
        return "" if cart.status == CartStatus.NOT_ORDERED else super().cart_status(cart)


@breaks("CS-049")
class ShowsAStatusBesideTheError(Rules):
    """Shows cartStatus NotOrdered beside cartError."""

    def cart_error_document(self, raw: str) -> Document:
        return {**super().cart_error_document(raw), "cartStatus": "NotOrdered"}


@breaks("CS-049")
class ShowsADateBesideTheError(Rules):
    """Shows cartCreationDateTime of the year 1 beside cartError."""

    def cart_error_document(self, raw: str) -> Document:
        return {**super().cart_error_document(raw), "cartCreationDateTime": "0001-01-01T00:00:00"}


@breaks("CS-050")
class LowersMalformedCartIds(Rules):
    """Echoes a malformed id in small letters."""

    def cart_error_document(self, raw: str) -> Document:
        return super().cart_error_document(raw.lower())


@breaks("CS-050")
class CutsMalformedCartIds(Rules):
    """Echoes no more than 36 characters of a malformed id."""

    def cart_error_document(self, raw: str) -> Document:
        return super().cart_error_document(raw[:36])


@breaks("CS-050")
class EscapesMalformedCartIds(Rules):
    """Echoes a malformed id with its special characters escaped for HTML."""

    def cart_error_document(self, raw: str) -> Document:
        return super().cart_error_document(escape(raw))


@breaks("CS-050")
class EchoesMalformedCartIdsInAscii(Rules):
    """Echoes a malformed id without its letters beyond ASCII."""

    def cart_error_document(self, raw: str) -> Document:
        return super().cart_error_document(raw.encode("ascii", "ignore").decode())


@breaks("CS-057")
class SaysOkBesideCarts(Rules):
    """Sends a requestError that says OK beside carts."""

    def cart_status_document(self, entries: Any) -> Document:
        return {**super().cart_status_document(entries), "requestError": {"message": "OK", "code": 0}}


@breaks("CS-057")
class RepeatsTheErrorAtTheRoot(Rules):
    """Sends the error of a cart as requestError too."""

    def cart_status_document(self, entries: Any) -> Document:
        document: Document = super().cart_status_document(entries)
        if any(cart is None for _, cart in entries):
            self.place_error(document, self.error(CARTS, 101))
        return document
