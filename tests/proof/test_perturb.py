"""Altered answers: each kind alters something, and only what is documented changes the meaning."""

from __future__ import annotations

import json
import random
from dataclasses import replace

import pytest

from conformance.contract import Contract, load
from conformance.proof.alter import KINDS, LATE, Answer
from conformance.proof.meaning import changes_meaning

DANDOMAIN, MACKE, CARTS = load("dandomain/orders"), load("macke/orders"), load("imaterialise/cart-status")
ROWS = [{"id": 1, "siteId": 26, "comment": "a"}, {"id": 2, "siteId": 26, "comment": "b"}]
LIST = Answer(200, "application/json; charset=utf-8", json.dumps(ROWS).encode())
BEFORE = Answer(200, "application/json", b"[]")
CART = "0b4df18a-6fb5-4249-9506-f376e3177280"
ERROR = {"message": "Specified Cart was not found or wrong format.", "code": 101}
ENTRIES = [{"cartID": CART, "cartError": ERROR}, {"cartID": CART.replace("0", "1"), "cartError": ERROR}]
CARTS_ANSWER = Answer(200, "application/json", json.dumps({"carts": ENTRIES}).encode(), (("x-powered-by", "ASP.NET"),))
XML = Answer(200, "text/xml", (
    f"<CartStatusResponse><Carts><Cart><CartID>{CART}</CartID><CartError><Message>{ERROR['message']}</Message><Code>101"
    "</Code></CartError></Cart><Cart><CartID>x</CartID></Cart></Carts></CartStatusResponse>"
).encode())  # fmt: skip
OF_BODY = [kind for kind in KINDS if any(word in kind for word in ("member", "row", "value", "error"))]


def meant(before: Answer, after: Answer, contract: Contract, operation: str) -> bool:
    return changes_meaning(before, after, contract.operations[operation], contract)


@pytest.mark.parametrize("answer", [CARTS_ANSWER, XML], ids=["json", "xml"])
@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in (LATE, "another header")])
def test_every_kind_alters_an_ordinary_answer(kind: str, answer: Answer) -> None:
    made = [KINDS[kind](answer, random.Random(seed), BEFORE) for seed in range(20)]
    changed = [one[0] for one in made if one is not None]
    assert changed
    assert all(one != answer for one in changed)
    assert any(meant(answer, one, CARTS, "postCartStatuses") for one in changed)


def test_a_late_answer_is_the_same_answer() -> None:
    made = KINDS[LATE](CARTS_ANSWER, random.Random(1), None)
    assert made == (CARTS_ANSWER, "100 milliseconds")


def test_a_header_of_which_no_document_speaks_changes_no_meaning() -> None:
    made = KINDS["another header"](CARTS_ANSWER, random.Random(1), None)
    assert made is not None
    assert made[0].headers != CARTS_ANSWER.headers
    assert not meant(CARTS_ANSWER, made[0], CARTS, "postCartStatuses")


@pytest.mark.parametrize("kind", OF_BODY)
def test_what_is_neither_json_nor_xml_is_not_altered_inside(kind: str) -> None:
    assert KINDS[kind](Answer(200, "text/html", b"<p>"), random.Random(1), BEFORE) is None


@pytest.mark.parametrize("answer", [LIST, XML], ids=["json", "xml"])
def test_the_same_seed_alters_in_the_same_way(answer: Answer) -> None:
    once, again = (KINDS["alter a value"](answer, random.Random(7), None) for _ in range(2))
    assert once == again


@pytest.mark.parametrize(
    "after",
    [
        replace(LIST, content_type="application/json"),
        replace(LIST, body=json.dumps([{**row, "x": 1} for row in ROWS]).encode()),
        replace(LIST, body=json.dumps(ROWS, indent=1).encode()),
        replace(LIST, body=json.dumps([*reversed(ROWS)]).encode()),
    ],
    ids=["charset", "undocumented member", "blanks", "order of rows"],
)
def test_what_nobody_documents_changes_no_meaning(after: Answer) -> None:
    assert not meant(LIST, after, DANDOMAIN, "GetOrders")


def orders(*moments: int) -> Answer:
    rows = [{"order_id": place, "timestamp": moment, "status": "O"} for place, moment in enumerate(moments)]
    return Answer(200, "application/json", json.dumps({"orders": rows}).encode())


def swapped(answer: Answer) -> Answer:
    return replace(answer, body=json.dumps({"orders": [*reversed(answer.document["orders"])]}).encode())


def test_the_sequence_of_a_list_means_something_where_it_is_documented() -> None:
    assert meant(orders(2, 1), swapped(orders(2, 1)), MACKE, "listOrders")
    assert not meant(orders(1, 1), swapped(orders(1, 1)), MACKE, "listOrders")
    assert meant(CARTS_ANSWER, replace(CARTS_ANSWER, body=json.dumps({"carts": ENTRIES[::-1]}).encode()), CARTS,
                 "postCartStatuses")  # fmt: skip


@pytest.mark.parametrize(
    ("contract", "operation", "before", "after", "means"),
    [
        (MACKE, "listOrders", orders(2), replace(orders(2), status=404), True),
        (MACKE, "listOrders", orders(), replace(orders(), status=404), False),
        (DANDOMAIN, "GetOrders", LIST, replace(LIST, status=503), True),
        (DANDOMAIN, "GetOrder", Answer(404, "text/html", b"no"), Answer(200, "text/html", b"no"), False),
        (CARTS, "postCartStatuses", Answer(401, "text/html", b""), Answer(404, "text/html", b""), True),
        (CARTS, "postCartStatuses", Answer(401, "text/html", b"no"), Answer(401, "text/html", b"n"), False),
    ],
    ids=["refused and given", "an empty list", "a server error", "a refusal of no form", "another number", "a body of 401"],
)  # fmt: skip
def test_a_status_means_what_the_documents_say_of_it(
    contract: Contract, operation: str, before: Answer, after: Answer, means: bool
) -> None:
    assert meant(before, after, contract, operation) is means
