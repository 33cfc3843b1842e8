"""Altered answers: each kind alters something, and only what is documented changes the meaning."""

from __future__ import annotations

import json
import random

import pytest

from conformance.contract import load
from conformance.proof.perturb import KINDS, Answer, changes_meaning

OPERATION = load("dandomain/orders").operations["GetOrders"]
ROWS = [{"id": 1, "siteId": 26, "comment": "a"}, {"id": 2, "siteId": 26, "comment": "b"}]
LIST = Answer(200, "application/json; charset=utf-8", json.dumps(ROWS).encode())
BEFORE = Answer(200, "application/json", b"[]")


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_alters_an_ordinary_answer(kind: str) -> None:
    made = KINDS[kind](LIST, random.Random(1), BEFORE)
    assert made is not None
    assert made[0] != LIST
    assert changes_meaning(LIST, made[0], OPERATION)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if "member" in kind or "row" in kind or "value" in kind])
def test_what_is_no_json_is_not_altered_inside(kind: str) -> None:
    assert KINDS[kind](Answer(200, "text/html", b"<p>"), random.Random(1), BEFORE) is None


def test_the_same_seed_alters_in_the_same_way() -> None:
    once, again = (KINDS["alter a value"](LIST, random.Random(7), None) for _ in range(2))
    assert once == again


@pytest.mark.parametrize(
    "after",
    [
        Answer(200, "application/json", LIST.body),
        Answer(200, LIST.content_type, json.dumps([{**row, "x": 1} for row in ROWS]).encode()),
        Answer(200, LIST.content_type, json.dumps(ROWS, indent=1).encode()),
    ],
    ids=["charset", "undocumented member", "blanks"],
)
def test_what_nobody_documents_changes_no_meaning(after: Answer) -> None:
    assert not changes_meaning(LIST, after, OPERATION)
