"""Faults of the API code: who is let in, how others are told, where the code turns up."""

from __future__ import annotations

from starlette.responses import Response

from conformance.sandbox.calls import Call
from conformance.sandbox.documents import Document
from conformance.sandbox.faults import breaks
from conformance.sandbox.imaterialise.accounts import ACCOUNTS, OWN, OWN_API_CODE
from conformance.sandbox.imaterialise.faults._calls import (
    CANCELS,
    CARTS,
    ORDERS,
    SENT_AS,
    KnowsTheCall,
    StatusText,
    asks,
    html,
    keep_the_name_as_sent,
)
from conformance.sandbox.imaterialise.rules import Rules
from conformance.sandbox.imaterialise.rules.messages import Operation


class _LetsIn(Rules):
    operation: Operation

    def api_code(self, call: Call) -> str | None:
        sent = super().api_code(call)
        return OWN_API_CODE if asks(call, self.operation) and self.lets_in(sent) else sent

    def lets_in(self, sent: str | None) -> bool:
        """Whether this code, or none, is as good as the right one."""
        return sent is None


@breaks("OS-011")
class ShowsOrdersWithoutAnApiCode(_LetsIn):
    """Answers questions about orders that come without an apiCode."""

    operation = ORDERS


@breaks("CS-020")
class ShowsCartsWithoutAnApiCode(_LetsIn):
    """Answers questions about carts that come without an apiCode."""

    operation = CARTS


@breaks("OC-020")
class CancelsWithoutAnApiCode(_LetsIn):
    """Takes cancellations that come without an apiCode."""

    operation = CANCELS


@breaks("OS-012")
class TakesAnEmptyApiCodeForOrders(_LetsIn):
    """Answers questions about orders whose apiCode is empty."""

    operation = ORDERS

    def lets_in(self, sent: str | None) -> bool:
        return sent == ""


@breaks("CS-021")
class TakesAnEmptyApiCodeForCarts(TakesAnEmptyApiCodeForOrders):
    """Answers questions about carts whose apiCode is empty."""

    operation = CARTS


@breaks("OC-021")
class TakesAnEmptyApiCodeForCancellations(TakesAnEmptyApiCodeForOrders):
    """Takes cancellations whose apiCode is empty."""

    operation = CANCELS


@breaks("OS-013")
class TakesAnyGuidForOrders(_LetsIn):
    """Lets every apiCode of the right shape see orders."""

    operation = ORDERS

    def lets_in(self, sent: str | None) -> bool:
        return self.guid(sent or "") is not None and self.guid(sent or "") not in ACCOUNTS


@breaks("CS-022")
class TakesAnyGuidForCarts(TakesAnyGuidForOrders):
    """Lets every apiCode of the right shape see carts."""

    operation = CARTS


@breaks("OC-022")
class TakesAnyGuidForCancellations(TakesAnyGuidForOrders):
    """Lets every apiCode of the right shape cancel."""

    operation = CANCELS


@breaks("OS-014")
class TakesMalformedApiCodesForOrders(_LetsIn):
    """Answers questions about orders whose apiCode is no GUID."""

    operation = ORDERS

    def lets_in(self, sent: str | None) -> bool:
        return bool(sent) and self.guid(sent or "") is None


@breaks("CS-023", "CS-026")
class CrashesOnMalformedApiCodes(Rules):
    """Fails with 500 where the apiCode of a question about carts is no GUID."""

    def api_code(self, call: Call) -> str | None:
        sent = super().api_code(call)
        if asks(call, CARTS) and sent and not self.guid(sent):
            raise ValueError("Guid should contain 32 digits with 4 dashes")
        return sent


@breaks("OC-023")
class TakesMalformedApiCodesForCancellations(TakesMalformedApiCodesForOrders):
    """Takes cancellations whose apiCode is no GUID."""

    operation = CANCELS


class _Refuses(Rules):
    operation: Operation

    def refusal(self, status: int, operation: Operation, media_type: str) -> Response:
        plain = super().refusal(status, operation, media_type)
        return self.instead(plain) if status == 401 and operation is self.operation else plain

    def instead(self, plain: Response) -> Response:
        """What is sent to strangers."""
        return plain


