"""Filters, one at a time: the orders that fit, all of them and no others."""

from __future__ import annotations

import string
from contextlib import suppress

import pytest

from conformance.checks import Answer, Broken, Judge, Kept, NotTestable, Observed, Untested, verifies
from conformance.checks.outcome import kept_if
from conformance.suite.context import Context
from conformance.suite.macke.book import DEFAULT_SIZE, Blame
from conformance.suite.macke.clients import Question
from conformance.suite.macke.common import found_in, refused, refused_or, told
from conformance.suite.macke.every import STATUS_ROWS
from conformance.suite.macke.keeper import Keeper
from conformance.suite.macke.orders import HIDDEN, LETTERS, ids, named, orders_of, total_of
from conformance.suite.macke.own import own_orders
from conformance.target import Unmet

NOBODY = 1_999_999_998
SETTLED = [letter for letter in STATUS_ROWS if letter not in {HIDDEN, "E"}]


@pytest.mark.parametrize("letter", [pytest.param(letter, marks=verifies(STATUS_ROWS[letter])) for letter in SETTLED])
def test_a_status_lists_exactly_its_orders(keeper: Keeper, letter: str) -> None:
    keeper.listed(Question(status=letter), STATUS_ROWS[letter])


@verifies("MK-079", "MK-082")
def test_the_hidden_status_is_listed_only_when_asked_for(context: Context, keeper: Keeper, judge: Judge) -> None:
    answer = keeper.market.list(Question(status=HIDDEN, size=25))
    shown = [] if refused(answer) else orders_of(answer)
    wrong = [order.id for order in shown if order.status not in ("", HIDDEN)]
    judge(kept_if(not wrong, "MK-079", where="$.orders", expected="only orders in status N",
                  actual=f"{named(wrong)} in another status", exchanges=(answer.id,)))  # fmt: skip
    hidden = ids(shown) or _incomplete(context)
    option = refused_or(answer, lambda: "shown" if shown or _listed_now(keeper, hidden) else "nothing")
    judge(Observed("MK-079", "macke-orders-incomplete-filter", option, (answer.id,)))
    if not hidden:
        judge(Untested("MK-082", str(context.data.unmet("order.incomplete"))))
        return
    listed, evidence = keeper.everything(Question())
    stray = [order.id for order in listed if order.id in hidden or order.status == HIDDEN]
    judge(kept_if(not stray, "MK-082", where="$.orders", expected="no order in status N",
                  actual=named(stray), exchanges=evidence))  # fmt: skip


def _incomplete(context: Context) -> list[str]:
    """The id of an order in the hidden status, where anybody knows one."""
    with suppress(Unmet):
        return [own_orders(context).lent_for_looking("order.incomplete")]
    return []


def _listed_now(keeper: Keeper, hidden: list[str]) -> bool:
    """Whether an order that was made meanwhile is listed under N."""
    return bool({*hidden} & {*found_in(keeper.market.list(Question(status=HIDDEN, size=25)))})


@verifies("MK-080")
def test_the_unpaid_orders_are_recorded(keeper: Keeper, judge: Judge) -> None:
    question = Question(status="E", size=25)
    answer = keeper.market.list(question)
    option = keeper.how_filtered(answer, question)
    unpaid = [order for order in keeper.book.orders if order.status == "E"]
    shown = [] if refused(answer) else orders_of(answer)
    lost = [order.id for order in shown if keeper.book.whole and order.id not in keeper.book.by_id()]
    if lost and not keeper.steady.data_changed():
        judge(Broken("MK-039", "$.orders", f"order {lost[0]}, which status=E lists, in the list without filters",
                     "not listed", (answer.id, *keeper.book.evidence)))  # fmt: skip
    exact = bool(shown) and all(order.status in ("E", "") for order in shown)
    for order in shown[:1] if not exact else ():
        judge(keeper.agrees(order, "MK-037"))  # the filter may be ignored, and then the details show that status too
    judge(Observed("MK-080", "macke-orders-filter-unpaid", "exact" if exact or not (shown or unpaid) else option,
                   (answer.id,)))  # fmt: skip


@verifies("MK-081")
def test_several_statuses_are_recorded(keeper: Keeper, judge: Judge) -> None:
    present = list(dict.fromkeys(order.status for order in keeper.book.orders if order.status in SETTLED))[:2]
    if len(present) < 2:
        raise NotTestable("needs orders in two different statuses; the target shows none: place some there")
    question = Question(more=tuple(("status[]", letter) for letter in present), size=25)
    answer = keeper.market.list(question)
    option = keeper.how_filtered(answer, question)
    if option == "other":
        letters = {order.status for order in orders_of(answer)}
        option = "any-of" if letters == {*present} else "one-counts" if letters < {*present} else "other"
    judge(Observed("MK-081", "macke-orders-several-statuses", option, (answer.id,)))


@verifies("MK-083", "MK-084", "MK-085")
def test_letters_that_are_no_status_are_recorded(keeper: Keeper, judge: Judge) -> None:
    used = {order.status for order in keeper.book.orders}
    free = next(letter for letter in "XQZJ" + string.ascii_uppercase if letter not in used and letter not in LETTERS)
    for letter, requirement, reading in ((free, "MK-083", "unknown-letter-filter"), ("", "MK-084", "empty-status-filter")):
        question = Question(status=letter, size=25)
        answer = keeper.market.list(question)
        judge(Observed(requirement, f"macke-orders-{reading}", keeper.how_filtered(answer, question), (answer.id,)))
    option = "documented-only" if used <= {*LETTERS, ""} else "others-too"
    judge(Observed("MK-085", "macke-orders-status-letters", option, keeper.book.evidence))


