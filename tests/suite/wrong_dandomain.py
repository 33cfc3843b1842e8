"""Rules of DanDomain's sandbox turned wrong, one at a time. The tests say which requirement must notice."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy.orm import Session
from starlette.datastructures import QueryParams
from starlette.responses import Response

from conformance.sandbox.dandomain import Rules
from conformance.sandbox.dandomain.keys import KEY, PERMISSIONS, Permission
from conformance.sandbox.dandomain.models import Order
from conformance.sandbox.dandomain.rules import RefusedError
from conformance.sandbox.dandomain.rules.queries import Condition, Window
from conformance.sandbox.dandomain.rules.transport import Operation
from conformance.sandbox.dandomain.rules.updates import Effect
from conformance.sandbox.dandomain.shop import STATES, Method, OrderState, Product
from conformance.sandbox.dandomain.writing import Document, Value

Body = Mapping[str, object]


class SellsHiddenProducts(Rules):
    """Does not look at whether a product is hidden."""

    def is_shown(self, product: Product) -> bool:
        return True


class SellsProductsOfOtherSites(Rules):
    """Does not look at the product's sites."""

    def is_on_site(self, product: Product, site_id: int) -> bool:
        return True


class AcceptsQuantityZero(Rules):
    """Takes 0 for positive."""

    def is_quantity(self, number: int) -> bool:
        return number >= 0


class TakesAMissingQuantityForOne(Rules):
    """Fills in what is missing."""

    def quantity(self, line: Body) -> int:
        return super().quantity(line) if line.get("quantity") is not None else 1


class AcceptsOrdersWithoutLines(Rules):
    """Takes an empty list of lines."""

    def may_be_without_lines(self) -> bool:
        return True


class AcceptsAnyShippingCountry(Rules):
    """Checks payment methods only against the country."""

    def shipping_fits_country(self, method: Method, countries: Collection[int]) -> bool:
        return True


class IgnoresTheGroupOfPayment(Rules):
    """Forgets the B2B group where it checks payment methods."""

    def payment_fits_group(self, method: Method, group: int | None) -> bool:
        return True


class TakesTheFirstCurrency(Rules):
    """Fills in the currency where none is sent."""

    def currency(self, body: Body) -> str:
        return super().currency(body) if body.get("currencyCode") is not None else "DKK"


class ValidatesTheFirstLineOnly(Rules):
    """Leaves out later lines that are not valid."""

    def lines(self, body: Body, site_id: int, currency: str) -> list[object]:  # type: ignore[override]
        raw = body.get("orderLines")
        if isinstance(raw, list) and len(raw) > 1:
            found: list[object] = [self.line(raw[0], site_id, currency)]
            for entry in raw[1:]:
                try:
                    found.append(self.line(entry, site_id, currency))
                except RefusedError:
                    continue
            return found
        return list(super().lines(body, site_id, currency))


class DoublesQuantities(Rules):
    """Stores other quantities than were sent."""

    def quantity(self, line: Body) -> int:
        return super().quantity(line) * 2


class StartsWithADefaultState(Rules):
    """Gives a new order the shop's default state."""

    def first_state(self) -> int | None:
        return next(iter(STATES))


class StartsComplete(Rules):
    """Creates orders that are complete."""

    def starts_incomplete(self) -> bool:
        return False


class KeepsWhatItRefuses(Rules):
    """Creates an order without lines, and then says that it was refused."""

    def may_be_without_lines(self) -> bool:
        return True

    def created_document(self, order: Order) -> Value:
        return super().created_document(order) if order.content.lines else None


class HidesIncompleteOrders(Rules):
    """Lists complete orders only."""

    def listed(self, orders: Sequence[Order]) -> Sequence[Order]:
        return [order for order in orders if not order.incomplete]


class ListsByModification(Rules):
    """Takes the date of modification where the date of creation is asked for."""

    def created_in(self, window: Window) -> list[Condition]:
        return self.modified_in(window, None)


class ForgetsTheEnd(Rules):
    """Lists everything since the start."""

    def created_in(self, window: Window) -> list[Condition]:
        return [Order.created >= window.start]


class NeedsNoStart(Rules):
    """Takes a default for a missing start."""

    def start(self, text: str | None) -> datetime:
        return super().start(text or "2000-1-1")


