"""Cart Status: which carts a question finds, and how each entry reads (Structure of the Request and the Response)."""

from __future__ import annotations

import pytest

from conformance.checks import Answer, Judge, Kept, NotTestable, Observed, Untested, refused_with, verifies
from conformance.checks.compare import differences
from conformance.checks.errors import codes_of, error_objects
from conformance.checks.outcome import Broken, kept_if
from conformance.contract import Format
from conformance.suite.context import Context
from conformance.suite.imaterialise.carts import (
    NOT_FOUND,
    TOO_MANY,
    WRONG_BODY,
    answered_in_order,
    entries,
    entry_of,
    error_code,
    request,
)
from conformance.suite.imaterialise.clients import ORDER_STATUS, OrderQuery, OrderStatus, Posting
from conformance.suite.imaterialise.common import CART_STATES, any_carts, known_carts, same_in_both, strangers
from conformance.suite.imaterialise.orders import orders_of
from conformance.suite.imaterialise.probes import unknown_id

PLACES = {"requestError": "request-error", "error": "error", "Error": "error"}


@pytest.mark.parametrize(
    ("need", "requirement"),
    [pytest.param(need, f"CS-04{index}", id=state, marks=verifies(f"CS-04{index}"))
     for index, (need, state) in enumerate(CART_STATES.items())],
)  # fmt: skip
@verifies("CS-044")
def test_each_state_is_shown(
    carts: Posting, context: Context, judge: Judge, form: Format, need: str, requirement: str
) -> None:
    cart = str(context.data.one(need)["cartId"])
    answer = carts.ask(request(cart), form)
    index, entry = entry_of(answer, cart)
    wanted, shown = CART_STATES[need], entry.get("cartStatus")
    judge(kept_if(shown == wanted, requirement, where=answer.where("carts", index, "cartStatus"), expected=wanted,
                  actual=str(shown), exchanges=(answer.id,)))  # fmt: skip


@verifies("CS-044", "CS-045")
def test_an_ordered_cart_leads_to_its_order(
    carts: Posting, status: OrderStatus, context: Context, judge: Judge, form: Format
) -> None:
    datum = context.data.one("cart.ordered")
    cart = str(datum["cartId"])
    answer = carts.ask(request(cart), form)
    index, entry = entry_of(answer, cart)
    order_id = str(entry.get("orderID") or "")
    where = answer.where("carts", index, "orderID")
    judge.demand(kept_if(bool(order_id), "CS-044", where=where, expected="shown for Ordered", actual="not shown",
                         exchanges=(answer.id,)))  # fmt: skip
    if datum.ids.get("orderId"):
        wanted = str(datum["orderId"])
        judge(kept_if(order_id.casefold() == wanted.casefold(), "CS-045", where=where, expected=wanted, actual=order_id,
                      exchanges=(answer.id,)))  # fmt: skip
    if not context.offers(ORDER_STATUS):
        reason = 'needs Order Status at the same target; add to the target file: apis = ["order-status", …]'
        judge(Untested("CS-045", reason))
        return
    found = status.ask(OrderQuery(ids=(order_id,)), form)
    shown = [order.raw.get("orderID") for order in orders_of(found)]
    judge(kept_if([str(id_).casefold() for id_ in shown] == [order_id.casefold()], "CS-045", where=where,
                  expected=f"order status finds the order {order_id}", actual=f"it shows {len(shown)} orders",
                  exchanges=(answer.id, found.id)))  # fmt: skip


@verifies("CS-030", "CS-121", "CS-122")
def test_a_json_body_is_understood(carts: Posting, context: Context, judge: Judge) -> None:
    judge(understood(carts.ask(request(*strangers(context, 2)), Format.JSON), ("CS-030", "CS-121", "CS-122")))


@verifies("CS-031")
def test_an_xml_body_is_understood(carts: Posting, context: Context, judge: Judge) -> None:
    if not context.target.offers(Format.XML):
        raise NotTestable("the target offers no XML")
    for accept in (Format.XML, Format.JSON):
        if context.target.offers(accept):
            answer = carts.ask(request(*strangers(context, 2)), Format.XML, accept=accept)
            judge(understood(answer, ("CS-031",)))
            judge(Observed("CS-031", carts.reading, carts.root, (answer.id,)))


def understood(answer: Answer, requirements: tuple[str, ...]) -> list[Kept | Broken]:
    """The answer speaks of the carts that were asked for, and not of a wrong body."""
    shown = entries(answer)
    codes = ", ".join(str(code) for code in codes_of(answer))
    return [kept_if(bool(shown), requirement, where="$.carts", expected="an entry for each requested cart",
                    actual=f"no entries, error {codes}" if codes else "no entries", exchanges=(answer.id,))
            for requirement in requirements]  # fmt: skip


@verifies("CS-033", "CS-034")
def test_entries_stand_in_the_order_of_the_request(carts: Posting, context: Context, judge: Judge, form: Format) -> None:
    asked = [*strangers(context, 3), *any_carts(context)]
    context.random("cart order").shuffle(asked)
    judge(answered_in_order(carts.ask(request(*asked), form), asked))


