"""An exchange is the same after it was written down."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conformance.wire import Exchange, Request, Response

bodies = st.binary(max_size=60) | st.text(max_size=60).map(lambda text: text.encode("utf-8", "replace"))
headers = st.lists(st.tuples(st.text(max_size=9), st.text(max_size=9)), max_size=3).map(tuple)
requests = st.builds(Request, method=st.text(max_size=9), url=st.text(max_size=20), headers=headers, body=bodies)
responses = st.builds(Response, status=st.integers(100, 599), reason=st.text(max_size=9), headers=headers, body=bodies)
EXCHANGE = Exchange(
    id="x00001",
    operation="imaterialise/order-status getOrders",
    request=Request("POST", "http://shop.example/", (("Accept", "text/xml"),), b"asked"),
    response=Response(200, "OK", (("Content-Type", "text/xml"), ("Set-Cookie", "a"), ("Set-Cookie", "b")), b"<a/>"),
    failure="",
    at="2026-01-31T12:00:00.000+00:00",
    milliseconds=1.5,
    test="a test",
)


def read_back(exchange: Exchange) -> Exchange:
    return Exchange.from_json(json.loads(json.dumps(exchange.to_json())))


@settings(max_examples=50, deadline=None)
@given(request=requests, response=responses)
def test_an_exchange_survives_the_run_file(request: Request, response: Response) -> None:
    exchange = replace(EXCHANGE, request=request, response=response)
    assert read_back(exchange) == exchange


def test_an_exchange_without_an_answer_survives_the_run_file() -> None:
    exchange = replace(EXCHANGE, response=None, failure="no answer within the time limit")
    assert read_back(exchange) == exchange


def test_text_stands_readable_in_the_run_file_and_other_bytes_in_base64() -> None:
    line = replace(EXCHANGE, response=Response(200, "OK", (), b"\xff\x00")).to_json()
    assert (line["request"]["text"], line["response"]["base64"]) == ("asked", "/wA=")


@pytest.mark.parametrize("member", ["id", "request", "response", "failure", "milliseconds"])
def test_a_line_that_lacks_a_member_is_no_exchange(member: str) -> None:
    line = EXCHANGE.to_json()
    del line[member]
    with pytest.raises(KeyError, match=member):
        Exchange.from_json(line)


def test_a_header_is_found_in_any_letter_case_and_the_first_one_counts() -> None:
    assert EXCHANGE.response is not None
    assert [EXCHANGE.response.header(name) for name in ("content-TYPE", "set-cookie", "Date")] == ["text/xml", "a", ""]


def test_the_title_says_what_was_asked_and_how_it_ended() -> None:
    assert EXCHANGE.title == "POST http://shop.example/ → 200"
    assert replace(EXCHANGE, response=None, failure="no answer").title == "POST http://shop.example/ → no answer"
