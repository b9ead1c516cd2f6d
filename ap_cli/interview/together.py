"""Prompts that answer several questions of a placement together, or one in its own words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from ..domain.days import short_day, words
from ..domain.sessions import FULL_WEEK, Sessions, read_sessions
from ..forms.days import as_past_day
from ..forms.readers import read_record_day
from ..forms.yes_no import read_yes_or_no
from .steps import Answers, Asking, Step, capitalised


def left_over(asking: Asking, *names: str) -> Sessions | None:
    """The half days of a week that these answers leave; None if the first has no answer."""
    week: list[Sessions | None] = [asking.value(name) for name in names]
    if week[0] is None:
        return None
    taken = {slot for sessions in week if sessions is not None for slot in sessions.slots}
    return Sessions(tuple(slot for slot in range(FULL_WEEK) if slot not in taken))


class RestOfWeek(Step):
    """Whether the pupil is in school for the rest of the week: confirmed, never supposed."""

    def __init__(self, row: int, topic: str) -> None:
        super().__init__(
            "Are they in school for the rest of the week?",
            ("at_school",),
            row=row,
            topic=topic,
            short="days at school",
        )

    def applies(self, asking: Asking) -> bool:
        """Whether there is a rest of the week, as far as is known."""
        rest = left_over(asking, "at_provider")
        return rest is None or bool(rest.slots)

    def hints(self, asking: Asking) -> list[str]:
        """What yes means, and what else can be typed."""
        rest = left_over(asking, "at_provider")
        if rest is None:
            return ["The half days at school, such as wed-fri; or none."]
        return ["Enter for yes; or the half days at school, such as wed am; or no."]

    def read(self, asking: Asking, typed: str) -> Answers:
        """The half days at school; raise ValueError if they cannot be read."""
        rest = left_over(asking, "at_provider")
        in_school = read_yes_or_no(typed)
        if in_school:
            if rest is None:
                raise ValueError("Type the half days at school, such as wed-fri.")
            return {"at_school": str(rest)}
        if in_school is False:
            return {"at_school": "none"}
        try:
            return {"at_school": str(read_sessions(typed))}
        except ValueError as problem:
            raise ValueError(capitalised(str(problem))) from None


class RestElsewhere(Step):
    """Where the pupil is on the half days neither at the provider nor at school."""

    def __init__(self, row: int, topic: str) -> None:
        keys = ("at_home", "elsewhere")
        super().__init__(
            "Where are they then?", keys, row=row, topic=topic, short="at home or where"
        )

    def applies(self, asking: Asking) -> bool:
        """Whether it was said what is at school, and half days are left."""
        rest = left_over(asking, "at_provider", "at_school")
        return asking.value("at_school") is not None and rest is not None and bool(rest.slots)

    def question_text(self, asking: Asking) -> str:
        """It asks about the half days that are left."""
        return f"Where are they on {left_over(asking, 'at_provider', 'at_school')}?"

    def hints(self, asking: Asking) -> list[str]:
        """The two ways there are."""
        return [
            "1 home       nothing is planned: it is agreed, reported and comes to an end",
            "2 elsewhere  they are taught at another place",
        ]

    def read(self, asking: Asking, typed: str) -> Answers:
        """The half days at home or elsewhere; raise ValueError for another answer."""
        rest = str(left_over(asking, "at_provider", "at_school"))
        text = typed.lower().removeprefix("at ")
        if text and (text == "1" or "home".startswith(text)):
            return {"at_home": rest, "elsewhere": "none"}
        if text and (text == "2" or "elsewhere".startswith(text)):
            return {"at_home": "none", "elsewhere": rest}
        raise ValueError("Choose a number from 1 to 2.")

    def old(self, asking: Asking) -> str:
        """“home” or “elsewhere”; the half days themselves if it is both."""
        at_home, elsewhere = (asking.answers.get(key) for key in self.keys)
        if at_home is None and elsewhere is None:
            return ""
        if at_home in (None, "none"):
            return "elsewhere"
        return "home" if elsewhere in (None, "none") else f"home {at_home}, elsewhere {elsewhere}"


SPOKEN_TO = {
    "pupil_consulted": ("pupil", "child"),
    "parents_consulted": ("parents", "parent", "carers", "carer"),
    "teacher_consulted": ("teacher", "teachers"),
}
"""Who has to be spoken to, and what people call them."""

WHEN = "Type a day, such as 10 Nov 2026; or: pupil 10 Nov 2026, parents 11 Nov 2026, teacher no."


class Consulted(Step):
    """When pupil, parents and teacher were spoken to: one day for all, or each by name."""

    def __init__(self, row: int, topic: str) -> None:
        super().__init__(
            "When did you speak to pupil, parents and teacher?",
            tuple(SPOKEN_TO),
            hint="One day for all; or: pupil 10 Nov 2026, teacher no.",
            row=row,
            topic=topic,
            short="who was spoken to",
        )

    def read(self, asking: Asking, typed: str) -> Answers:
        """The days by whom they are about; raise ValueError if they cannot be read."""
        if read_yes_or_no(typed) is False:
            return {}
        read: Answers = {}
        for part in filter(None, (piece.strip() for piece in typed.split(","))):
            whom, day = self._read_part(part, asking.today)
            read |= dict.fromkeys(whom, day)
        return {key: day for key, day in read.items() if day}

    def _read_part(self, part: str, today: date) -> tuple[list[str], str]:
        """Whom a part is about, and the day; an empty day if they were not spoken to."""
        left = part
        whom: list[str] = []
        while named := re.match(r"(?:and )?([a-z]+)\b:?\s*", left, re.IGNORECASE):
            keys = [key for key, names in SPOKEN_TO.items() if named[1].lower() in names]
            if not keys:
                break
            whom, left = whom + keys, left[named.end() :]
        if read_yes_or_no(left) is False:
            return whom, ""
        try:
            day = read_record_day(as_past_day(left, today), today)
        except ValueError:
            raise ValueError(WHEN) from None
        if day > today:
            raise ValueError(f"{words(day)} is still to come: give today or an earlier day.")
        return whom or list(self.keys), day.isoformat()

    def old(self, asking: Asking) -> str:
        """The day for all, or each day by whom it is about."""
        return self._name_days({key: asking.value(key) for key in self.keys})

    def shown(self, asking: Asking) -> str:
        """The days in words."""
        days = {key: asking.value(key) for key in self.keys}
        return self._name_days(
            {key: day and short_day(day, asking.today) for key, day in days.items()}
        )

    def _name_days(self, days: Mapping[str, object]) -> str:
        """One day if it is that of all; else each day after whom it is about."""
        if None not in days.values() and len(set(days.values())) == 1:
            return str(days[self.keys[0]])
        told = {SPOKEN_TO[key][0]: day for key, day in days.items() if day is not None}
        return ", ".join(f"{whom} {day}" for whom, day in told.items())


class Visit(Step):
    """Who visited the provider and when, or for which day the visit is booked."""

    def __init__(self, row: int, topic: str) -> None:
        super().__init__(
            "Who visited, and when?",
            ("visited", "visited_by"),
            hint="Such as Sam Jones 24 Nov 2026; booked 2 Dec 2026; or no.",
            row=row,
            topic=topic,
            short="visit",
        )

    def read(self, asking: Asking, typed: str) -> Answers:
        """The day and the name; raise ValueError if there is no day."""
        if read_yes_or_no(typed) is False:
            return {}
        parts = typed.replace(",", " ").split()
        for at in range(len(parts)):
            try:
                day = read_record_day(" ".join(parts[at:]), asking.today)
            except ValueError:
                continue
            name = " ".join(parts[:at]).strip()
            name = re.sub(r"\s*\b(on|booked|for)$", "", re.sub(r"^booked\b( for)?\s*", "", name))
            return {"visited": day.isoformat()} | ({"visited_by": name} if name else {})
        raise ValueError("Type a name and a day, such as Sam Jones 24 Nov 2026; or no.")

    def old(self, asking: Asking) -> str:
        """The name and the day."""
        name = asking.answers.get("visited_by", "")
        return f"{name} {asking.answers.get('visited', '')}".strip()

    def shown(self, asking: Asking) -> str:
        """The name and the day in words; that it is booked, if it is still to come."""
        day: date | None = asking.value("visited")
        if day is None:
            return self.old(asking)
        name = asking.answers.get("visited_by", "")
        booked = "booked for " if day > asking.today else ""
        return f"{name} {booked}{short_day(day, asking.today)}".strip()