@verifies("CS-036")
def test_nine_carts_are_answered(carts: Posting, context: Context, judge: Judge, form: Format) -> None:
    for count in (1, 2, 9):
        asked = strangers(context, count)
        answer = carts.ask(request(*asked), form)
        judge(kept_if(len(entries(answer)) == count, "CS-036", where="$.carts", expected=f"{count} entries",
                      actual=f"{len(entries(answer))} entries{_codes(answer)}", exchanges=(answer.id,)))  # fmt: skip


@verifies("CS-037")
def test_exactly_ten_carts_are_recorded(carts: Posting, context: Context, judge: Judge, form: Format) -> None:
    answer = carts.ask(request(*strangers(context, 10)), form)
    if TOO_MANY in codes_of(answer):
        judge(Observed("CS-037", "cart-limit", "ten-refused", (answer.id,)))
        judge(refused_with(answer, TOO_MANY, "CS-102"))
    else:
        judge(kept_if(len(entries(answer)) == 10, "CS-036", where="$.carts", expected="ten entries, or error 102",
                      actual=f"{len(entries(answer))} entries{_codes(answer)}", exchanges=(answer.id,)))  # fmt: skip
        judge(Observed("CS-037", "cart-limit", "ten-allowed", (answer.id,)))


@verifies("CS-102")
def test_more_than_ten_carts_are_refused_with_102(carts: Posting, context: Context, judge: Judge, form: Format) -> None:
    for count in (11, 12, 40):
        answer = carts.ask(request(*strangers(context, count)), form)
        judge(refused_with(answer, TOO_MANY, "CS-102"))
        found = [entry for entry in entries(answer) if error_code(entry) is None]
        judge(kept_if(not found, "CS-102", where="$.carts", expected="no cart beside the refusal",
                      actual=f"{len(found)} carts", exchanges=(answer.id,)))  # fmt: skip


@verifies("CS-035")
def test_a_cart_asked_for_twice_is_recorded(carts: Posting, context: Context, judge: Judge) -> None:
    cart = known_carts(context)[0]
    answer = carts.ask(request(cart, cart))
    judge(Observed("CS-035", "cart-status-duplicates", "repeated" if len(entries(answer)) > 1 else "merged", (answer.id,)))


@verifies("CS-046")
def test_a_cart_is_found_in_any_letter_case(carts: Posting, context: Context, judge: Judge, form: Format) -> None:
    for cart in known_carts(context):
        for spelled in (cart.upper(), cart.lower()):
            answer = carts.ask(request(spelled), form)
            shown = [entry for entry in entries(answer) if error_code(entry) is None]
            judge(kept_if(len(shown) == 1 and str(shown[0].get("cartID")).casefold() == cart.casefold(), "CS-046",
                          where="$.carts", expected=f"the cart {spelled}", exchanges=(answer.id,),
                          actual=f"{len(shown)} carts found{_codes(answer)}"))  # fmt: skip


@verifies("CS-101")
def test_an_unknown_cart_is_refused_with_101(carts: Posting, context: Context, judge: Judge, form: Format) -> None:
    for asked in strangers(context, 2):
        answer = carts.ask(request(asked), form)
        judge(refused_with(answer, NOT_FOUND, "CS-101", at=("carts", 0)))


@verifies("CS-050", "CS-101")
def test_a_malformed_cart_is_refused_with_101_and_echoed(
    carts: Posting, context: Context, judge: Judge, form: Format
) -> None:
    cart = unknown_id(context, "malformed").upper()
    for malformed in (cart[:-1], "NOT-A-Guid", cart.replace("-", "_"), f"{cart}0", f"{cart[:-4]}<ä&>"):
        answer = carts.ask(request(malformed), form)
        judge(refused_with(answer, NOT_FOUND, "CS-101"))
        shown = [str(entry.get("cartID")) for entry in entries(answer)]
        judge(kept_if(shown == [malformed], "CS-050", where=answer.where("carts", 0, "cartID"), expected=malformed,
                      actual=", ".join(shown) or "no entry", exchanges=(answer.id,)))  # fmt: skip


@verifies("CS-051")
def test_a_foreign_cart_is_refused_with_101(carts: Posting, context: Context, judge: Judge, form: Format) -> None:
    cart = str(context.data.one("cart.foreign")["cartId"])
    judge(refused_with(carts.ask(request(cart), form), NOT_FOUND, "CS-051"))


