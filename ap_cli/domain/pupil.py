"""A pupil, with the circumstances that rules turn on."""

from datetime import date
from typing import ClassVar

from ..forms.facts import Fact, Unknown, recorded
from ..forms.form import Noun, ask, require
from .identifiers import Upn
from .periods import Periods


class Pupil(Noun):
    """A pupil who is or may be placed."""

    PREFIX: ClassVar[str] = "P"
    NOUN: ClassVar[str] = "pupil"

    name: str = require("What is the pupil's name?")
    born: date = require(
        "When was the pupil born?", hint="it decides compulsory school age", source="EA 1996 s.8"
    )
    home_school: Fact[str] = ask(
        "On which school's roll is the pupil?",
        hint="“none” where it is no school's",
        source="HB 2.5",
    )
    on_roll_of_a_pru: Fact[bool] = ask(
        "Is that school a pupil referral unit?",
        hint="then the authority arranges what follows a suspension",
        source="SI 2007/1870",
    )
    upn: Fact[Upn] = ask("What is the unique pupil number?", hint="its check letter is checked")
    ehcp: Fact[Periods] = ask(
        "Since when has there been an EHC plan, or is there none?",
        hint="one such pupil taught full time makes a provider a school",
        source="HB 1.2",
    )
    looked_after: Fact[Periods] = ask(
        "Since when has the pupil been looked after, or is that not so?",
        hint="one such pupil taught full time makes a provider a school",
        source="HB 1.2",
    )
    sen_support: Fact[Periods] = ask(
        "Since when has there been SEN support, or is there none?", source="CWSA 2026 s.43"
    )
    health_plan: Fact[Periods] = ask(
        "Since when has there been a health care plan, or is there none?", source="HB 2.2"
    )
    ebsa: Fact[Periods] = ask(
        "Since when has the pupil avoided school for emotional reasons (EBSA), or is that not so?",
        source="HB 2.2",
    )
    medical: Fact[Periods] = ask(
        "Since when has a medical condition made full-time education unfit, or is that not so?",
        source="HB App 3",
    )
    leaving_confirmed: Fact[date] = ask(
        "Which leaving date was confirmed?",
        hint="where the 16th birthday is in late August, two dates can be meant",
        source="EA 1996 s.8(3), s.579(1)",
    )
    level_3: Fact[Periods] = ask(
        "When was a level 3 qualification gained, or is there none?", source="ESA 2008 s.1"
    )

    @property
    def on_roll(self) -> Fact[bool]:
        """Whether the pupil is on a school's roll; home school “none” says that it is not."""
        school = self.home_school
        if not recorded(school):
            return Unknown("pupil.home_school")
        return school.casefold() != "none"
