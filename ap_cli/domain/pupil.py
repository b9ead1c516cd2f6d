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
    )
    looked_after: Fact[Periods] = ask(
        "Is the pupil looked after? Since when?",
        hint="One such pupil taught full time makes a provider a school.",
        source="HB 1.2",
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
    leaving_confirmed: Fact[date] = ask(
        "Which leaving date is confirmed?",
        hint="After a 16th birthday in late August, two dates are possible.",
        source="EA 1996 s.8(3), s.579(1)",
    )
    level_3: Fact[Periods] = ask(
        "Does the pupil have a level 3 qualification? Since when?", source="ESA 2008 s.1"
    )

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
