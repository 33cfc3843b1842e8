"""What follows from an interval's two ends, and from dates in either format, whatever the zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from conformance.suite.dandomain.interval import Interval
from conformance.suite.dandomain.orders import Order, equal, instant, text_of

MAY = Interval(date(2026, 5, 1), date(2026, 5, 31))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "sure"),
    [
        ("2026-04-30T21:59:00", "out"),  # the last minute of April in Danish time
        ("2026-04-30T22:30:00", None),  # May in Danish time, April in UTC
        ("2026-05-01T00:00:01", None),
        ("2026-05-01T00:00:03", "in"),
        ("2026-05-30T21:59:00", "in"),
        ("2026-05-31T12:00:00", None),  # a date as end may stand for its first or its last moment
        ("2026-06-01T00:00:03", "out"),
    ],
)
def test_only_what_every_reading_agrees_on_is_sure(moment: str, sure: str | None) -> None:
    holds, excludes = MAY.certainly_holds(at(moment)), MAY.certainly_excludes(at(moment))
    assert (holds, excludes) == (sure == "in", sure == "out")


def test_an_end_with_a_time_of_day_is_sure_to_the_zone() -> None:
    interval = Interval(datetime(2026, 5, 1, 12), datetime(2026, 5, 1, 18))
    assert interval.certainly_holds(at("2026-05-01T14:00:00"))
    assert not interval.certainly_holds(at("2026-05-01T17:00:00"))  # 19:00 in Danish time
    assert interval.certainly_excludes(at("2026-05-01T18:00:03"))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("/Date(1427376499000+0100)/", "2015-03-26T13:28:19"),
        ("/Date(1427376499000-0500)/", "2015-03-26T13:28:19"),
        ("/Date(1427376499000)/", "2015-03-26T13:28:19"),
        ("2015-03-26T14:28:19", "2015-03-26T13:28:19"),
        ("2015-06-26T14:28:19", "2015-06-26T12:28:19"),
        ("2015-06-26T14:28:19Z", "2015-06-26T14:28:19"),
    ],
)
def test_a_date_is_the_same_moment_in_either_format(value: str, expected: str) -> None:
    assert instant(value) == at(expected)


@pytest.mark.parametrize("value", [None, 5, "", "yesterday", "/Date(x)/", "/Date(99999999999999999999)/", {"a": 1}])
def test_what_is_no_date_names_no_moment(value: Any) -> None:
    assert instant(value) is None


def test_the_hour_that_comes_twice_is_either_of_the_two() -> None:
    local = "2026-10-25T02:30:00"
    first = int(at("2026-10-25T00:30:00").timestamp() * 1000)
    for hours in (0, 1):
        assert equal(local, f"/Date({first + hours * 3_600_000}+0200)/")
    assert not equal(local, f"/Date({first + 2 * 3_600_000}+0200)/")


def test_xml_may_leave_a_fraction_of_a_second_out() -> None:
    assert equal("/Date(1427376499497+0100)/", "2015-03-26T14:28:19")
    assert not equal("/Date(1427376499000+0100)/", "2015-03-26T14:28:21")


@pytest.mark.parametrize("state", [None, {}, {"id": None}, ...])
def test_an_order_without_state_may_say_so_in_several_ways(state: object) -> None:
    raw: dict[str, Any] = {} if state is ... else {"orderState": state}
    assert Order(raw).state == ""


@pytest.mark.parametrize(("value", "text"), [(17, "17"), ("17", "17"), (17.0, "17"), (True, ""), (None, ""), ([], "")])
def test_an_id_is_a_number_or_a_text(value: object, text: str) -> None:
    assert text_of(value) == text


def test_lines_without_a_number_as_quantity_do_not_count() -> None:
    odd = [{"productId": 305, "quantity": "2"}, "x", {"productId": None, "quantity": 1}]
    rows = [{"productId": "304", "quantity": 2}, *odd]
    assert Order({"orderLines": rows}).lines == [("304", 2.0), ("", 1.0)]


def test_reversed_ends_hold_nothing() -> None:
    reversed_ = Interval(date(2026, 5, 31), date(2026, 5, 1))
    days = [at("2026-04-01T00:00:00") + timedelta(days=day) for day in range(90)]
    assert not any(reversed_.certainly_holds(day) for day in days)
    assert all(reversed_.certainly_excludes(day) for day in days)