@verifies("MK-090", "MK-092", "MK-111")
def test_a_customer_lists_exactly_his_orders(keeper: Keeper, judge: Judge) -> None:
    users = keeper.users()
    if not users:
        raise NotTestable("needs an order of a registered customer; the target shows none: place one there")
    for user in users[:3]:
        answer = keeper.listed(Question(user=user), "MK-090")
    judge(_total_fits(keeper, answer, Question(user=user)))
    judge(_nothing(keeper.market.list(Question(user=NOBODY)), "MK-092", "a user_id that nobody has"))


def _total_fits(keeper: Keeper, answer: Answer, question: Question) -> Kept | Broken | Observed:
    total, due = total_of(answer), keeper.book.total(question, keeper.email)
    if total is None:
        return Observed("MK-111", "macke-orders-total-items", "absent", (answer.id,))
    if due is None or total == due or keeper.steady.data_changed():
        return Kept("MK-111", (answer.id,))
    return Broken("MK-111", "$.params.total_items", str(due), str(total), (answer.id, *keeper.book.evidence))


def _nothing(answer: Answer, requirement: str, what: str) -> Kept | Broken:
    shown = found_in(answer)
    return kept_if(not shown, requirement, where="$.orders", expected=f"no order for {what}",
                   actual=told(answer), exchanges=(answer.id,))  # fmt: skip


@verifies("MK-091")
def test_the_customer_id_of_guests_is_recorded(keeper: Keeper, judge: Judge) -> None:
    question = Question(user=0, size=25)
    answer = keeper.market.list(question)
    option = keeper.how_filtered(answer, question)
    if option == "other" and all(order.user == 0 for order in orders_of(answer)):
        option = "guests"
    judge(Observed("MK-091", "macke-orders-guest-filter", option, (answer.id,)))


@verifies("MK-093", "MK-094", "MK-096")
def test_an_address_lists_the_orders_of_its_customer(keeper: Keeper, judge: Judge) -> None:
    emails = keeper.emails()
    if not emails:
        raise NotTestable("needs an order that shows an e-mail address; the target shows none: place one there")
    for email in emails[:4]:
        keeper.listed(Question(email=email), "MK-093", stray="MK-094")
    nobody = f"nobody-{keeper.context.random('address').getrandbits(40):x}@example.com"
    judge(_nothing(keeper.market.list(Question(email=nobody)), "MK-096", "an address that nobody has"))


@verifies("MK-094", "MK-095")
def test_how_addresses_are_compared_is_recorded(keeper: Keeper, judge: Judge) -> None:
    email, seen = keeper.email, keeper.book.evidence
    judge(Observed("MK-094", "macke-orders-email-match", "partial" if email.partial else "exact", seen))
    cased = "no-letters" if not keeper.emails() else "any-case" if email.any_case else "exact-case"
    judge(Observed("MK-095", "macke-orders-email-case", cased, seen))


@verifies("MK-097", "MK-098")
def test_an_invoice_lists_exactly_its_order(context: Context, keeper: Keeper, judge: Judge) -> None:
    invoices = keeper.invoices()
    for invoice in invoices[:3]:
        keeper.listed(Question(invoice=invoice), "MK-097")
    if not invoices:
        named_invoice = int(own_orders(context).lent_for_looking("order.invoiced", "invoiceId"))
        answer = keeper.market.list(Question(invoice=named_invoice))
        judge(kept_if(len(found_in(answer)) == 1, "MK-097", where="$.orders", exchanges=(answer.id,),
                      expected=f"the order with invoice {named_invoice}", actual=told(answer)))  # fmt: skip
    judge(_nothing(keeper.market.list(Question(invoice=NOBODY)), "MK-098", "an invoice_id that does not exist"))


@verifies("MK-042")
def test_a_page_of_a_filter_has_ten_orders_too(keeper: Keeper) -> None:
    book, email = keeper.book, keeper.email
    letters = {order.status for order in book.orders} & {*SETTLED}
    questions = [
        *(Question(status=letter) for letter in sorted(letters)),
        *(Question(user=user) for user in keeper.users()),
        *(Question(email=address) for address in keeper.emails()),
    ]
    most = max(questions, key=lambda question: book.total(question, email) or 0, default=Question())
    if (book.total(most, email) or 0) <= DEFAULT_SIZE:
        most = Question()  # no filter has more: what is left to ask is the list itself
    keeper.page(most, Blame("MK-107", "MK-107", "MK-108", "MK-042"))


@verifies("MK-109")
def test_a_parameter_that_the_list_does_not_know_is_recorded(keeper: Keeper, judge: Judge) -> None:
    question = Question(more=(("conformance", "1"),), size=25)
    answer = keeper.market.list(question)
    option = keeper.how_filtered(answer, question)
    judge(Observed("MK-109", "macke-orders-unknown-parameter", "other" if option == "nothing" else option, (answer.id,)))

