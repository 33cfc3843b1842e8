"""Faults in DeleteOrder: deletions that lie, and what is left of what was deleted."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete
from sqlalchemy.orm import Session
from starlette.responses import Response

from conformance.sandbox.dandomain.faults._asked import AskedRules
from conformance.sandbox.dandomain.faults._operations import DigitRules
from conformance.sandbox.dandomain.models import Order
from conformance.sandbox.dandomain.rules import RefusedError, Rules
from conformance.sandbox.dandomain.rules.transport import Operation, Resource
from conformance.sandbox.dandomain.seed import LAST_NUMBER
from conformance.sandbox.dandomain.writing import Value
from conformance.sandbox.faults import breaks


class RemembersDeletions(AskedRules):
    """Remembers the numbers of the orders that it deleted."""

    @property
    def gone(self) -> set[int]:
        """The numbers."""
        numbers: set[int] = self.__dict__.setdefault("numbers", set())
        return numbers

    @property
    def asked(self) -> int:
        """The order number in the path that is being answered; 0 for none."""
        return next((int(part) for part in self.call.path.split("/") if part.isdecimal()), 0)

    def remove(self, session: Session, order_id: int) -> bool:
        found = super().remove(session, order_id)
        if found:
            self.gone.add(order_id)
        return found


class KeepsDeletions(RemembersDeletions):
    """Marks an order as deleted and keeps it: neither the lists nor GetOrder show it, unless a fault does."""

    def remove(self, session: Session, order_id: int) -> bool:
        found = session.get(Order, order_id) is not None and order_id not in self.gone
        self.gone.add(order_id)
        return found

    def found(self, order: Order | None) -> Order:
        return super().found(None if order and order.id in self.gone else order)

    def shows_gone(self) -> bool:
        """Whether the list that is asked for shows what is marked."""
        return False

    def listed(self, orders: Sequence[Order]) -> Sequence[Order]:
        return orders if self.shows_gone() else [order for order in orders if order.id not in self.gone]


# What it answers


@breaks("DD-400")
class SaysFalseWhenItDeletes(Rules):
    """DeleteOrder deletes the order and returns false."""

    def deleted(self, found: bool) -> bool:
        return False


@breaks("DD-400")
class RefusesToDeleteIncompleteOrders(AskedRules):
    """DeleteOrder refuses to delete an order that is incomplete."""

    def remove(self, session: Session, order_id: int) -> bool:
        order = session.get(Order, order_id)
        if order and order.incomplete:
            raise RefusedError(409, "OrderIsIncomplete")
        return super().remove(session, order_id)


@breaks("DD-403")
class SaysItDeletedNoNumber(Rules):
    """DeleteOrder returns true where no order number is given."""

    def resource(self, path: str) -> Resource:
        found = super().resource(path)
        if Operation.CREATE not in found.operations.values():
            return found
        return Resource(found.key, {"DELETE": Operation.DELETE, **found.operations}, ["0"])

    def order_id(self, text: str) -> int:
        return 0 if text == "0" else super().order_id(text)

    def remove(self, session: Session, order_id: int) -> bool:
        return super().remove(session, order_id) or not order_id


@breaks("DD-404")
class SaysTrueForUnknownDeletions(Rules):
    """DeleteOrder returns true for an order that is not there."""

    def deleted(self, found: bool) -> bool:
        return True


@breaks("DD-404")
class RefusesUnknownDeletions(Rules):
    """DeleteOrder answers 404 for an order that is not there, where the document says false."""

    def deleted(self, found: bool) -> bool:
        return self.updated(found)


@breaks("DD-407", "DD-404")
class SaysTrueToTheSecondDeletion(RemembersDeletions):
    """DeleteOrder returns true again for an order that it has deleted."""

    def deleted(self, found: bool) -> bool:
        return found or self.asked in self.gone


@breaks("DD-409", "DD-400")
class AnswersDeletionsAsText(Rules):
    """DeleteOrder puts its true and its false into quotes."""

    def respond(self, operation: Operation, value: Value, media_type: str) -> Response:
        quoted = str(value).lower() if operation is Operation.DELETE else value
        return super().respond(operation, quoted, media_type)


@breaks("DD-409", "DD-400")
class AnswersHowManyItDeleted(Rules):
    """DeleteOrder answers how many orders it deleted."""

    def respond(self, operation: Operation, value: Value, media_type: str) -> Response:
        return super().respond(operation, int(value is True) if operation is Operation.DELETE else value, media_type)


@breaks("DD-409", "DD-400")
class AnswersDeletionsWithAnObject(Rules):
    """DeleteOrder puts its true and its false into an object."""

    def respond(self, operation: Operation, value: Value, media_type: str) -> Response:
        return super().respond(operation, {"deleted": value} if operation is Operation.DELETE else value, media_type)


@breaks("DD-409", "DD-400")
class AnswersDeletionsWithNothing(Rules):
    """DeleteOrder answers 204 without a body."""

    def respond(self, operation: Operation, value: Value, media_type: str) -> Response:
        return Response(status_code=204) if operation is Operation.DELETE else super().respond(operation, value, media_type)


@breaks("DD-412")
class DeletesByTheDigitsOfAText(DigitRules):
    """DeleteOrder takes the digits of a text for the number of an order."""

    misreads = Operation.DELETE


# What it does


@breaks("DD-405")
class OnlySaysItDeletes(Rules):
    """DeleteOrder returns true and keeps the order."""

    def remove(self, session: Session, order_id: int) -> bool:
        return session.get(Order, order_id) is not None


@breaks("DD-405")
class ShowsDeletedOrders(KeepsDeletions):
    """GetOrder shows an order that was deleted, which no list does."""

    def found(self, order: Order | None) -> Order:
        return Rules.found(self, order)


@breaks("DD-405")
class ShowsDeletedOrdersOnceMore(RemembersDeletions):
    """GetOrder shows an order once more after it was deleted."""

    def remove(self, session: Session, order_id: int) -> bool:
        if order := session.get(Order, order_id):
            session.expunge(order)
            self.__dict__.setdefault("kept", {})[order_id] = order
        return super().remove(session, order_id)

    def found(self, order: Order | None) -> Order:
        kept: dict[int, Order] = self.__dict__.setdefault("kept", {})
        return super().found(order or kept.pop(self.asked, None))


@breaks("DD-406")
class ListsDeletedOrders(KeepsDeletions):
    """The lists hold an order that was deleted, which GetOrder does not show."""

    def shows_gone(self) -> bool:
        return True


@breaks("DD-406")
class ListsDeletedOrdersOfCustomers(KeepsDeletions):
    """GetOrdersByCustomerNumber lists an order that was deleted."""

    def shows_gone(self) -> bool:
        return self.asks(Operation.LIST_BY_CUSTOMER)


@breaks("DD-406")
class ListsDeletionsAsModifications(KeepsDeletions):
    """GetOrdersInModifiedInterval lists an order that was deleted."""

    def shows_gone(self) -> bool:
        return self.asks(Operation.LIST_MODIFIED)


@breaks("DD-408")
class DeletesTheOrderBeforeToo(Rules):
    """DeleteOrder deletes the order with the number before as well."""

    def remove(self, session: Session, order_id: int) -> bool:
        found = super().remove(session, order_id)
        session.execute(delete(Order).where(Order.id == order_id - 1, Order.id > LAST_NUMBER))
        return found


@breaks("DD-408")
class DeletesByTheLastDigit(Rules):
    """DeleteOrder deletes all new orders whose number ends with the same digit."""

    def remove(self, session: Session, order_id: int) -> bool:
        found = super().remove(session, order_id)
        session.execute(delete(Order).where(Order.id > LAST_NUMBER, Order.id % 10 == order_id % 10))
        return found


@breaks("DD-408")
class CompletesTheOrderBeforeADeleted(Rules):
    """DeleteOrder completes the order with the number before."""

    def remove(self, session: Session, order_id: int) -> bool:
        self.change(session, order_id - 1, {"incomplete": False})
        return super().remove(session, order_id)


# What others make of a deleted order


@breaks("DD-410", "DD-453")
class CompletesDeletedOrders(RemembersDeletions):
    """CompleteOrder returns true for an order that was deleted."""

    def completed(self, found: bool) -> bool:
        return found or self.asked in self.gone


@breaks("DD-411", "DD-654", "DD-754", "DD-705")
class ChangesDeletedOrders(RemembersDeletions):
    """SetOrderComment, SetOrderState and SetTrackNumber return true for an order that was deleted."""

    def updated(self, found: bool) -> bool:
        return super().updated(found or self.asked in self.gone)


@breaks("DD-411", "DD-405")
class RevivesOrdersByAComment(KeepsDeletions):
    """SetOrderComment brings back an order that was deleted, while it says that there is none."""

    def updated(self, found: bool) -> bool:
        if self.asks(Operation.SET_COMMENT) and self.asked in self.gone:
            self.gone.discard(self.asked)
            found = False
        return super().updated(found)
