"""Faults of the members of the entries about carts, and of their errors."""

from __future__ import annotations

from typing import Any

from conformance.sandbox.documents import Document
from conformance.sandbox.faults import breaks
from conformance.sandbox.imaterialise.faults._calls import KnowsTheCall
from conformance.sandbox.imaterialise.faults._members import (
    ChangesCarts,
    ChangesRefusedCarts,
    is_now,
    lost,
    made,
    null,
    renamed,
)
from conformance.sandbox.imaterialise.models import Cart
from conformance.sandbox.imaterialise.rules import Rules


@breaks("CS-110", "CS-033")
class CallsTheCartsItems(Rules):
    """Calls carts items."""

    def cart_status_document(self, entries: Any) -> Document:
        return {"items": super().cart_status_document(entries)["carts"]}

    def item_name(self, member: str) -> str:
        return "Cart" if member == "items" else super().item_name(member)


@breaks("CS-110")
class ShowsASingleCartBare(Rules):
    """Shows a single cart without a list around it."""

    def cart_status_document(self, entries: Any) -> Document:
        document: dict[str, Any] = super().cart_status_document(entries)
        return {"carts": document["carts"][0]} if len(entries) == 1 else document


@breaks("CS-111")
class BracesCartIds(Rules):
    """Writes the cartID of carts that were found in braces."""

    def shown_cart_id(self, cart: Cart, raw: str) -> str:
        return f"{{{cart.id}}}"


@breaks("CS-111", "CS-033")
class LosesTheCartId(ChangesCarts):
    """Leaves cartID out."""

    edit = lost("cartID")


@breaks("CS-111", "CS-033")
class SpellsCartIdSmall(ChangesCarts):
    """Calls cartID cartId."""

    edit = renamed("cartID", "cartId")


@breaks("CS-112")
class SpacesCartStatuses(ChangesCarts):
    """Writes Not Ordered and Checked Out, as the table does."""

    edit = made("cartStatus", lambda word: {"NotOrdered": "Not Ordered", "CheckedOut": "Checked Out"}.get(word, word))


@breaks("CS-112")
class NumbersCartStatuses(ChangesCarts):
    """Writes a number for cartStatus."""

    edit = made("cartStatus", ["NotOrdered", "Pending", "CheckedOut", "Ordered"].index)


@breaks("CS-113")
class WritesTheZoneOfCarts(ChangesCarts):
    """Writes +01:00 behind cartCreationDateTime."""

    edit = made("cartCreationDateTime", lambda text: f"{text}+01:00")


@breaks("CS-113")
class WritesSecondsSince1970(ChangesCarts):
    """Writes cartCreationDateTime as a number."""

    edit = is_now("cartCreationDateTime", 1416222289)


@breaks("CS-113", "CS-047", "CS-016")
class MakesCartsNow(KnowsTheCall):
    """Shows the time of the question as cartCreationDateTime."""

    def cart_entry(self, raw: str, cart: Cart | None) -> Document:
        entry = super().cart_entry(raw, cart)
        return {**entry, "cartCreationDateTime": self.date_time(self.call.now)} if cart else entry


@breaks("CS-114", "CS-045")
class ShowsOrderNumbersOfCarts(Rules):
    """Shows the number of the order as orderID."""

    def cart_order_id(self, cart: Cart) -> str | None:
        return cart.order.number if super().cart_order_id(cart) and cart.order else None


@breaks("CS-114")
class SendsNullForNoOrder(Rules):
    """Sends orderID null in JSON for carts that are not ordered."""

    def write(self, document: Any, root: str, media_type: str) -> bytes:
        for entry in document.get("carts", []) if "json" in media_type else []:
            if "cartError" not in entry:
                entry.setdefault("orderID", None)
        return super().write(document, root, media_type)


@breaks("CS-115", "CS-101")
class CallsTheCartErrorError(ChangesCarts):
    """Calls cartError error, as the introduction does."""

    edit = renamed("cartError", "error")


@breaks("CS-115", "CS-101")
class SendsCartErrorsAsText(ChangesCarts):
    """Sends cartError as a text instead of an object."""

    edit = made("cartError", lambda error: error["message"])


@breaks("CS-116", "CS-101")
class LosesTheMessageOfCarts(ChangesCarts):
    """Sends only the code of a cartError."""

    edit = lost("cartError.message")


@breaks("CS-116", "CS-018")
class WritesTheCodeOfCartsFirst(ChangesCarts):
    """Writes Code before Message in a cartError."""

    edit = made("cartError", lambda error: dict(reversed(error.items())))


@breaks("CS-117", "CS-101")
class SendsCodesOfCartsAsText(ChangesCarts):
    """Sends the code of a cartError as a text in JSON."""

    edit = made("cartError.code", str)


@breaks("CS-117", "CS-101")
class SendsNullCodes(ChangesCarts):
    """Sends the code of a cartError null in JSON."""

    edit = null("cartError.code")


@breaks("CS-118", "CS-501", "CS-102")
class SendsOnlyAMessage(ChangesRefusedCarts):
    """Sends the error of a refused question about carts as a text."""

    edit = made("requestError", lambda error: error["message"])


@breaks("CS-118", "CS-501", "CS-102")
class SendsAListOfErrors(ChangesRefusedCarts):
    """Sends the error of a refused question about carts as a list with one entry."""

    edit = made("requestError", lambda error: [error])

    def item_name(self, member: str) -> str:
        return "Error" if member == "requestError" else super().item_name(member)


@breaks("CS-119", "CS-501", "CS-102")
class CallsTheMessageDescription(ChangesRefusedCarts):
    """Calls the message of a refused question about carts description."""

    edit = renamed("requestError.message", "description")


@breaks("CS-119", "CS-018")
class WritesTheCodeOfRefusedCartsFirst(ChangesRefusedCarts):
    """Writes Code before Message where a question about carts is refused."""

    edit = made("requestError", lambda error: dict(reversed(error.items())))


@breaks("CS-120", "CS-501", "CS-102")
class CallsTheCodeErrorCode(ChangesRefusedCarts):
    """Calls the code of a refused question about carts errorCode."""

    edit = renamed("requestError.code", "errorCode")


@breaks("CS-120", "CS-501", "CS-102")
class SendsCodesOfRefusedCartsAsText(ChangesRefusedCarts):
    """Sends the code of a refused question about carts as a text in JSON."""

    edit = made("requestError.code", str)
