"""A pupil, with the circumstances that rules turn on."""

from datetime import date
from enum import StrEnum
from typing import ClassVar

from ..forms.explaining import explained
from ..forms.facts import Fact, Unknown, recorded
from ..forms.form import Noun, ask, require
from .ages import leaving_dates, year_group
from .identifiers import Upn
from .periods import Periods


class YearTaught(StrEnum):
    """The year group in which a pupil is taught, beside that of the pupil's age."""

    OWN = "own-year"
    BELOW = "year-below"
    ABOVE = "year-above"


YEARS_OFF = {YearTaught.OWN: 0, YearTaught.BELOW: -1, YearTaught.ABOVE: 1}
"""How many years a pupil is taught off the year group of the pupil's age."""


def short_name(name: str) -> str:
    """Return a name as an overview shows it, "Test P.", of "Test Pupil" or "Pupil, Test"."""
    last, comma, first = name.partition(",")
    parts = (f"{first} {last}" if comma else name).split()
    if len(parts) < 2:
        return name.strip(" ,")
    surname = last.split()[0] if comma and last.strip() else parts[-1]
    initial = next((letter for letter in surname if letter.isalnum()), "")
    return f"{parts[0]} {initial.upper()}." if initial else parts[0]


class Pupil(Noun):
    """A pupil who is or may be placed."""

    PREFIX: ClassVar[str] = "P"
    NOUN: ClassVar[str] = "pupil"

    name: str = require("What is the pupil's name?")
    born: date = require(
        "When was the pupil born?",
        hint="It decides when compulsory school age ends.",
        source="EA 1996 s.8",
    )
    home_school: Fact[str] = ask(
        "Which school is the pupil on roll at?",
        hint="Write none if it is on no school's roll.",
        source="HB 2.5",
    )
    on_roll_of_a_pru: Fact[bool] = ask(
        "Is that school a pupil referral unit?",
        hint="If so, the council arranges education after a suspension.",
        source="SI 2007/1870",
    )
    school_is_independent: Fact[bool] = ask(
        "Is that school an independent school?",
        hint="One that charges fees. The law on exclusions does not bind it.",
        source="EIA 2006 s.100",
    )
    upn: Fact[Upn] = ask(
        "What is the pupil's UPN?", hint="The unique pupil number: a letter and twelve digits."
    )
    former_upns: Fact[tuple[Upn, ...]] = ask(
        "Which UPNs did the pupil have before?",
        hint="A temporary one, or another that the pupil really had. It still finds the pupil.",
        flag="--former-upn",
    )
    ehcp: Fact[Periods] = ask(
        "Is there an EHC plan? Since when?",
        hint=(
            "An education, health and care plan. One such pupil taught full time makes a "
            "provider a school."
        ),
        source="HB 1.2",
        no="--no-ehcp",
    )
    looked_after: Fact[Periods] = ask(
        "Is the pupil looked after? Since when?",
        hint="One such pupil taught full time makes a provider a school.",
        source="HB 1.2",
        no="--no-looked-after",
    )
    social_worker: Fact[Periods] = ask(
        "Does the pupil have a social worker? Since when?", source="S&PE"
    )
    next_pep: Fact[date] = ask(
        "When is the next meeting on the personal education plan (PEP)?",
        hint="Each looked-after pupil has such a plan.",
        source="LAC guide",
    )
    sen_support: Fact[Periods] = ask(
        "Is there SEN support? Since when?",
        hint="Special educational needs (SEN).",
        source="CWSA 2026 s.43",
    )
    health_plan: Fact[Periods] = ask("Is there a health care plan? Since when?", source="HB 2.2")
    ebsa: Fact[Periods] = ask(
        "Does the pupil avoid school for emotional reasons (EBSA)? Since when?",
        hint="EBSA is emotionally based school avoidance.",
        source="HB 2.2",
    )
    medical: Fact[Periods] = ask(
        "Is there a medical reason for part time? Since when?",
        source="HB App 3",
    )
    year_taught: Fact[YearTaught] = ask(
        "Is the pupil taught in the year group of their age?",
        hint="Some pupils born in summer are taught in the year below.",
    )
    last_exam: Fact[date] = ask(
        "In year 11: when is the pupil's last entered exam?",
        hint="Once it is over, education is not owed in the last weeks of school age.",
        source="EA 1996 s.19(1A); SI 2007/1870",
    )
    leaving_confirmed: Fact[date] = ask(
        "Which leaving date is confirmed?",
        hint="After a 16th birthday in late August, two dates are possible.",
        source="EA 1996 s.8(3), s.579(1)",
    )
    level_3: Fact[Periods] = ask(
        "Does the pupil have a level 3 qualification? Since when?", source="ESA 2008 s.1"
    )

    @explained("the year group in which the pupil is taught on {day}")
    def year_on(self, day: date) -> int | None:
        """Return the year group in which the pupil is taught on a day: as recorded, or by age."""
        by_age = year_group(self.born, day)
        if by_age is None or not recorded(self.year_taught):
            return by_age
        return by_age + YEARS_OFF[self.year_taught]

    @property
    def last_day_of_school_age(self) -> date:
        """The last day of compulsory school age: as confirmed if two are possible, else by age."""
        usual, *later = leaving_dates(self.born)
        if later and recorded(self.leaving_confirmed) and self.leaving_confirmed in later:
            return self.leaving_confirmed
        return usual

    @property
    def upns(self) -> tuple[Upn, ...]:
        """Every UPN recorded of the pupil: the present one first, then those from before."""
        now = (self.upn,) if recorded(self.upn) else ()
        return (*now, *(self.former_upns if recorded(self.former_upns) else ()))

    @property
    def on_roll(self) -> Fact[bool]:
        """Whether the pupil is on a school's roll; not so if the home school is “none”."""
        school = self.home_school
        if not recorded(school):
            return Unknown("pupil.home_school")
        return school.casefold() != "none"
