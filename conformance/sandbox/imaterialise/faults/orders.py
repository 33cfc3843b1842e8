"""Faults of the members of an order."""

from __future__ import annotations

import re

from conformance.sandbox.documents import Document
from conformance.sandbox.faults import breaks
from conformance.sandbox.imaterialise.faults._members import ChangesOrderAnswers, ChangesOrders, made, renamed, stretched
from conformance.sandbox.imaterialise.models import Order, Status
from conformance.sandbox.imaterialise.rules import Rules

# The list


@breaks("OS-110")
class CallsTheOrdersOrderList(ChangesOrderAnswers):
    """Calls orders orderList."""

    edit = renamed("orders", "orderList")

    def item_name(self, member: str) -> str:
        return "Order" if member == "orderList" else super().item_name(member)


@breaks("OS-110")
class ShowsASingleOrderBare(ChangesOrderAnswers):
    """Shows a single order without a list around it."""

    edit = made("orders", lambda orders: orders[0] if len(orders) == 1 else orders)


@breaks("OS-110")
class SendsNullForNoOrders(ChangesOrderAnswers):
    """Sends orders null in JSON where none was found."""

    edit = made("orders", lambda orders: orders or None)


@breaks("OS-110")
class NamesEachOrderItem(Rules):
    """Calls each order Item in XML."""

    def item_name(self, member: str) -> str:
        return "Item" if member == "orders" else super().item_name(member)


# Which order


@breaks("OS-111")
class SpellsOrderIdSmall(ChangesOrders):
    """Calls orderID orderId, as the table does."""

    edit = renamed("orderID", "orderId")


@breaks("OS-111")
class BracesOrderIds(ChangesOrders):
    """Writes orderID in braces."""

    edit = made("orderID", lambda guid: f"{{{guid}}}")


@breaks("OS-111")
class WritesOrderIdsWithoutHyphens(ChangesOrders):
    """Writes orderID as 32 digits."""

    edit = made("orderID", lambda guid: guid.replace("-", ""))


@breaks("OS-112")
class WritesLongOrderNumbers(ChangesOrders):
    """Writes a hyphen into orderNumber, which makes it ten characters long."""

    edit = made("orderNumber", lambda number: f"{number[:3]}-{number[3:]}")


@breaks("OS-112")
class CountsOrderNumbers(ChangesOrders):
    """Writes orderNumber as a number in JSON."""

    edit = made("orderNumber", lambda number: int(number[3:]))


@breaks("OS-112")
class HidesOrderNumbersOfInvalidOrders(Rules):
    """Leaves orderNumber out of orders of status 1."""

    def order_document(self, order: Order, language: str) -> Document:
        document = super().order_document(order, language)
        if document["statusCode"] == 1:
            document.pop("orderNumber")
        return document


@breaks("OS-113")
class SpellsConfirmationLarge(ChangesOrders):
    """Calls orderconfirmationLink orderConfirmationLink."""

    edit = renamed("orderconfirmationLink", "orderConfirmationLink")


@breaks("OS-113")
class WritesLongLinks(ChangesOrders):
    """Writes orderconfirmationLink 256 characters long."""

    edit = stretched("orderconfirmationLink", 256)


@breaks("OS-113")
class LinksRelatively(ChangesOrders):
    """Writes orderconfirmationLink without scheme and host."""

    edit = made("orderconfirmationLink", lambda link: link.removeprefix("https://i.materialise.com"))


# Its state


@breaks("OS-114")
class WritesStatusCodesAsText(ChangesOrders):
    """Writes statusCode as a text in JSON."""

    edit = made("statusCode", str)


@breaks("OS-114")
class CallsDraftsNine(Rules):
    """Writes statusCode 9 for orders whose payment failed."""

    def order_document(self, order: Order, language: str) -> Document:
        document = super().order_document(order, language)
        return {**document, "statusCode": 9} if order.status == Status.PAYMENT_NOK else document


@breaks("OS-114")
class SendsNullForCancelled(ChangesOrders):
    """Writes statusCode null where it is 0."""

    edit = made("statusCode", lambda code: code or None)


@breaks("OS-115")
class NamesTheStatusWithSpaces(ChangesOrders):
    """Writes In Production and Ready To Ship."""

    edit = made("statusName", lambda name: re.sub("(?<=[a-z])(?=[A-Z])", " ", name))


@breaks("OS-115")
class SpellsCanceledTheAmericanWay(ChangesOrders):
    """Writes Canceled for the statusName Cancelled."""

    edit = made("statusName", lambda name: name.replace("Cancelled", "Canceled"))


@breaks("OS-115")
class NamesTheStateOfTheServer(Rules):
    """Writes Draft and PaymentNOK for the statusName Invalid."""

    def status_name(self, status: Status) -> str:
        return status.value


@breaks("OS-115")
class WritesTheStatusNameInCapitals(ChangesOrders):
    """Writes statusName in capitals."""

    edit = made("statusName", str.upper)


@breaks("OS-116")
class ShowsOnlyWhatIsOnHold(Rules):
    """Shows isOnHold only where it is true."""

    def order_document(self, order: Order, language: str) -> Document:
        document = super().order_document(order, language)
        if not order.on_hold:
            document.pop("isOnHold")
        return document


@breaks("OS-116")
class WritesOnHoldAsNumber(ChangesOrders):
    """Writes isOnHold as 0 or 1."""

    edit = made("isOnHold", int)


@breaks("OS-116")
class WritesOnHoldInPython(ChangesOrders):
    """Writes isOnHold as the text True or False."""

    edit = made("isOnHold", str)
