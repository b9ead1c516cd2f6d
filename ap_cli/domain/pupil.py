"""A pupil, with the circumstances that rules turn on."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar

from ..forms.facts import Fact, Unknown, recorded
from ..forms.form import Ask, Noun
from .identifiers import Upn
from .periods import Periods


class Pupil(Noun, frozen=True, kw_only=True):
    """A pupil who is or may be placed."""

    PREFIX: ClassVar[str] = "P"
    NOUN: ClassVar[str] = "pupil"

    name: Annotated[str, Ask("What is the pupil's name?")]
    born: Annotated[
        date,
        Ask(
            "When was the pupil born?",
            hint="it decides compulsory school age",
            source="EA 1996 s.8",
        ),
    ]
    home_school: Annotated[
        Fact[str],
        Ask(
            "On which school's roll is the pupil?",
            hint="“none” where it is no school's",
            source="HB 2.5",
        ),
    ] = Unknown("pupil.home_school")
    on_roll_of_a_pru: Annotated[
        Fact[bool],
        Ask(
            "Is that school a pupil referral unit?",
            hint="then the authority arranges what follows a suspension",
            source="SI 2007/1870",
        ),
    ] = Unknown("pupil.on_roll_of_a_pru")
    upn: Annotated[
        Fact[Upn], Ask("What is the unique pupil number?", hint="its check letter is checked")
    ] = Unknown("pupil.upn")
    ehcp: Annotated[
        Fact[Periods],
        Ask(
            "Since when has there been an EHC plan, or is there none?",
            hint="one such pupil taught full time makes a provider a school",
            source="HB 1.2",
        ),
    ] = Unknown("pupil.ehcp")
    looked_after: Annotated[
        Fact[Periods],
        Ask(
            "Since when has the pupil been looked after, or is that not so?",
            hint="one such pupil taught full time makes a provider a school",
            source="HB 1.2",
        ),
    ] = Unknown("pupil.looked_after")
    sen_support: Annotated[
        Fact[Periods],
        Ask("Since when has there been SEN support, or is there none?", source="CWSA 2026 s.43"),
    ] = Unknown("pupil.sen_support")
    health_plan: Annotated[
        Fact[Periods],
        Ask("Since when has there been a health care plan, or is there none?", source="HB 2.2"),
    ] = Unknown("pupil.health_plan")
    ebsa: Annotated[
        Fact[Periods],
        Ask(
            "Since when has the pupil avoided school for emotional reasons (EBSA), or is that not so?",
            source="HB 2.2",
        ),
    ] = Unknown("pupil.ebsa")
    medical: Annotated[
        Fact[Periods],
        Ask(
            "Since when has a medical condition made full-time education unfit, or is that not so?",
            source="HB App 3",
        ),
    ] = Unknown("pupil.medical")
    leaving_confirmed: Annotated[
        Fact[date],
        Ask(
            "Which leaving date was confirmed?",
            hint="where the 16th birthday is in late August, two dates can be meant",
            source="EA 1996 s.8(3), s.579(1)",
        ),
    ] = Unknown("pupil.leaving_confirmed")
    level_3: Annotated[
        Fact[Periods],
        Ask("When was a level 3 qualification gained, or is there none?", source="ESA 2008 s.1"),
    ] = Unknown("pupil.level_3")

    @property
    def on_roll(self) -> Fact[bool]:
        """Whether the pupil is on a school's roll; home school “none” says that it is not."""
        school = self.home_school
        if not recorded(school):
            return Unknown("pupil.home_school")
        return school.casefold() != "none"
