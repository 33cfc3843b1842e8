"""Faults of questions by id and by number, and of whose orders are shown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import and_, func, or_, true

from conformance.sandbox.documents import Document
from conformance.sandbox.faults import breaks
from conformance.sandbox.imaterialise.accounts import OWN
from conformance.sandbox.imaterialise.faults._calls import ORDERS, AnswersInstead, KnowsTheCall, Sometimes, html
from conformance.sandbox.imaterialise.models import Cart, Order
from conformance.sandbox.imaterialise.rules import RefusedError, Rules

# By id


@breaks("OS-020")
class IgnoresTheId(Rules):
    """Answers every order to a question by id."""

    def has_id(self, ids: Sequence[str]) -> Any:
        return true()


@breaks("OS-020")
class MatchesTheStartOfIds(Rules):
    """Answers all orders whose ids begin with the same digit as the one that is asked for."""

    def has_id(self, ids: Sequence[str]) -> Any:
        return or_(*(Order.id.startswith(text[:1].lower()) for text in ids))


@breaks("OS-020")
class TakesTheLinkForTheId(Rules):
    """Looks for an id among the GUIDs of the confirmation links."""

    def has_id(self, ids: Sequence[str]) -> Any:
        return Order.confirmation_id.in_([text.lower() for text in ids])


@breaks("OS-020", "OS-108")
class AddsAnOrderToEveryId(Rules):
    """Answers one and the same order beside the one that an id asks for."""

    def has_id(self, ids: Sequence[str]) -> Any:
        return or_(super().has_id(ids), Order.number == "IMC031650")


@breaks("OS-020")
class RepeatsTheOrderOfAnId(KnowsTheCall):
    """Answers an order twice when it is asked for by id."""

    def listed(self, orders: Sequence[Order]) -> Sequence[Order]:
        return [*orders, *orders] if self.asked("id") else orders


# By number


@breaks("OS-021")
class MatchesTheStartOfNumbers(Rules):
    """Answers all orders whose numbers begin like the one that is asked for."""

    def has_number(self, numbers: Sequence[str]) -> Any:
        return or_(*(Order.number.startswith(number) for number in numbers))


@breaks("OS-021")
class IgnoresTheLastDigitOfNumbers(Rules):
    """Compares only the first eight characters of a number."""

    def has_number(self, numbers: Sequence[str]) -> Any:
        return func.substr(Order.number, 1, 8).in_([number[:8] for number in numbers])


@breaks("OS-021")
class IgnoresTheNumber(Rules):
    """Answers every order to a question by number."""

    def has_number(self, numbers: Sequence[str]) -> Any:
        return true()


@breaks("OS-021")
class DoesNotFindInvalidOrdersByNumber(Rules):
    """Finds no order of status 1 by its number."""

    def has_number(self, numbers: Sequence[str]) -> Any:
        return and_(super().has_number(numbers), self.has_status([0, 2, 3, 4, 5, 6, 7]))


@breaks("OS-021")
class AnswersTheNeighbour(KnowsTheCall):
    """Answers the order of the next number, wrongly named, to one question by number in XML."""

    def has_number(self, numbers: Sequence[str]) -> Any:
        if "xml" not in (self.call.header("accept") or ""):
            return super().has_number(numbers)
        return Order.number.in_([f"IMC{int(number[3:]) + 1:06}" for number in numbers if number[3:].isdigit()])


@breaks("OS-021")
class SometimesFindsNothing(Sometimes):
    """Finds nothing to one question by number in four."""

    def has_number(self, numbers: Sequence[str]) -> Any:
        return super().has_number([] if self.is_turn() else numbers)


@breaks("OS-022")
class AnswersTheFirstNumber(Rules):
    """Answers only the first of several numbers."""

    def has_number(self, numbers: Sequence[str]) -> Any:
        return super().has_number(list(numbers)[:1])


@breaks("OS-022")
class AnswersTheLastNumber(Rules):
    """Answers only the last of several numbers."""

    def has_number(self, numbers: Sequence[str]) -> Any:
        return super().has_number(list(numbers)[-1:])


@breaks("OS-022")
class AnswersTwoNumbersAtMost(Rules):
    """Answers no more than two of several numbers."""

    def has_number(self, numbers: Sequence[str]) -> Any:
        return super().has_number(list(numbers)[:2])


@breaks("OS-022")
class SplitsNumbersAtCommas(Rules):
    """Takes repeated numbers for one long number."""

    def has_number(self, numbers: Sequence[str]) -> Any:
        return super().has_number([",".join(numbers)])


# Without either


@breaks("OS-026", "OS-001")
class NeedsAnIdOrNumber(Rules):
    """Finds nothing unless an id or a number is given."""

    def conditions(self, query: Any, today: Any) -> Any:
        if not self.values(query, "id") and not self.values(query, "number"):
            raise RefusedError(108)
        return super().conditions(query, today)


@breaks("OS-026", "OS-001")
class RefusesToSearchByDate(AnswersInstead):
    """Answers 400 and a page to a question with neither id nor number."""

    operation = ORDERS

    def instead(self, plain: Any, document: Document, code: int | None) -> Any:
        return plain if self.asked("id") or self.asked("number") else html(400, "id or number is required")


# Whose orders and carts


@breaks("OS-019")
class ShowsForeignOrdersEverywhere(Rules):
    """Does not look at whose orders they are."""

    def visible_to(self, account: str) -> Any:
        return true()


@breaks("OS-019")
class ShowsForeignOrdersByNumber(KnowsTheCall):
    """Shows an order of another API code to whoever knows its number."""

    def visible_to(self, account: str) -> Any:
        return true() if self.asked("number") else super().visible_to(account)


@breaks("OS-019")
class ShowsForeignOrdersById(KnowsTheCall):
    """Shows an order of another API code to whoever knows its id."""

    def visible_to(self, account: str) -> Any:
        return true() if self.asked("id") else super().visible_to(account)


@breaks("OS-019")
class ListsForeignOrders(KnowsTheCall):
    """Shows the orders of all API codes in a list by dates."""

    def visible_to(self, account: str) -> Any:
        return true() if self.asked("dateFrom") else super().visible_to(account)


@breaks("OS-019")
class RefusesForeignOrdersWith103(KnowsTheCall):
    """Tells by another error code that an order exists under another API code."""

    def visible_to(self, account: str) -> Any:
        return true() if self.asked("id") or self.asked("number") else super().visible_to(account)

    def required(self, orders: Sequence[Order]) -> Sequence[Order]:
        if any(order.account != OWN for order in orders):
            raise RefusedError(103)
        return super().required(orders)


@breaks("CS-051")
class ShowsForeignCarts(Rules):
    """Does not look at whose carts they are."""

    def owned_cart(self, account: str) -> Any:
        return true()


@breaks("CS-051")
class ShowsThatForeignCartsExist(Rules):
    """Shows a cart of another API code as one that is not ordered."""

    def owned_cart(self, account: str) -> Any:
        return true()

    def cart_entry(self, raw: str, cart: Cart | None) -> Document:
        entry = super().cart_entry(raw, cart)
        return {**entry, "cartStatus": "NotOrdered"} if cart and cart.account != OWN else entry


@breaks("OC-065")
class CancelsForeignOrders(Rules):
    """Cancels orders of another API code."""

    def cancels(self, number: str, account: str) -> Any:
        return Order.number == number


@breaks("OC-065")
class SaysWhoseOrderItIs(CancelsForeignOrders):
    """Refuses an order of another API code, but with 506."""

    def objection(self, order: Order) -> int | None:
        return super().objection(order) if order.account == OWN else 506


@breaks("OC-065")
class NamesForeignOrders(CancelsForeignOrders):
    """Shows the id and the number of an order of another API code when it refuses to cancel it."""

    def objection(self, order: Order) -> int | None:
        return super().objection(order) if order.account == OWN else 505