@verifies("CS-047")
def test_good_and_bad_carts_are_judged_each_on_its_own(
    carts: Posting, context: Context, judge: Judge, form: Format
) -> None:
    good, bad = known_carts(context), strangers(context, 2)
    alone = {cart: entry_of(carts.ask(request(cart), form), cart)[1] for cart in good}
    asked = [bad[0], *good, bad[1]]
    answer = carts.ask(request(*asked), form)
    schema = answer.operation.answer.schema["properties"]["carts"]["items"]
    for cart in asked:
        index, entry = entry_of(answer, cart)
        if cart in bad:
            judge(refused_with(answer, NOT_FOUND, "CS-047", at=("carts", index)))
            continue
        changed = [difference.path[-1] for difference in differences(alone[cart], entry, schema)]
        judge(kept_if(not changed, "CS-047", where=answer.where("carts", index), exchanges=(answer.id,),
                      expected="the entry that the cart has when asked for alone",
                      actual=f"another {', '.join(map(str, changed))}"))  # fmt: skip


@verifies("CS-016")
def test_all_carts_read_the_same_in_json_and_xml(carts: Posting, context: Context, judge: Judge) -> None:
    if not (context.target.offers(Format.JSON) and context.target.offers(Format.XML)):
        raise NotTestable("needs both formats")
    asked = request(*any_carts(context), *strangers(context, 1), "NOT-A-GUID")
    same_in_both(judge, carts.ask(asked, Format.JSON), carts.ask(asked, Format.XML), "CS-016")


@verifies("CS-501")
def test_a_broken_body_is_refused_with_501(carts: Posting, context: Context, judge: Judge, form: Format) -> None:
    whole = carts.body(request(*strangers(context, 1)), form)
    for broken in (whole[: len(whole) // 2], b"{" if form is Format.JSON else b"<", b"\x00\x01"):
        answer = carts.raw(broken, carts.content_type(form), form)
        judge(refused_with(answer, WRONG_BODY, "CS-501"))
        for error in error_objects(answer):
            if error.code == WRONG_BODY:
                judge(Observed("CS-058", "cart-status-error-place", PLACES.get(error.place, "other"), (answer.id,)))


@verifies("CS-058")
def test_the_place_of_a_request_error_is_recorded(carts: Posting, context: Context, judge: Judge) -> None:
    answer = carts.ask(request(*strangers(context, 11)))
    for error in error_objects(answer):
        judge(Observed("CS-058", "cart-status-error-place", PLACES.get(error.place, "other"), (answer.id,)))


BODIES: dict[str, tuple[str, str, tuple[bytes, ...]]] = {
    "an-empty-list": ("CS-052", "cart-status-empty-list", (b'{"Carts": []}',)),
    "a-missing-member": ("CS-053", "cart-status-missing-member", (b"{}", b'{"Carts": [{}]}', b'{"Carts": null}')),
    "a-wrong-type": ("CS-054", "cart-status-wrong-type",
                     (b'{"Carts": "x"}', b'{"Carts": [{"CartID": 7}]}', b'{"Carts": [7]}', b"[]", b'"x"')),
    "an-empty-body": ("CS-055", "cart-status-empty-body", (b"",)),
}  # fmt: skip


@pytest.mark.parametrize("kind", [pytest.param(kind, marks=verifies(row[0])) for kind, row in BODIES.items()])
def test_an_odd_body_is_refused_somehow(carts: Posting, judge: Judge, kind: str) -> None:
    requirement, reading, bodies = BODIES[kind]
    for body in bodies:
        answer = carts.raw(body, "application/json")
        found = [entry for entry in entries(answer) if error_code(entry) is None] if answer.readable else []
        judge(kept_if(not found, requirement, where="$.carts", expected="no cart: none was asked for",
                      actual=f"{len(found)} carts", exchanges=(answer.id,)))  # fmt: skip
        judge(Observed(requirement, reading, _way_of_refusing(answer, reading), (answer.id,)))


@verifies("CS-056")
def test_a_wrong_content_type_is_recorded(carts: Posting, context: Context, judge: Judge) -> None:
    body = carts.body(request(*strangers(context, 1)), Format.JSON)
    answer = carts.raw(body, "text/plain")
    if answer.readable and entries(answer):
        option = "answered"
    else:
        option = "refused-501" if WRONG_BODY in codes_of(answer) else "refused-by-http"
    judge(Observed("CS-056", "cart-status-wrong-content-type", option, (answer.id,)))


@verifies("CS-032")
def test_the_letter_case_of_members_is_recorded(carts: Posting, context: Context, judge: Judge) -> None:
    answer = carts.ask({"carts": [{"cartID": strangers(context, 1)[0]}]})
    any_case = bool(answer.readable and entries(answer))
    judge(Observed("CS-032", "cart-status-parameter-case", "any-case" if any_case else "exact-only", (answer.id,)))


def _way_of_refusing(answer: Answer, reading: str) -> str:
    codes = codes_of(answer)
    if WRONG_BODY in codes:
        return "refused-501"
    if NOT_FOUND in codes and reading not in ("cart-status-empty-list", "cart-status-empty-body"):
        return "refused-101"
    if answer.readable and not codes and answer.status < 400 and reading != "cart-status-empty-body":
        return "empty-answer"
    return "refused-otherwise"


def _codes(answer: Answer) -> str:
    codes = ", ".join(str(code) for code in codes_of(answer))
    return f", error {codes}" if codes else ""
