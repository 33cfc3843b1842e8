"""The shop's time: kept as instants in UTC, without zone; written and read as Danish local time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/Copenhagen")

_EPOCH = datetime(1970, 1, 1)


def local(instant: datetime) -> datetime:
    """An instant as Danish local time, with its offset."""
    return instant.replace(tzinfo=UTC).astimezone(ZONE)


def instant(wall: datetime, *, later: bool = False) -> datetime:
    """The instant that a Danish clock shows; of the two in the hour when summer time ends, `later` is the second.

    A time at the end of the calendar that no instant fits stays as it is.
    """
    try:
        return wall.replace(tzinfo=ZONE, fold=int(later)).astimezone(UTC).replace(tzinfo=None)
    except OverflowError:
        return wall


def milliseconds(moment: datetime) -> int:
    """An instant as milliseconds since 1970."""
    return (moment - _EPOCH) // timedelta(milliseconds=1)
