"""Faults in the number, the lines, the currency and the site of an order: other types, other forms."""

from __future__ import annotations

from typing import Any

from conformance.sandbox.dandomain.faults._shown import MemberRules
from conformance.sandbox.faults import breaks


@breaks("DD-300")
class ShowsTheNumberAsText(MemberRules):
    """The number of an order is a text."""

    path = "id"


@breaks("DD-300")
class ShowsTheNumberBelowZero(MemberRules):
    """The number of an order is negative."""

    path = "id"

    def instead(self, value: Any) -> Any:
        return -value


@breaks("DD-300")
class ShowsTheNumberWithFraction(MemberRules):
    """The number of an order has a fraction."""

    path = "id"

    def instead(self, value: Any) -> Any:
        return value + 0.5


@breaks("DD-301")
class ShowsLinesByProduct(MemberRules):
    """orderLines is an object of lines by product."""

    path = "orderLines"

    def instead(self, value: Any) -> Any:
        return {line["productId"]: line for line in value}


@breaks("DD-301")
class ShowsLinesAsNumbers(MemberRules):
    """orderLines lists the numbers of lines where it owes the lines."""

    path = "orderLines"

    def instead(self, value: Any) -> Any:
        return [line["id"] for line in value]


@breaks("DD-301")
class ShowsNullForLines(MemberRules):
    """orderLines is null."""

    path = "orderLines"

    def instead(self, value: Any) -> Any:
        return None


@breaks("DD-302")
class ShowsTheProductAsNumber(MemberRules):
    """The productId of a line is a number."""

    path = "orderLines.productId"

    def instead(self, value: Any) -> Any:
        return int(value) if str(value).isdecimal() else value


@breaks("DD-302")
class ShowsTheProductAsObject(MemberRules):
    """The productId of a line is an object."""

    path = "orderLines.productId"

    def instead(self, value: Any) -> Any:
        return {"id": value}


@breaks("DD-303")
class ShowsQuantitiesAsText(MemberRules):
    """The quantity of a line is a text."""

    path = "orderLines.quantity"


@breaks("DD-303")
class ShowsNullForQuantities(MemberRules):
    """The quantity of a line is null."""

    path = "orderLines.quantity"

    def instead(self, value: Any) -> Any:
        return None


@breaks("DD-304")
class ShowsVatOfLinesAsNumber(MemberRules):
    """The vatPct of a line is a number."""

    path = "orderLines.vatPct"

    def instead(self, value: Any) -> Any:
        return int(value)


@breaks("DD-304")
class ShowsTheIdOfLinesAsText(MemberRules):
    """The id of a line is a text."""

    path = "orderLines.id"


@breaks("DD-304")
class ShowsVariantsAsLists(MemberRules):
    """The variant of a line is a list."""

    path = "orderLines.variant"

    def instead(self, value: Any) -> Any:
        return [value]


@breaks("DD-305")
class ShowsUnitPricesAsText(MemberRules):
    """The unitPrice of a line is a text with a decimal comma."""

    path = "orderLines.unitPrice"

    def instead(self, value: Any) -> Any:
        return str(value).replace(".", ",")


@breaks("DD-305")
class ShowsTotalsOfLinesAsObjects(MemberRules):
    """The totalPrice of a line is an object with its currency."""

    path = "orderLines.totalPrice"

    def instead(self, value: Any) -> Any:
        return {"amount": value, "currency": "DKK"}


@breaks("DD-306")
class ShowsNullForTheCurrency(MemberRules):
    """currencyCode is null."""

    path = "currencyCode"

    def instead(self, value: Any) -> Any:
        return None


@breaks("DD-306")
class ShowsTheCurrencyAsNumber(MemberRules):
    """currencyCode is the number of the currency in ISO 4217."""

    path = "currencyCode"

    def instead(self, value: Any) -> Any:
        return 208


@breaks("DD-307")
class ShowsTheSiteAsText(MemberRules):
    """siteId is a text."""

    path = "siteId"


@breaks("DD-307")
class ShowsNullForTheSite(MemberRules):
    """siteId is null."""

    path = "siteId"

    def instead(self, value: Any) -> Any:
        return None
