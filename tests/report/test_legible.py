"""Expected and actual values as a reader can tell them apart."""

from __future__ import annotations

import pytest

from conformance.report.legible import legible, moments
from conformance.run.finding import Finding, Verdict


def told(expected: str, actual: str, where: str = "$.comment", verdict: Verdict = Verdict.FAIL) -> tuple[str, str]:
    shown = legible(Finding("DD-656-1", verdict, "DD-656", "dandomain/orders", "a test", where, expected, actual))
    return shown.expected, shown.actual


@pytest.mark.parametrize(
    ("expected", "actual", "shown"),
    [
        ("", "absent", ('""', "absent")),
        ("", "IMC1", ('""', '"IMC1"')),
        ("true or false", "", ("true or false", '""')),
        ("IMC1 ", "IMC1", ('"IMC1␣"', '"IMC1"')),
        (" two words", "two words", ('"␣two words"', "two words")),
        ("two  words", "two words", ("two␣␣words", "two words")),
        ("a\tb\n", "a b", ('"a[U+0009]b\\n"', "a b")),
        ("a\xa0b", "a b", ("a[U+00A0]b", "a b")),
        ("a\u200bb\u202ec", "abc", ("a[U+200B]b[U+202E]c", "abc")),
        ("a\ud800", "a", ("a\ud800", "a")),
        ("Caf\u00e9", "Cafe\u0301", ("Caf[U+00E9]", "Cafe[U+0301]")),
        ("\uff11\uff12", "12", ("[U+FF11][U+FF12]", "12")),
        ("Café", "Cafe", ("Café", "Cafe")),
        ("0", "'0'", ("0", '"0"')),
        ("IMC1", "'IMC2'", ('"IMC1"', '"IMC2"')),
        ("'IMC1', as in the other answer (x1)", "'IMC2'", ('"IMC1", as in the other answer (x1)', '"IMC2"')),
        ("null", "'a \\'b\\''", ("null", "\"a 'b'\"")),
        ("one order", "no order", ("one order", "no order")),
        ("error 509 “No.”", "error 508 “No.”", ("error 509 “No.”", "error 508 “No.”")),
    ],
)
def test_every_difference_between_two_values_shows(expected: str, actual: str, shown: tuple[str, str]) -> None:
    assert told(expected, actual) == shown


def test_where_nothing_was_expected_nothing_is_put_into_quotation_marks() -> None:
    assert told("", "KeyError: 'x'", verdict=Verdict.SUITE_ERROR) == ("", "KeyError: 'x'")


@pytest.mark.parametrize(
    ("text", "where", "when"),
    [
        ("/Date(1234567890000)/", "", "2009-02-13 23:31:30 UTC"),
        ('"createdDate": "\\/Date(1234567890123+0100)\\/",', "", "2009-02-14 00:31:30.123 +01:00"),
        ("/Date(-62135596800000)/", "", "0001-01-01 00:00:00 UTC"),
        ("/Date(999999999999999)/", "", ""),
        ("/Date(1234567890000+9900)/", "", ""),
        ("1700000000", "$.orders[0].updated_at", "2023-11-14 22:13:20 UTC"),
        ("timestamps 1700000000, 1700000001", "$.orders", "2023-11-14 22:13:20 UTC, 2023-11-14 22:13:21 UTC"),
        ('"order_id": 1700000000,', "$.orders[0].order_id", ""),
        ("11700000000", "$.timestamp", ""),
    ],
)
def test_points_in_time_that_are_counted_are_told_as_dates(text: str, where: str, when: str) -> None:
    assert moments(text, where) == when
    assert told(text, "x", where)[0] == (f"{text} ({when})" if when else text)
