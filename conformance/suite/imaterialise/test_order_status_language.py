"""Order Status: languageCode and warning 109 (General Parameters of the Request; Warnings)."""

from __future__ import annotations

from conformance.checks import Answer, Broken, Judge, Kept, Observed, refused_with, verifies
from conformance.checks.compare import differences
from conformance.checks.errors import error_objects
from conformance.contract import Format
from conformance.contract.tree import wire_text
from conformance.suite.imaterialise.bookkeeper import Bookkeeper
from conformance.suite.imaterialise.clients import OrderQuery
from conformance.suite.imaterialise.orders import UNSUPPORTED_LANGUAGE, orders_of

PLACES = {"warning": "warning", "requestError": "request-error"}


@verifies("OS-062")
def test_english_is_supported(keeper: Bookkeeper, judge: Judge, form: Format) -> None:
    known = keeper.book.known()[-1:]
    query = OrderQuery(numbers=tuple(order.number for order in known), language="EN")
    answer = keeper.exactly(query, known, "OS-062", form) if known else keeper.api.ask(query, form)
    warned = [error for error in error_objects(answer) if error.code == UNSUPPORTED_LANGUAGE]
    for error in warned:
        judge(Broken("OS-062", answer.where(*error.path), "no warning for EN, the default", "109", (answer.id,)))
    if answer.readable and not warned:
        judge(Kept("OS-062", (answer.id,)))
    lower = keeper.api.ask(OrderQuery(language="en"), form)
    any_case = not any(error.code == UNSUPPORTED_LANGUAGE for error in error_objects(lower))
    judge(Observed("OS-062", "order-status-language-case", "any-case" if any_case else "upper-only", (lower.id,)))


@verifies("OS-063")
def test_no_language_means_english(keeper: Bookkeeper, judge: Judge) -> None:
    omitted, english = keeper.api.ask(OrderQuery()), keeper.api.ask(OrderQuery(language="EN"))
    seen = (omitted.id, english.id)
    found = [
        Broken("OS-063", english.where(*difference.path), f"{wire_text(difference.left)}, as without languageCode",
               wire_text(difference.right), seen)
        for difference in differences(omitted.document, english.document, omitted.operation.answer.schema)
    ]  # fmt: skip
    judge(found or [Kept("OS-063", seen)])


@verifies("OS-109")
def test_an_unsupported_language_is_warned_of_with_109(keeper: Bookkeeper, judge: Judge, form: Format) -> None:
    since = keeper.span[0]
    plain = keeper.api.ask(OrderQuery(date_from=since), form)
    for language in ("ZZ", "QQQ"):
        answer = keeper.api.ask(OrderQuery(date_from=since, language=language), form)
        judge(refused_with(answer, UNSUPPORTED_LANGUAGE, "OS-109"))
        for error in error_objects(answer):
            if error.code == UNSUPPORTED_LANGUAGE:
                place = PLACES.get(error.place, "other")
                judge(Observed("OS-136", "order-status-warning-place", place, (answer.id,)))
                if place == "warning":
                    _still_answers(judge, plain, answer)


def _still_answers(judge: Judge, plain: Answer, answer: Answer) -> None:
    """A warning is no refusal: the orders are still there."""
    missing = {order.number for order in orders_of(plain)} - {order.number for order in orders_of(answer)}
    if missing:
        listed = ", ".join(sorted(missing)[:4])
        judge(Broken("OS-109", "$.orders", "the orders beside the warning", f"without {listed}", (answer.id,)))
