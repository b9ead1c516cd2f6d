"""The end of a placement."""

from datetime import date

from ..forms.facts import Fact
from ..forms.form import Form, ask, require
from .options import Destination


class Ending(Form):
    """How a placement ended."""

    day: date = require("What was the last day?")
    reason: str = require("Why did it end?")
    destination: Destination = require("Where does the pupil go next?", source="HB 2.8")
    never_started: Fact[bool] = ask(
        "Did it never start?",
        hint="Yes if it was planned and not taken up: nothing more is asked about it.",
        flag="--never-started/--it-started",
    )


FACTS = {
    "ended": "day",
    "end_reason": "reason",
    "destination": "destination",
    "never_started": "never_started",
}
"""What a placement calls the answers of how it ended, each with the question for it."""
