"""Faults of the two formats: where they disagree, and in which order XML stands."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from conformance.sandbox.documents import Document
from conformance.sandbox.faults import breaks
from conformance.sandbox.imaterialise.faults._members import Edit, is_now, lost, made
from conformance.sandbox.imaterialise.models import Order
from conformance.sandbox.imaterialise.rules import Rules


class _WritesXml(Rules):
    edit: Edit
    marks = "orders"
    """A member by which the answers that are meant are known."""

    def write(self, document: Document, root: str, media_type: str) -> bytes:
        meant = "xml" in media_type and self.marks in document
        return super().write(self.edit(document) if meant else document, root, media_type)


def _each(change: Callable[[list[Any]], list[Any]]) -> Callable[[Any], Any]:
    return lambda rows: change(list(rows))


@breaks("OS-008", "OS-130")
class RoundsTotalsInXml(_WritesXml):
    """Rounds totalPrice to whole numbers in XML only."""

    edit = made("orders.totalPrice", round)


@breaks("OS-008", "OS-040", "OS-052")
class LosesTheLastOrderInXml(_WritesXml):
    """Leaves out the last of several orders in XML only."""

    edit = made("orders", _each(lambda orders: orders[:-1] if len(orders) > 1 else orders))


@breaks("OS-008", "OS-150")
class LosesAccentsInXml(_WritesXml):
    """Writes a question mark for every letter beyond ASCII in the city, in XML only."""

    edit = made("orders.shippingInfo.city", lambda text: text.encode("ascii", "replace").decode())


@breaks("OS-008", "OS-117")
class DropsFractionsInXml(_WritesXml):
    """Writes requestedDate without its fraction in XML only."""

    edit = made("orders.requestedDate", lambda text: text.partition(".")[0])


@breaks("OS-008", "OS-131")
class TrimsRemarksInXml(_WritesXml):
    """Cuts orderRemarks after ten characters in XML only."""

    edit = made("orders.orderRemarks", lambda text: text[:10])


@breaks("OS-008", "OS-116", "OS-210")
class HoldsNothingInXml(_WritesXml):
    """Writes isOnHold false for every order in XML only."""

    edit = is_now("orders.isOnHold", value=False)


@breaks("OS-008", "OS-131")
class HidesRemarksInXml(_WritesXml):
    """Leaves orderRemarks out of XML."""

    edit = lost("orders.orderRemarks")


@breaks("OS-008", "OS-190")
class WritesDimensionsInInchesInXml(_WritesXml):
    """Writes xDimMm in inches in XML only."""

    edit = made("orders.orderItems.xDimMm", lambda size: (size / Decimal("25.4")).quantize(Decimal("0.0001")))


@breaks("CS-016", "CS-112")
class TellsOldStatusesInXml(_WritesXml):
    """Writes Pending for CheckedOut in XML only."""

    edit, marks = made("carts.cartStatus", lambda word: "Pending" if word == "CheckedOut" else word), "carts"


@breaks("CS-016", "CS-113")
class WritesWholeSecondsInXml(_WritesXml):
    """Writes cartCreationDateTime without the time of day in XML only."""

    edit, marks = made("carts.cartCreationDateTime", lambda text: f"{text[:10]}T00:00:00"), "carts"


@breaks("CS-016", "CS-033")
class LosesBadCartsInXml(_WritesXml):
    """Leaves carts with an error out of XML."""

    edit, marks = made("carts", _each(lambda rows: [row for row in rows if "cartError" not in row])), "carts"


@breaks("OC-016", "OC-052")
class HidesNumbersInXml(_WritesXml):
    """Leaves orderNumber out of XML about cancellations."""

    edit, marks = lost("orderNumber"), "isCanceled"


@breaks("OC-016", "OC-505")
class ShortensMessagesInXml(_WritesXml):
    """Leaves the full stop out of the messages about cancellations in XML only."""

    edit, marks = made("requestError.message", lambda text: text.rstrip(".")), "isCanceled"


# The order of XML


def _moved_up(document: Any, name: str) -> Any:
    return {name: document[name], **document} if name in document else document


@breaks("OS-010")
class WritesTheNameBeforeTheCode(Rules):
    """Writes StatusName before the other elements of an order."""

    def order_document(self, order: Order, language: str) -> Any:
        return _moved_up(super().order_document(order, language), "statusName")


@breaks("OS-010")
class SortsTheElementsOfOrders(Rules):
    """Writes the elements of an order in the order of the alphabet."""

    def order_document(self, order: Order, language: str) -> Any:
        return dict(sorted(super().order_document(order, language).items()))


@breaks("OS-010")
class WritesTheCityFirst(Rules):
    """Writes City and ZipCode before CountryCode in addresses."""

    def billing_document(self, address: Any) -> Any:
        return _moved_up(_moved_up(super().billing_document(address), "zipCode"), "city")


@breaks("OS-010")
class WritesTheErrorFirst(Rules):
    """Writes RequestError before Orders, where both stand in an answer."""

    def order_status_document(self, orders: Any, code: int | None, language: str | None) -> Any:
        return _moved_up(super().order_status_document(orders, code, language), "requestError")

    def has_element(self, member: str, value: Any) -> bool:
        return True


@breaks("CS-018")
class FollowsTheTableOfCarts(Rules):
    """Writes the elements of a cart in the sequence of the table: CartStatus and CartCreationDateTime before OrderID."""

    def cart_document(self, cart: Any, raw: str) -> Any:
        document = super().cart_document(cart, raw)
        return {name: document[name] for name in ("cartID", "cartStatus", "cartCreationDateTime", "orderID")
                if name in document}  # fmt: skip


@breaks("CS-018")
class WritesTheCartErrorFirst(Rules):
    """Writes CartError before CartID."""

    def cart_error_document(self, raw: str) -> Any:
        return _moved_up(super().cart_error_document(raw), "cartError")


@breaks("OC-018", shows="OC-042")
class SaysFirstWhetherItCancelled(Rules):
    """Writes IsCanceled before OrderId."""

    def cancellation_document(self, order: Order | None, code: int | None) -> Any:
        return _moved_up(super().cancellation_document(order, code), "isCanceled")


@breaks("OC-018")
class WritesTheNumberBeforeTheId(Rules):
    """Writes OrderNumber before OrderId."""

    def identifiers(self, order: Order) -> Any:
        return _moved_up(super().identifiers(order), "orderNumber")
