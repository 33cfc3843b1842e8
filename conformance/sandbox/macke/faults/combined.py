"""Faults of pages, sizes and sorting that show beside a filter only."""

from __future__ import annotations

from starlette.datastructures import QueryParams

from conformance.sandbox.faults import breaks
from conformance.sandbox.macke.faults._requests import FILTERS, without
from conformance.sandbox.macke.rules import Rules
from conformance.sandbox.macke.rules.listing import Condition


def filtered(query: QueryParams) -> bool:
    """Whether a query has a filter."""
    return any(query.get(name) for name in FILTERS)


@breaks("MK-108")
class IgnoresThePageBesideAFilter(Rules):
    """Every page of a filtered list is its first."""

    def page_number(self, query: QueryParams) -> int:
        return 1 if filtered(query) else super().page_number(query)


@breaks("MK-108")
class IgnoresTheSizeBesideAFilter(Rules):
    """items_per_page is ignored beside a filter."""

    def page_size(self, query: QueryParams) -> int:
        return self.default_page_size if filtered(query) else super().page_size(query)


@breaks("MK-108")
class IgnoresTheDirectionBesideAFilter(Rules):
    """sort_order is ignored beside a filter."""

    def sort_order(self, query: QueryParams) -> str:
        return "desc" if filtered(query) else super().sort_order(query)


@breaks("MK-108", "MK-107")
class ForgetsTheFilterOnLaterPages(Rules):
    """All pages of a filtered list but the first are pages of the whole list."""

    def conditions(self, query: QueryParams) -> list[Condition]:
        return super().conditions(without(query, *FILTERS) if self.page_number(query) > 1 else query)


@breaks("MK-108")
class SkipsAPageBesideAStatus(Rules):
    """Page 2 of the orders in a status, or of a customer, is the third."""

    def page_number(self, query: QueryParams) -> int:
        page = super().page_number(query)
        return page + (page > 1 and bool(query.get("status") or query.get("user_id")))
