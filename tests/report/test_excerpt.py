"""Bodies as a reader sees them."""

from __future__ import annotations

import json

import pytest

from conformance.wire.excerpt import LINES, Excerpt, excerpt, visible

BOOK = {"orders": [{"orderNumber": f"IMC{number}", "items": [], "price": number} for number in range(50)], "end": 1}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain — words 界 🙂", "plain — words 界 🙂"),
        ("a\nb", "a\nb"),
        ("\x1b[31m\x07\t\r\x00", r"\x1b[31m\x07\t\r\x00"),
        ("\u202e\u2066\u200b\ufeff\u2028\xa0\x85", r"\u202e\u2066\u200b\ufeff\u2028\xa0\x85"),
        ("\ud800", r"\ud800"),
    ],
)
def test_what_a_terminal_would_obey_or_hide_is_made_visible(text: str, shown: str) -> None:
    assert visible(text) == shown


@pytest.mark.parametrize(
    ("where", "line"),
    [
        ("$.orders[0].orderNumber", '      "orderNumber": "IMC0",'),
        ("$.orders[31].price", '      "price": 31'),
        ("$.orders[49].items", '      "items": [],'),
        ("$.orders[20].absent", '      "orderNumber": "IMC20",'),
        ("$.end", '  "end": 1'),
    ],
)
def test_an_excerpt_lies_around_the_place_in_json(where: str, line: str) -> None:
    shown = excerpt(json.dumps(BOOK).encode(), where)
    assert len(shown.lines) == LINES
    assert line in shown.lines
    every = json.dumps(BOOK, indent=2).splitlines()
    assert shown.above + len(shown.lines) + shown.below == len(every)
    assert list(shown.lines) == every[shown.above : shown.above + LINES]


def test_an_excerpt_lies_around_the_place_in_xml() -> None:
    orders = "".join(f"<Order><Number>IMC{number}</Number></Order>" for number in range(50))
    shown = excerpt(f'<R xmlns="urn:x"><Orders>{orders}</Orders></R>'.encode(), "/R/Orders/Order[31]/Number")
    assert "      <Number>IMC30</Number>" in shown.lines
    assert (shown.above > 0, shown.below > 0) == (True, True)


@pytest.mark.parametrize("where", ["", "status", "header Content-Type", "$", "/R", "reading x", "$.no.such[7].place"])
def test_a_place_outside_of_the_body_shows_its_first_lines(where: str) -> None:
    assert excerpt(b'{"a":1}', where) == Excerpt(("{", '  "a": 1', "}"))


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        (b"", ()),
        (b"  \n", ()),
        (b"<html><p>It works", ("<html><p>It works",)),
        (b"{broken\r\nbody}", ("{broken", "body}")),
        (b"\xff\xfe\x1b", (r"\xff\xfe\x1b",)),
        (b'\xef\xbb\xbf{"a":1}', ("{", '  "a": 1', "}")),
        (b"[" * 100_000, ("[" * 239 + "…",)),
        # An entity is never resolved, whatever it names.
        (
            b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>',
            ('<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>',),
        ),
    ],
)
def test_any_bytes_can_be_shown(body: bytes, lines: tuple[str, ...]) -> None:
    shown = excerpt(body, "$.x").lines
    assert shown[-len(lines) :] == lines if lines else shown == ()
