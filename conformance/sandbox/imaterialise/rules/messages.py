"""The error tables of the three documents, word for word. Each API has codes of its own."""

from __future__ import annotations

from enum import StrEnum

LANGUAGES = ("EN", "NL", "DE", "FR", "ES", "IT", "JA")


class Operation(StrEnum):
    """The three operations; the value is the name that the XML roots start with."""

    ORDER_STATUS = "OrderStatus"
    CART_STATUS = "CartStatus"
    CANCELLATION = "OrderCancellation"


_NOT_SUPPORTED = "This language code is not supported. Please indicate one of the following:"

# The tail of 109 is a list that the document includes from elsewhere and that is lost: ours is a choice.
MESSAGES = {
    Operation.ORDER_STATUS: {
        103: "An unknown StatusCode has been requested; please make sure you request only following status "
        "codes: 0 (Cancelled), 1 (Invalid), 2 (Ordered), 3 (Processing), 4 (InProduction), 5 (ReadyToShip), "
        "6 (Shipped), 7 (Delivered).",
        106: "Date range is wrong; please make sure DateFrom is older than DateTo.",
        108: "No results found matching the requested parameters, please try other parameters.",
        109: f"{_NOT_SUPPORTED} {', '.join(LANGUAGES)}",
    },
    Operation.CART_STATUS: {
        1: "Unknown error",
        501: "Wrong request body. Check if all parameters are set correctly.",
        101: "Specified Cart was not found or wrong format.",
        102: "You can check no more than 10 CartIDs per one request.",
    },
    Operation.CANCELLATION: {
        501: "Wrong request body. Check if all parameters set correctly.",
        503: "Please, send OrderNumber of order you want to cancel.",
        505: "Wrong OrderNumber has been applied.",
        506: "Order was not placed correctly. Contact us for more details.",
        507: "Order has already been cancelled before.",
        508: "Impossible to cancel order. Production has already been started. Contact us for more details.",
        509: "Impossible to cancel order. Order processing has already been started. "
        "Contact us for more details.",
    },
}
