"""No secret survives, in whatever form it travels."""

from __future__ import annotations

import base64
import html
import json
from collections.abc import Callable
from urllib.parse import quote, quote_plus
from xml.sax.saxutils import escape, quoteattr

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from conformance.wire import Redactor
from conformance.wire.redaction import marker

NAME = "api_code"
MARK = marker(NAME)
ascii_secrets = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=4, max_size=40)
secrets = ascii_secrets | st.text(st.characters(min_codepoint=33, max_codepoint=0x3FF, exclude_categories=["C", "Z"]),
                                  min_size=4, max_size=20)  # fmt: skip
around = st.text(st.characters(codec="utf-8"), max_size=12)

FORMS: dict[str, Callable[[str], str]] = {
    "plain": str,
    "URL-encoded": lambda secret: quote(secret, safe=""),
    "URL-encoded but for slashes": quote,
    "form-encoded": quote_plus,
    "JSON": lambda secret: json.dumps(secret, ensure_ascii=False)[1:-1],
    "JSON in ASCII": lambda secret: json.dumps(secret)[1:-1],
    "JSON with escaped slashes": lambda secret: json.dumps(secret)[1:-1].replace("/", r"\/"),
    "XML text": escape,
    "XML attribute": lambda secret: quoteattr(secret)[1:-1],
    "HTML": html.escape,
}


def survives(form: str, redacted: str) -> bool:
    return form.casefold() in redacted.replace(MARK, "\0").casefold()


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
@settings(max_examples=50, deadline=None)
@given(secret=secrets, before=around, after=around)
@example(secret="""a"b'c&d<e>/f+g%h\\i""", before="", after="")
def test_a_secret_is_taken_out_in_each_form(
    form: Callable[[str], str], secret: str, before: str, after: str
) -> None:
    text = f"{before}{form(secret)}{after}"
    redactor = Redactor({NAME: secret})
    assert MARK in redactor.text(text)
    assert not survives(form(secret), redactor.text(text))
    assert MARK.encode() in redactor.data(text.encode())
    assert not survives(form(secret), redactor.data(text.encode()).decode())


@settings(max_examples=50, deadline=None)
@given(secret=ascii_secrets, before=around, after=around, upper=st.booleans())
def test_letter_case_hides_no_secret(secret: str, before: str, after: str, upper: bool) -> None:
    text = f"{before}{secret.upper() if upper else secret.lower()}{after}"
    redactor = Redactor({NAME: secret})
    assert not survives(secret, redactor.text(text))
    assert not survives(secret, redactor.data(text.encode()).decode())


@settings(max_examples=50, deadline=None)
@given(secret=secrets, user=st.binary(max_size=7), after=st.binary(max_size=4), safe=st.booleans())
def test_a_secret_is_taken_out_of_base64_at_each_offset(secret: str, user: bytes, after: bytes, safe: bool) -> None:
    before, raw = user + b":", secret.encode()
    encoded = (base64.urlsafe_b64encode if safe else base64.b64encode)(before + raw + after).decode()
    # The letters that the secret alone decides.
    sure = encoded[-(-8 * len(before) // 6) : 8 * (len(before) + len(raw)) // 6]
    redactor = Redactor({NAME: secret})
    for redacted in (redactor.text(encoded), redactor.data(encoded.encode()).decode()):
        assert MARK in redacted
        assert len(redacted) - len(MARK) * redacted.count(MARK) <= len(encoded) - len(sure)


@settings(max_examples=50, deadline=None)
@given(text=around, data=st.binary(max_size=20))
def test_without_a_secret_everything_stays_as_it_is(text: str, data: bytes) -> None:
    assert Redactor({}).text(text) == text
    assert Redactor({}).data(data) == data


def test_each_mark_names_its_credential() -> None:
    redactor = Redactor({"email": "me@shop.example", "api_key": "k-123456"})
    basic = base64.b64encode(b"me@shop.example:k-123456").decode()
    assert redactor.text("me@shop.example k-123456") == "[redacted:email] [redacted:api_key]"
    assert redactor.headers([("X-K-123456", f"Basic {basic}")])[0][0] == "X-[redacted:api_key]"
    assert "[redacted:email]" in redactor.text(basic)
    assert "[redacted:api_key]" in redactor.text(basic)


def test_a_secret_that_contains_another_is_taken_out_whole() -> None:
    redactor = Redactor({"short": "abcdef", "long": "abcdefxx"})
    assert redactor.text("abcdefxx abcdef") == "[redacted:long] [redacted:short]"


def test_a_value_of_three_letters_is_left_because_every_body_holds_it_by_chance() -> None:
    assert Redactor({"pin": "abc"}).text("abc alphabet") == "abc alphabet"
    assert Redactor({"pin": ""}).data(b"anything") == b"anything"


def test_bytes_that_are_no_text_stay_around_the_mark() -> None:
    assert Redactor({NAME: "s3cret"}).data(b"\xff\x00S3CRET\xfe") == b"\xff\x00" + MARK.encode() + b"\xfe"


def test_of_a_basic_authorization_nothing_stays_but_the_scheme() -> None:
    value = "Basic " + base64.b64encode(b"shop@example.com:0123456789abcdef").decode()
    redactor = Redactor({"email": "shop@example.com", "api_key": "0123456789abcdef"})
    assert redactor.headers([("authorization", value)]) == (("authorization", "Basic [redacted:email][redacted:api_key]"),)
    assert redactor.headers([("Authorization", "Basic other")]) == (("Authorization", "Basic other"),)
