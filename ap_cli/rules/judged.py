"""What rules decide on."""

from __future__ import annotations

from ..domain.forms import Record


class Judged(Record, frozen=True):
    """What a rule decides on, whatever it is about."""
