"""Faults in the number, the lines, the currency and the site of an order: other types, other forms."""

from __future__ import annotations

from conformance.sandbox.dandomain.faults._shown import MemberRules
from conformance.sandbox.faults import breaks
from conformance.sandbox.members import listed, null


@breaks("DD-300")
class ShowsTheNumberAsText(MemberRules):
    """The number of an order is a text."""

    instead = "id", str


@breaks("DD-300")
class ShowsTheNumberBelowZero(MemberRules):
    """The number of an order is negative."""

    instead = "id", lambda value: -value


@breaks("DD-300")
class ShowsTheNumberWithFraction(MemberRules):
    """The number of an order has a fraction."""

    instead = "id", lambda value: value + 0.5


@breaks("DD-301")
class ShowsLinesByProduct(MemberRules):
    """orderLines is an object of lines by product."""

    instead = "orderLines", lambda value: {line["productId"]: line for line in value}


@breaks("DD-301")
class ShowsLinesAsNumbers(MemberRules):
    """orderLines lists the numbers of lines where it owes the lines."""

    instead = "orderLines", lambda value: [line["id"] for line in value]


@breaks("DD-301")
class ShowsNullForLines(MemberRules):
    """orderLines is null."""

    instead = "orderLines", null


@breaks("DD-302")
class ShowsTheProductAsNumber(MemberRules):
    """The productId of a line is a number."""

    instead = "orderLines.productId", lambda value: int(value) if str(value).isdecimal() else value


@breaks("DD-302")
class ShowsTheProductAsObject(MemberRules):
    """The productId of a line is an object."""

    instead = "orderLines.productId", lambda value: {"id": value}


@breaks("DD-303")
class ShowsQuantitiesAsText(MemberRules):
    """The quantity of a line is a text."""

    instead = "orderLines.quantity", str


@breaks("DD-303")
class ShowsNullForQuantities(MemberRules):
    """The quantity of a line is null."""

    instead = "orderLines.quantity", null


@breaks("DD-304")
class ShowsVatOfLinesAsNumber(MemberRules):
    """The vatPct of a line is a number."""

    instead = "orderLines.vatPct", int


@breaks("DD-304")
class ShowsTheIdOfLinesAsText(MemberRules):
    """The id of a line is a text."""

    instead = "orderLines.id", str


@breaks("DD-304")
class ShowsVariantsAsLists(MemberRules):
    """The variant of a line is a list."""

    instead = "orderLines.variant", listed


@breaks("DD-305")
class ShowsUnitPricesAsText(MemberRules):
    """The unitPrice of a line is a text with a decimal comma."""

    instead = "orderLines.unitPrice", lambda value: str(value).replace(".", ",")


@breaks("DD-305")
class ShowsTotalsOfLinesAsObjects(MemberRules):
    """The totalPrice of a line is an object with its currency."""

    instead = "orderLines.totalPrice", lambda value: {"amount": value, "currency": "DKK"}


@breaks("DD-306")
class ShowsNullForTheCurrency(MemberRules):
    """currencyCode is null."""

    instead = "currencyCode", null


@breaks("DD-306")
class ShowsTheCurrencyAsNumber(MemberRules):
    """currencyCode is the number of the currency in ISO 4217."""

    instead = "currencyCode", lambda _: 208


@breaks("DD-307")
class ShowsTheSiteAsText(MemberRules):
    """siteId is a text."""

    instead = "siteId", str


@breaks("DD-307")
class ShowsNullForTheSite(MemberRules):
    """siteId is null."""

    instead = "siteId", null
