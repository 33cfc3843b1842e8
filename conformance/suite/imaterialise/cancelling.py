"""Cancellations as the vendor answers them (Order Cancellation by Number API, Structure of the Response; Errors)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from conformance.checks import Answer, Broken, Kept, Outcome, refused_with, verifies
from conformance.checks.compare import differences, same
from conformance.checks.errors import codes_of
from conformance.checks.outcome import kept_if
from conformance.contract.tree import sub_schema, wire_text
from conformance.suite.imaterialise.orders import CANCELLED, STATUS_NAMES, Order

WRONG_BODY, MISSING, UNKNOWN, INVALID_ORDER, ALREADY, STARTED, ENGINEER = 501, 503, 505, 506, 507, 508, 509
KNOWN_ORDER = (INVALID_ORDER, ALREADY, STARTED, ENGINEER)


def request(number: object) -> dict[str, object]:
    """A question to cancel an order."""
    return {"orderNumber": number}


def succeeded(answer: Answer) -> bool:
    """Whether an answer says that the order is cancelled."""
    return answer.readable and answer.document.get("isCanceled") is True


def says_no(answer: Answer) -> bool:
    """Whether an answer says that nothing was cancelled: then the order is as it was (OC-049)."""
    return answer.readable and answer.document.get("isCanceled") is False


@verifies("OC-042", "OC-043")
def cancellation_checks(answer: Answer) -> Iterator[Outcome]:
    """What holds in every answer: a success carries no error, a refusal says no and why."""
    document = answer.document
    cancelled, error = document.get("isCanceled"), document.get("requestError")
    seen = (answer.id,)
    if cancelled is True:
        yield kept_if(error in (None, {}), "OC-042", where=answer.where("requestError"), exchanges=seen,
                      expected="no requestError beside isCanceled true", actual="requestError is shown")  # fmt: skip
        for member, requirement in (("orderId", "OC-110"), ("orderNumber", "OC-111")):
            if document.get(member) in (None, ""):
                where = answer.where(member)
                yield Broken(requirement, where, "always shown when the order is cancelled", "not shown", seen)
    elif cancelled is False:
        yield kept_if(bool(error), "OC-043", where=answer.where("requestError"), exchanges=seen,
                      expected="requestError beside isCanceled false", actual="no requestError")  # fmt: skip
    elif error:
        expected = "isCanceled false beside requestError"
        yield Broken("OC-043", answer.where("isCanceled"), expected, wire_text(cancelled), seen)


def cancelled(answer: Answer, before: Order | None, requirement: str, number: str) -> Iterator[Outcome]:
    """The cancellation succeeded, and names the order that it was asked to cancel."""
    seen = (answer.id,)
    if not answer.refused_by_http:
        _ = answer.document  # an answer that cannot be read is another finding's matter
    if not succeeded(answer):
        codes = ", ".join(map(str, codes_of(answer)))
        yield Broken(requirement, answer.where("isCanceled"), f"true: {_named(before, number)} can be cancelled",
                     f"error {codes}" if codes else f"HTTP {answer.status}, not cancelled", seen)  # fmt: skip
        return
    yield Kept(requirement, seen)
    if answer.document.get("orderNumber") not in (None, ""):  # that it shows is another clause's matter
        yield _numbered(answer, number)
    yield from same_order(answer, before)


def _numbered(answer: Answer, number: str) -> Outcome:
    """The number that shows is the one that was asked for."""
    shown = answer.document["orderNumber"]
    return kept_if(shown == number, "OC-045", where=answer.where("orderNumber"), expected=wire_text(number),
                   actual=wire_text(shown), exchanges=(answer.id,))  # fmt: skip


def same_order(answer: Answer, known: Order | None) -> Iterator[Outcome]:
    """orderId, where shown, is the one that Order Status shows."""
    shown = answer.document.get("orderId")
    if known is not None and shown not in (None, ""):
        yield kept_if(str(shown).casefold() == known.id, "OC-044", where=answer.where("orderId"), expected=known.id,
                      actual=str(shown), exchanges=(answer.id,))  # fmt: skip


def refused(answer: Answer, code: int, requirement: str, number: str, known: Order | None) -> Iterator[Outcome]:
    """The cancellation was refused with a code; of a known order it shows whose it is (OC-052)."""
    yield refused_with(answer, code, requirement, at=("requestError",))
    seen = (answer.id,)
    if not answer.readable or code not in codes_of(answer):
        return
    yield kept_if(answer.document.get("isCanceled") is False, "OC-043", where=answer.where("isCanceled"),
                  expected="false", actual=wire_text(answer.document.get("isCanceled")), exchanges=seen)  # fmt: skip
    if code in KNOWN_ORDER:
        for member in ("orderId", "orderNumber"):
            shown = answer.document.get(member)
            yield kept_if(shown not in (None, ""), "OC-052", where=answer.where(member), exchanges=seen,
                          expected="shown, the order is known", actual="not shown")  # fmt: skip
        if answer.document.get("orderNumber") not in (None, ""):
            yield _numbered(answer, number)
        yield from same_order(answer, known)


def unchanged(
    before: Order | None, after: Order | None, schema: Mapping[str, Any], seen: tuple[str, ...] = ()
) -> Kept | Broken:
    """A refused cancellation changed nothing that Order Status shows (OC-049)."""
    if before is None or after is None:
        return kept_if(before is after, "OC-049", where="$.orders", expected="the same as before",
                       actual="the order came or went", exchanges=seen)  # fmt: skip
    order = sub_schema(sub_schema(schema, "orders"), 0)
    changed = [f"{'.'.join(map(str, found.path))}: {wire_text(found.left)} → {wire_text(found.right)}"
               for found in differences(before.raw, after.raw, order)]  # fmt: skip
    return kept_if(not changed, "OC-049", where="$.orders[0]", expected="the order as it was before",
                   actual="; ".join(changed), exchanges=seen)  # fmt: skip


def shown_as_cancelled(before: Order | None, after: Order | None, evidence: Answer) -> Kept | Broken:
    """Order Status shows the order with 0 (Cancelled); the document says of no other member what becomes of it."""
    shown = "no order" if after is None else str(after.raw.get("statusCode"))
    name = _named(before, "the order")
    return kept_if(shown == str(CANCELLED), "OC-046", where="$.orders[0].statusCode", exchanges=(evidence.id,),
                   expected=f"0 (Cancelled) for {name} after its cancellation", actual=shown)  # fmt: skip


def same_creation(before: Order | None, after: Order | None, evidence: Answer) -> Iterator[Outcome]:
    """Which order it is and when it was created do not change with its status (Order Status, response table)."""
    if before is None or after is None:
        return
    for member, requirement in (("orderID", "OS-111"), ("requestedDate", "OS-117")):
        old, new = before.raw.get(member), after.raw.get(member)
        if not same(old, new):
            where, expected = f"$.orders[0].{member}", f"{old}, as before the cancellation"
            yield Broken(requirement, where, expected, str(new), (evidence.id,))


def exactly_one(answers: list[Answer]) -> Iterator[Outcome]:
    """Of cancellations of an Ordered order at once exactly one succeeds; every other one is refused with 507 (OC-048)."""
    seen = tuple(answer.id for answer in answers)
    winners = [answer for answer in answers if succeeded(answer)]
    if not winners and any(answer.readable or answer.refused_by_http for answer in answers):
        # None was the second one: the order is not cancelled at all.
        codes = ", ".join(sorted({str(code) for answer in answers for code in codes_of(answer)}))
        yield Broken("OC-040", "$.isCanceled", "true in one of the answers", f"error {codes}" if codes else "refused", seen)
        return
    yield kept_if(len(winners) == 1, "OC-048", where="$.isCanceled", expected="true in exactly one of the answers",
                  actual=f"true in {len(winners)} of {len(answers)}", exchanges=seen)  # fmt: skip
    if len(winners) == 1:
        for answer in answers:
            if answer is not winners[0]:
                yield refused_with(answer, ALREADY, "OC-048")


def _named(order: Order | None, number: str) -> str:
    if order is None:
        return number
    status = order.raw.get("statusCode")
    name = STATUS_NAMES[status] if isinstance(status, int) and 0 <= status < len(STATUS_NAMES) else "unknown status"
    return f"{number} ({name})"
