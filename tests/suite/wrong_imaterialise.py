"""Rules of the sandbox turned wrong, one at a time. Each says what is wrong with it; the tests say what must notice."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, true

from conformance.sandbox.imaterialise import Rules
from conformance.sandbox.imaterialise.models import Cart, Order, Status
from conformance.sandbox.imaterialise.rules import RefusedError

DAY = timedelta(days=1)


class SwapsDayAndMonth(Rules):
    """Reads MM-DD-YYYY."""

    def day(self, text: str) -> date:
        try:
            month, day, year = map(int, text.split("-"))
            return date(year, month, day)
        except ValueError:
            raise RefusedError(106) from None


class ExcludesTheLastDay(Rules):
    """Takes dateTo for its first moment."""

    def in_window(self, first: date, last: date) -> Any:
        return Order.requested.between(datetime.combine(first, time.min), datetime.combine(last, time.min))


class LooksBackFiveMonths(Rules):
    """Has a shorter default window."""

    def default_date_from(self, today: date) -> date:
        return super().default_date_from(today) + timedelta(days=31)


class LooksBackForever(Rules):
    """Has no default window."""

    def default_date_from(self, today: date) -> date:
        return date(2000, 1, 1)


class StopsYesterday(Rules):
    """Leaves out today unless told otherwise."""

    def default_date_to(self, today: date) -> date:
        return today - DAY


class IgnoresTheStatus(Rules):
    """Answers orders of every status."""

    def has_status(self, codes: Collection[int]) -> Any:
        return true()


class HonoursOneStatus(Rules):
    """Honours only the first of several statuses."""

    def has_status(self, codes: Collection[int]) -> Any:
        return super().has_status([*codes][:1] if len(codes) < 8 else codes)


class AcceptsReversedRanges(Rules):
    """Finds nothing where it should refuse."""

    def is_backwards(self, first: date, last: date) -> bool:
        return False


class ShowsForeignOrders(Rules):
    """Does not look at whose order it is when a number is asked for."""

    def visible_to(self, account: str) -> Any:
        return true()


class IgnoresAllButTheFirstNumber(Rules):
    """Answers one of several numbers."""

    def has_number(self, numbers: Sequence[str]) -> Any:
        return super().has_number(list(numbers)[:1])


class MessageOf108IsOff(Rules):
    """One word of a message is another."""

    def message(self, operation: Any, code: int) -> str:
        text = super().message(operation, code)
        return text.replace("requested", "given") if code == 108 else text


class NamesTheStatusWithSpaces(Rules):
    """Writes In Production for InProduction."""

    def status_name(self, status: Status) -> str:
        name = super().status_name(status)
        return {"InProduction": "In Production"}.get(name, name)


class ShipsTooEarly(Rules):
    """Shows tracking numbers of orders that are only ready to ship."""

    def tracking_number(self, order: Order) -> str | None:
        return "1Z0001" if order.status == Status.READY_TO_SHIP else super().tracking_number(order)


class UnitPriceIsTheWholePrice(Rules):
    """Does not divide by the quantity."""

    def unit_price(self, item: Any) -> Any:
        return item.price


class WritesXmlInAnotherOrder(Rules):
    """Writes StatusName before StatusCode in XML."""

    def order_document(self, order: Order, language: str) -> Any:
        document = super().order_document(order, language)
        return {"orderID": document["orderID"], "statusName": document["statusName"], **document}


class AnswersXmlAsText(Rules):
    """Labels XML as HTML."""

    def content_type(self, media_type: str) -> str:
        return "text/html" if "xml" in media_type else super().content_type(media_type)


class TakesAnyApiCode(Rules):
    """Lets a GUID in that nobody has."""

    def account(self, api_code: str | None) -> str | None:
        return super().account(api_code) or ("own" if self.guid(api_code or "") else None)


class AllowsElevenCarts(Rules):
    """Counts carts wrongly by one."""

    cart_limit = 11


class LowersMalformedCartIds(Rules):
    """Does not echo a malformed id as it was sent."""

    def cart_error_document(self, raw: str) -> Any:
        return super().cart_error_document(raw.lower())


class ShowsOrdersOfPendingCarts(Rules):
    """Shows an order that is not the cart's."""

    def cart_order_id(self, cart: Cart) -> str | None:
        return cart.id if cart.status.value == "Pending" else super().cart_order_id(cart)


class SortsCarts(Rules):
    """Answers carts in an order of its own."""

    def cart_status_document(self, entries: Sequence[tuple[str, Cart | None]]) -> Any:
        return super().cart_status_document(sorted(entries, key=lambda entry: entry[0].lower()))


class RefusesProcessingOrders(Rules):
    """Takes every order in processing for one that an engineer holds."""

    def objection(self, order: Order) -> int | None:
        return 509 if order.status == Status.PROCESSING else super().objection(order)


class RefusesWith507Instead(Rules):
    """Says 507 to orders in production."""

    def objection(self, order: Order) -> int | None:
        code = super().objection(order)
        return 507 if code == 508 and order.status == Status.IN_PRODUCTION else code


class OnlySaysItCancels(Rules):
    """Answers isCanceled true and changes nothing."""

    def effect(self, order: Order) -> dict[str, Any]:
        return {"status": order.status}


class CancelsTwice(Rules):
    """Two cancellations of one order can both succeed."""

    def objection(self, order: Order) -> int | None:
        code = super().objection(order)
        return None if code == 507 else code

    def may_change(self, order: Order) -> ColumnElement[bool]:
        return and_(true())


class HidesTheIdentifiers(Rules):
    """Leaves out orderNumber when it refuses a known order."""

    def cancellation_document(self, order: Order | None, code: int | None) -> Any:
        document = super().cancellation_document(order, code)
        if code:
            document.pop("orderNumber", None)
        return document


class ForgetsThe503(Rules):
    """Says 505 when no number was sent."""

    def order_number(self, call: Any) -> str:
        try:
            return super().order_number(call)
        except RefusedError as error:
            raise RefusedError(505 if error.code == 503 else error.code) from None


class CrashesOnOddDates(Rules):
    """Answers 500 to a date that is none."""

    def day(self, text: str) -> date:
        day, month, year = map(int, text.split("-"))
        return date(year, month, day)


class ForgetsTheCurrency(Rules):
    """Leaves a required member out of one order in two."""

    def order_document(self, order: Order, language: str) -> Any:
        document = super().order_document(order, language)
        if order.number[-1] in "02468":
            document.pop("currency")
        return document


class XmlSaysAnotherTotal(Rules):
    """Rounds the total in XML only."""

    def write(self, document: Any, root: str, media_type: str) -> bytes:
        if "xml" in media_type and isinstance(document.get("orders"), list):
            for order in document["orders"]:
                order["totalPrice"] = round(order["totalPrice"])
        return super().write(document, root, media_type)


class ForgetsTheMessageSometimes(Rules):
    """Shows another text with every seventh error, beginning with the third."""

    def __init__(self) -> None:
        self._errors = 0

    def message(self, operation: Any, code: int) -> str:
        self._errors += code == 106
        return "Something else." if self._errors % 7 == 3 else super().message(operation, code)
