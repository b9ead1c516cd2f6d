"""Days as people type them."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from .text import shortened

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
TRY = "try 2026-02-27, 27/02/2026 or “27 Feb 2026”"


def read_day(given: object, today: date) -> date:
    """Return a day from ISO, British order, "27 Feb 2026", "today", "friday", "-3d" or "+6w".

    "yesterday" and "last friday" work too; "friday" is the next one, or today. Raise ValueError if
    it cannot be read or could be meant in two ways: a two-digit year, a missing year, a month
    counted as "1m".
    """
    if isinstance(given, datetime):
        raise ValueError(f"“{given}” is a time: a day is needed")
    if isinstance(given, date):
        return given
    text = " ".join(str(given).lower().split())
    try:
        return _iso(text) or _relative(text, today) or _written(text)
    except OverflowError:
        raise ValueError(f"“{shortened(given)}” is outside the years 1 to 9999") from None
    except ValueError:
        raise ValueError(f"“{shortened(given)}” is not a day: {_day_hint(text)}") from None


def _iso(text: str) -> date | None:
    return date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII) else None


def _relative(text: str, today: date) -> date | None:
    if text in ("today", "yesterday"):
        return today - timedelta(days=text == "yesterday")
    last, _, name = text.rpartition(" ")
    if name in WEEKDAYS and last in ("", "last"):
        ahead = (WEEKDAYS.index(name) - today.weekday()) % 7
        return today + timedelta(days=ahead - 7 if last else ahead)
    if moved := re.fullmatch(r"([+-])(\d{1,4})([dw])", text, re.ASCII):
        days = int(moved[2]) * (7 if moved[3] == "w" else 1)
        return today + timedelta(days=days if moved[1] == "+" else -days)
    return None


def _written(text: str) -> date:
    for pattern in ("%d/%m/%Y", "%d %b %Y", "%d %B %Y"):
        try:
            return datetime.strptime(text, pattern).date()
        except ValueError:
            continue
    raise ValueError


def _day_hint(text: str) -> str:
    if re.fullmatch(r"[+-]?\d+m", text):
        return "say days or weeks, such as +30d or +6w"
    if re.fullmatch(r"\d{1,2}[/ .-]\w{1,9}[/ .-]\d\d", text):
        return "write the year with four digits"
    if re.fullmatch(r"\d{1,2}[/ ]\w{1,9}", text):
        return "the year is missing"
    return TRY
