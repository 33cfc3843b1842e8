"""Faults in the parties, the methods and the state of an order: other types, other forms."""

from __future__ import annotations

from typing import Any

from conformance.sandbox.dandomain.faults._shown import MemberRules
from conformance.sandbox.faults import breaks


@breaks("DD-308")
class ShowsTheCustomerAsNumber(MemberRules):
    """The id in customerInfo is a number."""

    path = "customerInfo.id"

    def instead(self, value: Any) -> Any:
        return int(value) if str(value).isdecimal() else value


@breaks("DD-308")
class ShowsTheCustomerInAList(MemberRules):
    """customerInfo is a list of one."""

    path = "customerInfo"

    def instead(self, value: Any) -> Any:
        return [value]


@breaks("DD-309")
class ShowsZipCodesAsNumbers(MemberRules):
    """The zipCode of an address is a number."""

    path = "deliveryInfo.zipCode"

    def instead(self, value: Any) -> Any:
        return int(value) if str(value).isdecimal() else value


@breaks("DD-309")
class ShowsCountriesAsText(MemberRules):
    """The countryId of an address is a text."""

    path = "customerInfo.countryId"


@breaks("DD-309")
class ShowsPhonesAsLists(MemberRules):
    """The phone of an address is a list."""

    path = "deliveryInfo.phone"

    def instead(self, value: Any) -> Any:
        return [value]


@breaks("DD-310")
class ShowsTheAddressAsText(MemberRules):
    """deliveryInfo is one text of two lines."""

    path = "deliveryInfo"

    def instead(self, value: Any) -> Any:
        return "\n".join((value["name"], value["address"]))


@breaks("DD-310")
class ShowsNullForTheAddress(MemberRules):
    """deliveryInfo is null."""

    path = "deliveryInfo"

    def instead(self, value: Any) -> Any:
        return None


@breaks("DD-311")
class ShowsTheFeeOfPaymentAsText(MemberRules):
    """The fee in paymentInfo is a text."""

    path = "paymentInfo.fee"


@breaks("DD-311")
class ShowsPaymentsByName(MemberRules):
    """paymentInfo is the name of the payment method."""

    path = "paymentInfo"

    def instead(self, value: Any) -> Any:
        return value["name"]


@breaks("DD-311")
class ShowsThePaymentAsText(MemberRules):
    """The id in paymentInfo is a text."""

    path = "paymentInfo.id"


@breaks("DD-312")
class ShowsVatOfShippingAsNumber(MemberRules):
    """The feeInclVat in shippingInfo is 0 or 1."""

    path = "shippingInfo.feeInclVat"

    def instead(self, value: Any) -> Any:
        return int(value)


@breaks("DD-312")
class ShowsShippingsByNumber(MemberRules):
    """shippingInfo is the number of the shipping method."""

    path = "shippingInfo"

    def instead(self, value: Any) -> Any:
        return value["id"]


@breaks("DD-313")
class ShowsCommentsAsLists(MemberRules):
    """comment is a list of comments."""

    path = "comment"

    def instead(self, value: Any) -> Any:
        return [value]


@breaks("DD-314")
class ShowsTrackNumbersAsNumbers(MemberRules):
    """trackingNumber is a number."""

    path = "trackingNumber"

    def instead(self, value: Any) -> Any:
        return int(value) if str(value).isdecimal() else 0


@breaks("DD-315")
class ShowsTheStateByNumber(MemberRules):
    """orderState is the number of the state."""

    path = "orderState"

    def instead(self, value: Any) -> Any:
        return value and value["id"]


@breaks("DD-315")
class ShowsTheIdOfStatesAsText(MemberRules):
    """The id in orderState is a text."""

    path = "orderState"

    def instead(self, value: Any) -> Any:
        return value and {**value, "id": str(value["id"])}
