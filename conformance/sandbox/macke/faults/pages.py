"""Faults of pages: which one is sent, how many orders it has, and what is lost between two of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select
from starlette.datastructures import QueryParams

from conformance.sandbox.faults import breaks
from conformance.sandbox.macke.faults._requests import FILTERS, Counting
from conformance.sandbox.macke.models import Order
from conformance.sandbox.macke.rules import Rules
from conformance.sandbox.macke.rules.listing import Asked
from conformance.sandbox.macke.rules.wire import Document

# Which page


@breaks("MK-040")
class BeginsWithTheSecondPage(Rules):
    """Without page the second page is sent."""

    def page_number(self, query: QueryParams) -> int:
        return super().page_number(query) if "page" in query else 2


@breaks("MK-040")
class RemembersThePage(Rules):
    """Without page the page is sent that was asked for last, as a session keeps it."""

    def page_number(self, query: QueryParams) -> int:
        self.last = super().page_number(query) if "page" in query else getattr(self, "last", 1)
        return self.last


@breaks("MK-040")
class BeginsWithTheSecondPageSometimes(Counting):
    """One of four lists without page is the second page."""

    def page_number(self, query: QueryParams) -> int:
        return 2 if "page" not in query and self.is_turn() else super().page_number(query)


@breaks("MK-041")
class IgnoresThePage(Rules):
    """Every page is the first one."""

    def page_number(self, query: QueryParams) -> int:
        return 1


@breaks("MK-041", "MK-040")
class CountsPagesFromZero(Rules):
    """Page 1 is the second page."""

    def first_of(self, asked: Asked) -> int:
        return asked.page * asked.size


@breaks("MK-041")
class TakesThePageForAnOffset(Rules):
    """Page 2 begins with the second order."""

    def first_of(self, asked: Asked) -> int:
        return asked.page - 1


@breaks("MK-041")
class StopsAtTheThirdPage(Rules):
    """Every page after the third is the third."""

    def page_number(self, query: QueryParams) -> int:
        return min(super().page_number(query), 3)


@breaks("MK-041")
class CountsPagesOfTen(Rules):
    """A page begins where it would with ten orders to a page, whatever items_per_page is."""

    def first_of(self, asked: Asked) -> int:
        return (asked.page - 1) * 10


# How many orders


@breaks("MK-042")
class ShowsTwentyByDefault(Rules):
    """Without items_per_page a page has 20 orders."""

    default_page_size = 20


@breaks("MK-042")
class ShowsAllByDefault(Rules):
    """Without items_per_page all orders are sent."""

    default_page_size = 0


@breaks("MK-042")
class RemembersTheSize(Rules):
    """Without items_per_page a page has as many orders as were asked for last, as a session keeps it."""

    def page_size(self, query: QueryParams) -> int:
        self.last = super().page_size(query) if "items_per_page" in query else getattr(self, "last", 10)
        return self.last


@breaks("MK-042", "MK-107", "MK-108")
class ShowsTwentyOfAFilter(Rules):
    """Beside a filter and without items_per_page a page has 20 orders."""

    def page_size(self, query: QueryParams) -> int:
        more = "items_per_page" not in query and any(name in query for name in FILTERS)
        return 20 if more else super().page_size(query)


@breaks("MK-043")
class IgnoresTheSize(Rules):
    """A page has ten orders, whatever items_per_page is."""

    def page_size(self, query: QueryParams) -> int:
        return self.default_page_size


@breaks("MK-043")
class ShowsOneOrderLess(Rules):
    """A page has one order less than items_per_page says."""

    def page_of(self, orders: Select[Any], asked: Asked) -> Select[Any]:
        return orders.offset(self.first_of(asked)).limit(max(asked.size - 1, 1)) if asked.size else orders


@breaks("MK-043")
class RoundsSizesUp(Rules):
    """items_per_page is rounded up to full tens."""

    def page_size(self, query: QueryParams) -> int:
        return -(-super().page_size(query) // 10) * 10


@breaks("MK-043")
class OffersSizesToChoose(Rules):
    """items_per_page is taken when it is 10, 20, 40 or more, as in the shop's own list, and else for 10."""

    def page_size(self, query: QueryParams) -> int:
        size = super().page_size(query)
        return size if size in (10, 20) or size >= 40 else 10


# Between two pages


@breaks("MK-044", "MK-041")
class SkipsAnOrderBetweenPages(Rules):
    """Each page begins one order too late, which is then on none."""

    def first_of(self, asked: Asked) -> int:
        return (asked.page - 1) * (asked.size + 1)


@breaks("MK-044", "MK-041")
class OverlapsPages(Rules):
    """Each page begins with the last order of the page before."""

    def first_of(self, asked: Asked) -> int:
        return max((asked.page - 1) * asked.size - (asked.page > 1), 0)


@breaks("MK-044")
class TurnsTiesAroundOnEachPage(Rules):
    """Orders of the same second stand one way on odd pages and the other on even ones, so that one may be on both."""

    def sequence(self, asked: Asked) -> Sequence[ColumnElement[Any]]:
        *columns, number = super().sequence(asked)
        return [*columns, number if asked.page % 2 else Order.order_id.asc()]


@breaks("MK-044", "MK-041")
class ForgetsTheSortingOnLaterPages(Rules):
    """The pages after the first are cut from a list that is sorted by number."""

    def sort_columns(self, key: str) -> Sequence[ColumnElement[Any]]:
        return super().sort_columns("order_id" if self.later else key)

    def sequence(self, asked: Asked) -> Sequence[ColumnElement[Any]]:
        self.later = asked.page > 1
        return super().sequence(asked)

    later = False


@breaks("MK-044", "MK-041")
class LosesAnOrderSometimes(Counting):
    """One of four pages after the first begins with the second of its orders."""

    def first_of(self, asked: Asked) -> int:
        return super().first_of(asked) + (asked.page > 1 and self.is_turn())


@breaks("MK-045")
class ForgetsTheLastPage(Rules):
    """A page that would not be full is empty, but for the first."""

    def list_document(self, orders: Sequence[Document], params: Document) -> Any:
        full = params["page"] == 1 or len(orders) >= params["items_per_page"]
        return super().list_document(orders if full else [], params)


@breaks("MK-045")
class DropsTheLastOrder(Rules):
    """A page that is not full lacks its last order, but for the first."""

    def list_document(self, orders: Sequence[Document], params: Document) -> Any:
        full = params["page"] == 1 or len(orders) >= params["items_per_page"]
        return super().list_document(orders if full else orders[:-1], params)


@breaks("MK-045", "MK-044")
class FillsTheLastPage(Rules):
    """The last page is filled up with orders of the page before."""

    def list_document(self, orders: Sequence[Document], params: Document) -> Any:
        before = getattr(self, "before", [])
        short = params["page"] > 1 and len(orders) < params["items_per_page"]
        self.before = orders
        return super().list_document([*before, *orders][-params["items_per_page"] :] if short and orders else orders, params)


@breaks("MK-039", "MK-044", "MK-045")
class EndsAfterFiftyOrders(Rules):
    """Pages end with the 50th order."""

    def page_of(self, orders: Select[Any], asked: Asked) -> Select[Any]:
        first = min(self.first_of(asked), 50)
        return orders.offset(first).limit(min(asked.size or 50, 50 - first))
