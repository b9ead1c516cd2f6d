"""Conditions in SQL that several reads share; `:on` is the day asked."""

from __future__ import annotations

WEEK_IN_FORCE = (
    "LEFT JOIN week w ON w.placement = pl.id AND w.since = (SELECT max(x.since) FROM week x"
    " WHERE x.placement = pl.id"
    " AND x.since <= CASE WHEN pl.starts > :on THEN pl.starts ELSE :on END)"
)
"""The week of a placement in force on a day; before its start, the first.

A placement without a week is included, so that its damage is noticed.
"""

NOT_ENDED = "(pl.ended IS NULL OR pl.ended >= :on) AND pl.never_started IS NOT TRUE"
LIVE = f"pl.starts <= :on AND {NOT_ENDED}"
"""Whether a placement has started and not ended on a day; false if it never started."""
