"""Rules of the Cart Status API: which carts are asked about, who may see them, what is shown of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import ColumnElement

from conformance.sandbox.calls import Call
from conformance.sandbox.documents import Document, UnreadableError
from conformance.sandbox.imaterialise.models import Cart, CartStatus
from conformance.sandbox.imaterialise.rules.messages import Operation
from conformance.sandbox.imaterialise.rules.refused import RefusedError
from conformance.sandbox.imaterialise.rules.transport import TransportRules


class CartRules(TransportRules):
    """From a list of cart ids to an entry for each."""

    cart_limit = 10

    # What a body asks for

    def cart_ids(self, call: Call) -> list[str]:
        """The ids as sent; refuses a body that is broken or holds none (501), and too many ids (102)."""
        try:
            ids = [self.cart_id(entry) for entry in self.cart_entries(self.read(call))]
        except UnreadableError as error:
            raise RefusedError(501) from error
        if len(ids) > self.cart_limit:
            raise RefusedError(102)
        return ids

    def cart_entries(self, body: Mapping[str, object]) -> Sequence[object]:
        """The entries of `Carts`; none, or something else than a list, is unreadable."""
        entries = self.member(body, "Carts")
        if isinstance(entries, list) and entries:
            return entries
        raise UnreadableError("Carts must be a list with entries")

    def cart_id(self, entry: object) -> str:
        """The `CartID` of an entry, whatever the text says; anything but a text is unreadable."""
        raw = self.member(entry, "CartID") if isinstance(entry, Mapping) else None
        if isinstance(raw, str):
            return raw
        raise UnreadableError("CartID must be a text")

    # Which carts these are

    def owned_cart(self, account: str) -> ColumnElement[bool]:
        """Carts made with the same API code."""
        return Cart.account == account

    def cart_named(self, raw: str, carts: Mapping[str, Cart]) -> Cart | None:
        """The cart that a text of the request means, in any letter case, among those found by id."""
        return carts.get(self.guid(raw) or "")

    # What is shown

    def cart_status_document(self, entries: Sequence[tuple[str, Cart | None]]) -> Document:
        """The finished answer: an entry for each id of the request, in its sequence, repeated ones too."""
        return {"carts": [self.cart_entry(raw, cart) for raw, cart in entries]}

    def refused_carts_document(self, code: int) -> Document:
        """The answer to a request that is refused as a whole."""
        document: Document = {}
        self.place_error(document, self.error(Operation.CART_STATUS, code))
        return document

    def cart_entry(self, raw: str, cart: Cart | None) -> Document:
        """The cart, or 101 beside the id exactly as it was sent."""
        return self.cart_document(cart, raw) if cart else self.cart_error_document(raw)

    def cart_error_document(self, raw: str) -> Document:
        """Not found, of another account, or no GUID."""
        return {"cartID": raw, "cartError": self.error(Operation.CART_STATUS, 101)}

    def cart_document(self, cart: Cart, raw: str) -> Document:
        """A cart, its members in the sequence of the examples."""
        return self.without_absent(
            {
                "cartID": self.shown_cart_id(cart, raw),
                "cartCreationDateTime": self.date_time(cart.created),
                "orderID": self.cart_order_id(cart),
                "cartStatus": self.cart_status(cart),
            }
        )

    def shown_cart_id(self, cart: Cart, raw: str) -> str:
        """A known id comes back in the server's lower case, however it was sent."""
        return cart.id

    def cart_order_id(self, cart: Cart) -> str | None:
        """The order of an ordered cart, if that order exists for the same account."""
        ordered = cart.status == CartStatus.ORDERED and cart.order and cart.order.account == cart.account
        return cart.order_id if ordered else None

    def cart_status(self, cart: Cart) -> str:
        """The word of the status, without spaces as in the examples."""
        return cart.status.value