@breaks("OS-013", "OS-011", "OS-012", "OS-014")
class ForbidsInsteadOfAsking(_Refuses):
    """Answers 403 to an apiCode that nobody has."""

    operation = ORDERS

    def instead(self, plain: Response) -> Response:
        plain.status_code = 403
        return plain


@breaks("CS-022", "CS-020", "CS-021", "CS-023")
class SendsStrangersToTheSignInPage(_Refuses):
    """Answers an unknown apiCode with 200 and a page to sign in."""

    operation = CARTS

    def instead(self, plain: Response) -> Response:
        return html(200, "Sign in")


@breaks("OC-022", "OC-020", "OC-021", "OC-023")
class RefusesStrangersWith501(_Refuses):
    """Answers an unknown apiCode with 200 and the error of a wrong body."""

    operation = CANCELS

    def instead(self, plain: Response) -> Response:
        return self.respond(CANCELS, self.cancellation_document(None, 501), 501, "application/json")


@breaks("OS-014")
class TakesShortApiCodes(Rules):
    """Lets every apiCode in that is too short to be looked up."""

    def account(self, api_code: str | None) -> str | None:
        return super().account(api_code) or (OWN if api_code and len(api_code) < 36 else None)


class _Denied(StatusText):
    status_text = b"Access Denied"


class _Silent(StatusText):
    status_text = b""


@breaks("CS-019")
class NamesTheStatusAccessDenied(_Refuses):
    """Writes Access Denied beside 401 for carts."""

    operation = CARTS

    def instead(self, plain: Response) -> Response:
        return _Denied(plain.body, 401, dict(plain.headers))


@breaks("OC-019")
class NamesNoStatusText(_Refuses):
    """Writes no text beside 401 for cancellations."""

    operation = CANCELS

    def instead(self, plain: Response) -> Response:
        return _Silent(plain.body, 401, dict(plain.headers))


class _ReadsOneSpelling(Rules):
    operation: Operation

    def __init__(self) -> None:
        keep_the_name_as_sent()

    def api_code(self, call: Call) -> str | None:
        unknown = asks(call, self.operation) and call.header(SENT_AS) not in (None, "apiCode")
        return None if unknown else super().api_code(call)


@breaks("OS-015")
class ReadsTheHeaderOfOrdersInOneSpelling(_ReadsOneSpelling):
    """Finds the header of questions about orders only as apiCode."""

    operation = ORDERS


@breaks("CS-024")
class ReadsTheHeaderOfCartsInOneSpelling(_ReadsOneSpelling):
    """Finds the header of questions about carts only as apiCode."""

    operation = CARTS


@breaks("OC-024")
class ReadsTheHeaderOfCancellationsInOneSpelling(_ReadsOneSpelling):
    """Finds the header of cancellations only as apiCode."""

    operation = CANCELS


@breaks("OS-016")
class EchoesTheApiCodeInAHeader(KnowsTheCall):
    """Repeats the apiCode in a header of every list of orders."""

    def respond(self, operation: Operation, document: Document, code: int | None, media_type: str) -> Response:
        response = super().respond(operation, document, code, media_type)
        if operation is ORDERS:
            response.headers["X-Api-Code"] = self.api_code(self.call) or ""
        return response


@breaks("CS-025")
class EchoesTheApiCodeInTheBody(KnowsTheCall):
    """Repeats the apiCode as a member beside the carts."""

    def write(self, document: Document, root: str, media_type: str) -> bytes:
        if "carts" in document:
            document["apiCode"] = self.api_code(self.call) or ""
        return super().write(document, root, media_type)


@breaks("OC-025")
class KeepsTheApiCodeInACookie(KnowsTheCall):
    """Sets a cookie that holds the apiCode when it answers a cancellation."""

    def respond(self, operation: Operation, document: Document, code: int | None, media_type: str) -> Response:
        response = super().respond(operation, document, code, media_type)
        if operation is CANCELS:
            response.set_cookie("client", self.api_code(self.call) or "")
        return response
