"""Faults of the error object of Order Status, and of the warning about a language."""

from __future__ import annotations

from typing import Any

from conformance.sandbox.documents import Document
from conformance.sandbox.faults import breaks
from conformance.sandbox.imaterialise.faults._calls import ORDERS
from conformance.sandbox.imaterialise.faults._members import (
    ChangesOrderAnswers,
    SaysAnotherMessage,
    is_now,
    lost,
    made,
    null,
    renamed,
)
from conformance.sandbox.imaterialise.rules import RefusedError, Rules
from conformance.sandbox.imaterialise.rules.messages import Operation
from conformance.sandbox.members import without


@breaks("OS-126")
class CallsTheRequestErrorError(ChangesOrderAnswers):
    """Calls requestError error."""

    edit = renamed("requestError", "error")


@breaks("OS-126")
class PutsTheErrorIntoAnOrder(Rules):
    """Puts the error of a refused request into an order of the list instead of the root."""

    def place_error(self, document: Document, error: Document) -> None:
        if "orders" in document:
            document["orders"] = [{"orderError": error}]
        else:
            super().place_error(document, error)


@breaks("OS-126", "OS-127", "OS-128")
class SendsTheErrorAsText(ChangesOrderAnswers):
    """Sends requestError as a text instead of an object."""

    edit = made("requestError", lambda error: f"{error['code']}: {error['message']}")


@breaks("OS-126")
class SendsNullForNoError(Rules):
    """Sends requestError null beside orders in JSON."""

    def write(self, document: Document, root: str, media_type: str) -> bytes:
        if "orders" in document and "json" in media_type:
            document.setdefault("requestError", None)  # type: ignore[arg-type]
        return super().write(document, root, media_type)


@breaks("OS-127", "OS-108")
class ForgetsTheMessage(ChangesOrderAnswers):
    """Sends only the code of an error."""

    edit = lost("requestError.message")


@breaks("OS-127", "OS-108")
class SendsMessagesAsList(ChangesOrderAnswers):
    """Sends the message of an error as a list of messages in JSON."""

    edit = made("requestError.message", lambda text: [text])

    def item_name(self, member: str) -> str:
        return "String" if member == "message" else super().item_name(member)


@breaks("OS-127", "OS-010")
class WritesTheCodeFirst(Rules):
    """Writes Code before Message."""

    def error(self, operation: Operation, code: int) -> Document:
        error = super().error(operation, code)
        return dict(reversed(error.items())) if operation is ORDERS else error


@breaks("OS-128")
class SendsCodesAsText(ChangesOrderAnswers):
    """Sends the code of an error as a text in JSON."""

    edit = made("requestError.code", str)


@breaks("OS-128")
class SendsNamesForCodes(ChangesOrderAnswers):
    """Sends a word for the code of an error."""

    edit = is_now("requestError.code", "NoResultsFound")


@breaks("OS-128")
class ForgetsTheCode(ChangesOrderAnswers):
    """Sends only the message of an error."""

    edit = lost("requestError.code")


@breaks("OS-127")
class SendsNullMessages(ChangesOrderAnswers):
    """Sends a null message with the code of an error."""

    edit = null("requestError.message")


@breaks("OS-211")
class SaysOkBesideOrders(Rules):
    """Sends a requestError that says OK beside orders."""

    def order_status_document(self, orders: Any, code: int | None, language: str | None) -> Document:
        document = super().order_status_document(orders, code, language)
        return document if code else {**document, "requestError": {"message": "OK", "code": 0}}


@breaks("OS-211")
class WarnsOfNothingBesideOrders(Rules):
    """Sends error 108 beside orders when only one was found."""

    def order_status_document(self, orders: Any, code: int | None, language: str | None) -> Document:
        return super().order_status_document(orders, 108 if len(orders) == 1 else code, language)


# Languages


@breaks("OS-062")
class WarnsOfEnglish(Rules):
    """Warns with 109 where EN is asked for."""

    def language(self, query: Any) -> str | None:
        return None if query.get("languageCode") == "EN" else super().language(query)


@breaks("OS-062")
class RefusesEnglish(Rules):
    """Finds nothing where EN is asked for."""

    def conditions(self, query: Any, today: Any) -> Any:
        if query.get("languageCode") == "EN":
            raise RefusedError(108)
        return super().conditions(query, today)


@breaks("OS-063")
class SpeaksDutchByDefault(Rules):
    """Links to Dutch pages where no language is asked for."""

    def language(self, query: Any) -> str | None:
        return super().language(query) if query.get("languageCode") else "NL"


@breaks("OS-063")
class WarnsWhereNoLanguageIsAskedFor(Rules):
    """Warns with 109 where languageCode is missing."""

    def language(self, query: Any) -> str | None:
        return super().language(query) if "languageCode" in query else None


@breaks("OS-109")
class WarnsOfNoLanguage(Rules):
    """Takes an unsupported language for English without a warning."""

    def language(self, query: Any) -> str | None:
        return super().language(query) or "EN"


@breaks("OS-109")
class WarnsWith110(Rules):
    """Warns of an unsupported language with code 110."""

    def place_warning(self, document: Document, warning: Document) -> None:
        super().place_warning(document, {**warning, "code": 110})


@breaks("OS-109")
class WordsTheWarningInItsOwnWay(SaysAnotherMessage):
    """Says language instead of language code in the message of 109."""

    operation, code, old, new = ORDERS, 109, "language code", "language"


@breaks("OS-109")
class HidesOrdersBesideTheWarning(Rules):
    """Shows no orders beside the warning of an unsupported language."""

    def place_warning(self, document: Document, warning: Document) -> None:
        super().place_warning(document, warning)
        document["orders"] = []


@breaks("OS-109")
class WarnsOnlyInXml(Rules):
    """Leaves the warning of an unsupported language out of JSON."""

    def write(self, document: Document, root: str, media_type: str) -> bytes:
        return super().write(without(document, "warning") if "json" in media_type else document, root, media_type)
