"""Faults in the parties, the methods and the state of an order: other types, other forms."""

from __future__ import annotations

from conformance.sandbox.dandomain.faults._shown import MemberRules
from conformance.sandbox.faults import breaks
from conformance.sandbox.members import listed, null


@breaks("DD-308")
class ShowsTheCustomerAsNumber(MemberRules):
    """The id in customerInfo is a number."""

    instead = "customerInfo.id", lambda value: int(value) if str(value).isdecimal() else value


@breaks("DD-308")
class ShowsTheCustomerInAList(MemberRules):
    """customerInfo is a list of one."""

    instead = "customerInfo", listed


@breaks("DD-309")
class ShowsZipCodesAsNumbers(MemberRules):
    """The zipCode of an address is a number."""

    instead = "deliveryInfo.zipCode", lambda value: int(value) if str(value).isdecimal() else value


@breaks("DD-309")
class ShowsCountriesAsText(MemberRules):
    """The countryId of an address is a text."""

    instead = "customerInfo.countryId", str


@breaks("DD-309")
class ShowsPhonesAsLists(MemberRules):
    """The phone of an address is a list."""

    instead = "deliveryInfo.phone", listed


@breaks("DD-310")
class ShowsTheAddressAsText(MemberRules):
    """deliveryInfo is one text of two lines."""

    instead = "deliveryInfo", lambda value: "\n".join((value["name"], value["address"]))


@breaks("DD-310")
class ShowsNullForTheAddress(MemberRules):
    """deliveryInfo is null."""

    instead = "deliveryInfo", null


@breaks("DD-311")
class ShowsTheFeeOfPaymentAsText(MemberRules):
    """The fee in paymentInfo is a text."""

    instead = "paymentInfo.fee", str


@breaks("DD-311")
class ShowsPaymentsByName(MemberRules):
    """paymentInfo is the name of the payment method."""

    instead = "paymentInfo", lambda value: value["name"]


@breaks("DD-311")
class ShowsThePaymentAsText(MemberRules):
    """The id in paymentInfo is a text."""

    instead = "paymentInfo.id", str


@breaks("DD-312")
class ShowsVatOfShippingAsNumber(MemberRules):
    """The feeInclVat in shippingInfo is 0 or 1."""

    instead = "shippingInfo.feeInclVat", int


@breaks("DD-312")
class ShowsShippingsByNumber(MemberRules):
    """shippingInfo is the number of the shipping method."""

    instead = "shippingInfo", lambda value: value["id"]


@breaks("DD-313")
class ShowsCommentsAsLists(MemberRules):
    """comment is a list of comments."""

    instead = "comment", listed


@breaks("DD-314")
class ShowsTrackNumbersAsNumbers(MemberRules):
    """trackingNumber is a number."""

    instead = "trackingNumber", lambda value: int(value) if str(value).isdecimal() else 0


@breaks("DD-315")
class ShowsTheStateByNumber(MemberRules):
    """orderState is the number of the state."""

    instead = "orderState", lambda value: value and value["id"]


@breaks("DD-315")
class ShowsTheIdOfStatesAsText(MemberRules):
    """The id in orderState is a text."""

    instead = "orderState", lambda value: value and {**value, "id": str(value["id"])}
