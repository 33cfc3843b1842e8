"""Bodies cut around what matters."""

from __future__ import annotations

import json

import pytest

from conformance.report.cut import MARK, cut

ITEMS = [{"finish": "a"}, {"finish": "b"}]
ORDERS = [{"orderID": f"id-{number}", "orderNumber": f"IMC{number}", "price": number, "items": ITEMS, "status": 1}
          for number in range(50)]  # fmt: skip
BOOK = json.dumps({"orders": ORDERS, "requestError": None}).encode()


def test_the_way_to_a_place_is_shown_in_full_and_what_stands_beside_it_is_counted() -> None:
    assert cut(BOOK, "$.orders[31].items[1].finish") == [
        "{",
        '  "orders": [',
        "    … 31 more",
        "    {",
        '      "orderID": "id-31",',
        '      "orderNumber": "IMC31",',
        '      "price": 31,',
        '      "items": [',
        "        … 1 more",
        "        {",
        f'          "finish": "b"{MARK}',
        "        }",
        "      ],",
        "      … 1 more",
        "    },",
        "    … 18 more",
        "  ],",
        '  "requestError": null',
        "}",
    ]


def test_an_absent_member_marks_what_should_hold_it_with_all_that_it_holds() -> None:
    assert cut(BOOK, "$.orders[0].items[0].colour")[7:9] == [f"        {{{MARK}", '          "finish": "a"']


def test_the_entries_that_hold_a_value_are_one_line_each() -> None:
    assert cut(BOOK, words={"IMC7", "IMC40"}) == [
        "{",
        '  "orders": [',
        "    … 7 more",
        f'    {{ "orderNumber": "IMC7" … 4 more }},{MARK}',
        "    … 32 more",
        f'    {{ "orderNumber": "IMC40" … 4 more }},{MARK}',
        "    … 9 more",
        "  ],",
        '  "requestError": null',
        "}",
    ]


def test_xml_is_cut_alike() -> None:
    orders = "".join(f"<Order><Number>IMC{number}</Number><Empty/></Order>" for number in range(30))
    body = f'<?xml version="1.0"?><R xmlns="urn:x" a="&quot;"><Orders>{orders}</Orders></R>'.encode()
    assert cut(body, "/R/Orders/Order[21]/Number") == [
        '<R xmlns="urn:x" a=\'"\'>',
        "  <Orders>",
        "    … 20 more",
        "    <Order>",
        f"      <Number>IMC20</Number>{MARK}",
        "      <Empty/>",
        "    </Order>",
        "    … 9 more",
        "  </Orders>",
        "</R>",
    ]
    assert f"    <Order> <Number>IMC7</Number> … 1 more </Order>{MARK}" in cut(body, words=["IMC7"])


def test_numbers_stay_as_they_were_written() -> None:
    assert cut(b'{"a": 1.50, "b": [1E2, -0, 12345678901234567890.10]}', "$.b[1]") == [
        "{", '  "a": 1.50,', '  "b": [', "    … 1 more", f"    -0,{MARK}", "    … 1 more", "  ]", "}",
    ]  # fmt: skip


def test_a_member_that_stands_there_twice_is_shown_twice() -> None:
    assert cut(b'{"a": 1, "a": {}}', "$.a") == ["{", f'  "a": 1,{MARK}', f'  "a": {{}}{MARK}', "}"]


@pytest.mark.parametrize("where", ["", "status", "header Content-Type", "$", "/R", "reading x"])
def test_a_place_outside_of_the_body_shows_its_beginning(where: str) -> None:
    assert [line.removesuffix(MARK) for line in cut(b'{"a": [1, {"b": 2}]}', where)] == [
        "{", '  "a": [ 1 … 1 more ]', "}",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        (b"", []),
        (b"[]", ["[]"]),
        (b"<html><p>It works", ["<html><p>It works"]),
        (b"{broken", ["{broken"]),
        (b'{"a": "\\u001b[2J\\u202e\\nb"}', ["{", r'  "a": "\u001b[2J\u202e\nb"', "}"]),
        (b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>', ["<x/>"]),
        (b"\xef\xbb\xbf[1]", ["[", "  1", "]"]),
    ],
)
def test_any_bytes_can_be_shown(body: bytes, lines: list[str]) -> None:
    assert [line.removesuffix(MARK) for line in cut(body, "$.x.y")] == lines


@pytest.mark.parametrize("body", [
    b"[" * 100_000, b"[" * 900 + b"]" * 900, b"<a>" * 5000 + b"</a>" * 5000, b'{"a": "' + b"x" * 3_000_000 + b'"}',
    json.dumps({f"m{number}": "word " * 200 for number in range(5000)}).encode(),
])  # fmt: skip
def test_a_hostile_body_gives_few_short_lines(body: bytes) -> None:
    lines = cut(body, "$.a[0].b[7]", {"word1"})
    assert (len(lines) < 50, max(map(len, lines)) <= 260) == (True, True)
