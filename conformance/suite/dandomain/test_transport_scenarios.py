"""What holds for every operation: the address, the formats, and that two formats say the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from conformance.checks import Answer, Judge, NotApplicable, Observed, verifies
from conformance.checks.compare import differences
from conformance.checks.outcome import Broken, kept_if
from conformance.contract import Format
from conformance.suite.context import Context
from conformance.suite.dandomain.book import Bookkeeper
from conformance.suite.dandomain.clients import Shop
from conformance.suite.dandomain.common import state_ids, succeeded, succeeds, told
from conformance.suite.dandomain.orders import equal
from conformance.suite.dandomain.shopdata import ShopData

DAY = timedelta(days=1)
Question = Callable[[Shop, ShopData, Bookkeeper], Answer]
READS: dict[str, Question] = {
    "GetOrders": lambda shop, data, keeper: shop.created(keeper.tomorrow - 30 * DAY, keeper.tomorrow),
    "GetOrder": lambda shop, data, keeper: shop.get(data.spare().id),
    "GetOrdersByCustomerNumber": lambda shop, data, keeper: shop.of_customer(data.spare().customer or "1"),
    "GetOrdersInModifiedInterval": lambda shop, data, keeper: shop.modified(keeper.tomorrow - 30 * DAY, keeper.tomorrow),
    "GetOrderStates": lambda shop, data, keeper: shop.states(),
}
every_read = pytest.mark.parametrize("question", list(READS.values()), ids=list(READS))


@verifies("DD-001", "DD-013")
@every_read
def test_the_service_answers_at_its_address(
    shop: Shop, data: ShopData, keeper: Bookkeeper, judge: Judge, question: Question
) -> None:
    answer = question(shop, data, keeper)
    judge(succeeded(answer, "DD-001", "an answer to an ordinary question"))
    if answer.status < 300:
        judge(kept_if(answer.readable, "DD-013", where="$", expected="what the operation returns", actual=told(answer),
                      exchanges=(answer.id,)))  # fmt: skip
    else:
        judge(Broken("DD-013", "status", "HTTP 200", f"HTTP {answer.status}", (answer.id,)))


@verifies("DD-012")
def test_the_operations_without_a_sample_are_where_clients_find_them(
    shop: Shop, data: ShopData, keeper: Bookkeeper, judge: Judge
) -> None:
    order = data.scratch()
    states = shop.states()
    answers = [
        states,
        READS["GetOrdersByCustomerNumber"](shop, data, keeper),
        READS["GetOrdersInModifiedInterval"](shop, data, keeper),
        shop.set_comment(order.id, "ABC"),
        shop.set_track_number(order.id, "ABC"),
    ]
    if ids := state_ids(states):
        answers.append(shop.set_state(order.id, ids[0]))
    for answer in answers:
        judge(succeeded(answer, "DD-012", f"a success from {answer.operation.method} {answer.operation.path}"))


@verifies("DD-011")
def test_both_spellings_of_the_path_are_understood(shop: Shop, judge: Judge) -> None:
    operation = shop.api.contract.operations["GetOrderStates"]
    other = operation.path.replace("/endpoints/", "/Endpoints/")
    answer = shop.api.ask("GetOrderStates", address=other)
    option = "both" if succeeds(answer) else "one"
    judge(Observed("DD-011", "dandomain-orders-path-case", option, (answer.id,)))


@verifies("DD-005")
def test_without_accept_the_answer_is_json(shop: Shop, judge: Judge) -> None:
    answer = shop.states(accept=None)
    judge(succeeded(answer, "DD-005", "an answer also without Accept"))
    if answer.format:
        judge(Observed("DD-005", "dandomain-orders-default-format", str(answer.format), (answer.id,)))


@verifies("DD-006", "DD-007", "DD-008", "DD-009")
@every_read
def test_how_a_request_for_xml_is_answered_is_recorded(
    shop: Shop, data: ShopData, keeper: Bookkeeper, context: Context, judge: Judge, question: Question
) -> None:
    if not context.target.offers(Format.XML):
        raise NotApplicable(f"{context.target.name} offers no XML")
    answer = xml_of(shop, question, data, keeper)
    if answer.response.status >= 300:
        judge(Observed("DD-006", "dandomain-orders-format-choice", "refused", (answer.id,)))
    if answer.response.status >= 300 or answer.format is not Format.XML:
        raise NotApplicable("the target answers no XML where Accept asks for it")
    if answer.says_success or not answer.is_well_formed:
        return  # the checks on every answer have recorded its form, or said that it has none
    judge(
        Observed("DD-006", "dandomain-orders-format-choice", "as-asked", (answer.id,)),
        Observed("DD-007", "dandomain-orders-xml-form", "other", (answer.id,)),
        Observed("DD-008", "dandomain-orders-xml-root", "other", (answer.id,)),
        Observed("DD-009", "dandomain-orders-xml-namespace", "some" if answer.xml.namespace else "none", (answer.id,)),
    )


def xml_of(shop: Shop, question: Question, data: ShopData, keeper: Bookkeeper) -> Answer:
    """The answer to a question asked in XML."""
    return question(replace(shop, accept=Format.XML), data, keeper)


@verifies("DD-010")
@pytest.mark.parametrize("which", ["GetOrder", "GetOrders"])
def test_both_formats_say_the_same(
    shop: Shop, data: ShopData, keeper: Bookkeeper, context: Context, judge: Judge, which: str
) -> None:
    if not context.target.offers(Format.XML):
        raise NotApplicable(f"{context.target.name} offers no XML")
    json_answer, xml_answer = READS[which](shop, data, keeper), xml_of(shop, READS[which], data, keeper)
    if not succeeds(xml_answer) or xml_answer.format is not Format.XML:
        raise NotApplicable("the target answers no XML where Accept asks for it")
    schema = json_answer.operation.answer.schema
    found = next(differences(json_answer.value, xml_answer.value, schema, (), equal), None)
    option = "different" if found else "same"
    judge(Observed("DD-010", "dandomain-orders-xml-same-values", option, (json_answer.id, xml_answer.id)))
