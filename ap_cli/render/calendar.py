"""Events as a calendar for other programs, by RFC 5545."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from .. import __version__
from ..forms.text import printable
from .result import Result, as_mapping

if TYPE_CHECKING:
    from icalendar import Event

PRODUCT = f"-//ap//ap {__version__}//EN"
NAME = "Reviews"

ALARMS = (timedelta(days=-7, hours=9), timedelta(days=-1, hours=9))
"""When an alarm comes, counted from the midnight that its day begins with: at nine o'clock."""

END = b"END:VCALENDAR"

AGAIN = timedelta(hours=12)
"""How often a program that follows the calendar reads it again."""


def calendar_pieces(result: Result) -> Iterator[bytes]:
    """Return the events of a result as one calendar, an event at a time."""
    from icalendar import Calendar

    made = Calendar()
    made.add("prodid", PRODUCT)
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", NAME)
    made.add("refresh-interval", AGAIN, parameters={"VALUE": "DURATION"})
    begins, end, rest = made.to_ical().partition(END)
    now = datetime.now(UTC).replace(microsecond=0)
    yield begins
    for row in map(as_mapping, result.rows):
        yield make_event(row, now).to_ical()
    yield end + rest


def make_event(row: Mapping[str, Any], now: datetime) -> Event:
    """Return a row as a whole-day event, as it is now; it takes no time of the day."""
    from icalendar import Event

    event = Event()
    event.add("uid", row["uid"])
    event.add("dtstamp", now)
    event.add("sequence", row["sequence"])
    event.add("dtstart", row["day"])
    event.add("dtend", row["day"] + timedelta(days=1))
    event.add("summary", printable(row["title"]))
    if row["note"]:
        event.add("description", printable(row["note"]))
    event.add("status", row["status"])
    event.add("transp", "TRANSPARENT")
    if row["alarms"]:
        add_alarms(event, printable(row["title"]))
    return event


def add_alarms(event: Event, words: str) -> None:
    """Add the alarms of an event, which say these words."""
    from icalendar import Alarm

    for before in ALARMS:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", words)
        alarm.add("trigger", before)
        event.add_component(alarm)