class FindsCustomersByPrefix(Rules):
    """Compares the beginning of the customer number."""

    def bought_by(self, customer_number: str) -> list[Condition]:
        return [Order.customer_id.startswith(customer_number)]


class SaysTrueForUnknownDeletions(Rules):
    """Deletes what is not there."""

    def deleted(self, found: bool) -> bool:
        return True


class OnlySaysItDeletes(Rules):
    """Keeps the order."""

    def remove(self, session: Session, order_id: int) -> bool:
        return session.get(Order, order_id) is not None


class RefusesUnknownCompletions(Rules):
    """Answers 404 where the document says false."""

    def completed(self, found: bool) -> bool:
        return self.updated(found)


class OnlySaysItCompletes(Rules):
    """Leaves the order incomplete."""

    def effect_of_completion(self, now: datetime) -> Effect:
        return self.touched(now)


class CompletesWithAComment(Rules):
    """Writes into the comment what nobody asked for."""

    def effect_of_completion(self, now: datetime) -> Effect:
        return {**super().effect_of_completion(now), "comment": "completed"}


class FreezesCompleteOrders(Rules):
    """Says that it changes a complete order, and does not."""

    def change(self, session: Session, order_id: int, effect: Effect) -> bool:
        order = session.get(Order, order_id)
        return True if order and not order.incomplete else super().change(session, order_id, effect)


class SaysTrueForUnknownComments(Rules):
    """Sets the comment of an order that is not there."""

    def updated(self, found: bool) -> bool:
        return True


class AcceptsAnyState(Rules):
    """Ignores a state that does not exist, and says true."""

    def known_state(self, text: str) -> int:
        return super().known_state(text) if text in map(str, STATES) else next(iter(STATES))


class RefusesTheLastState(Rules):
    """Lists a state that cannot be set."""

    def known_state(self, text: str) -> int:
        if text == str(max(STATES)):
            raise RefusedError(400, "OrderStateNotValid")
        return super().known_state(text)


class NamesStatesDifferently(Rules):
    """Describes the state of an order in other words than the list does."""

    def order_state(self, order: Order) -> Document | None:
        found = super().order_state(order)
        return {**found, "name": f"{found['name']}!"} if found else None


class ListsStatesTwice(Rules):
    """Repeats the first state."""

    def states_document(self) -> Value:
        rows: Sequence[OrderState] = [*STATES.values(), next(iter(STATES.values()))]
        return [self.state_document(state) for state in rows]


class DecodesTwice(Rules):
    """Decodes a comment that was decoded."""

    def text(self, query: QueryParams, name: str) -> str:
        from urllib.parse import unquote

        return unquote(super().text(query, name))


class TakesAnyKey(Rules):
    """Knows every key."""

    def known_key(self, key: str) -> frozenset[Permission] | None:
        return PERMISSIONS.get(key.lower(), PERMISSIONS[KEY])


class TakesNoKey(Rules):
    """Lets in who shows no key at all."""

    def known_key(self, key: str) -> frozenset[Permission] | None:
        return super().known_key(key) if key else PERMISSIONS[KEY]


class DeletesWithUpdate(Rules):
    """Asks for UPDATE where DELETE is required."""

    def required_permission(self, operation: Operation) -> Permission:
        needed = super().required_permission(operation)
        return Permission.UPDATE if operation is Operation.DELETE else needed


class ReadsWithoutPermission(Rules):
    """Shows the order states to every key."""

    def permit(self, operation: Operation, permissions: frozenset[Permission]) -> None:
        if operation is not Operation.STATES:
            super().permit(operation, permissions)


class CreatesThreeDaysAgo(Rules):
    """Its clock is behind."""

    def recorded(self, now: datetime) -> datetime:
        return super().recorded(now) - timedelta(days=3)


class FailsOnOddNumbers(Rules):
    """Fails over an order number that is none."""

    def order_id(self, text: str) -> int:
        return int(text)


class AnswersTrueAsText(Rules):
    """Puts booleans into quotes."""

    def respond(self, operation: Operation, value: Value, media_type: str) -> Response:
        return super().respond(operation, str(value).lower() if isinstance(value, bool) else value, media_type)
