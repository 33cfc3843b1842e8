"""An interval as it stands in a question, and what certainly lies in it or outside.

Where an interval begins and ends is not documented to the hour: the zone of a date without one, whether an end belongs to
the interval. So only that is certain on which every reading agrees.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from conformance.suite.dandomain.orders import SHOP_ZONE

Moment = date | datetime | str
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_ZONES = (UTC, ZoneInfo(SHOP_ZONE))
_EDGE = timedelta(seconds=2)


@dataclass(frozen=True)
class Interval:
    """A start and an end as they stand in a query."""

    start: Moment
    end: Moment

    def certainly_holds(self, moment: datetime) -> bool:
        """Whether a moment lies inside by every reading."""
        return _latest(self.start) + _EDGE <= moment <= _earliest(self.end) - _EDGE

    def certainly_excludes(self, moment: datetime) -> bool:
        """Whether a moment lies outside by every reading: a date as end may stand for its first or its last moment."""
        end = _latest(self.end) + (timedelta(0) if isinstance(self.end, datetime) else timedelta(days=1))
        return moment < _earliest(self.start) - _EDGE or moment > end + _EDGE


def interval_of(start: str, end: str) -> Interval | None:
    """The interval that two parameters name, each a date or a point in time; None where they name none, or none that holds
    anything: what a start after the end is answered with is not documented."""
    try:
        named = Interval(_moment(start), _moment(end))
    except ValueError:
        return None
    return named if _latest(named.start) <= _earliest(named.end) else None


def _moment(text: str) -> date | datetime:
    return date.fromisoformat(text) if _DATE.fullmatch(text) else datetime.strptime(text, "%Y-%m-%dT%H:%M:%S")


def _points(moment: Moment) -> list[datetime]:
    if isinstance(moment, str):
        moment = date(*map(int, moment.split("-")))
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, time())
    return [moment.replace(tzinfo=zone) for zone in _ZONES]


def _earliest(moment: Moment) -> datetime:
    return min(_points(moment))


def _latest(moment: Moment) -> datetime:
    return max(_points(moment))
