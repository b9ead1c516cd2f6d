"""What a column can hold: a question of a record, its reference, or a part of an answer.

The questions come from the forms, so that a new one can be imported by its own words; what offices
call it is a line of SYNONYMS.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from ..domain.commissioner import COMMISSIONER
from ..domain.ending import FACTS, Ending
from ..domain.imported import REFERENCE
from ..domain.placement import Placement
from ..domain.provider import Provider
from ..domain.pupil import Pupil
from ..forms.form import Noun, Question, Record, question, questions

NOUNS: dict[str, type[Noun]] = {noun.NOUN: noun for noun in (Pupil, Provider, Placement)}
"""The records that a sheet can have, by their names."""


class Field(Record, frozen=True):
    """What a column can hold; without a question it is a reference or a part of an answer."""

    noun: str
    key: str
    question: Question | None = None

    @property
    def name(self) -> str:
        """Return how `--map` calls it: "placement.starts"."""
        return f"{self.noun}.{self.key}"

    @property
    def label(self) -> str:
        """Return what it is called for people: "placement: start"."""
        if self.name in LABELS:
            return LABELS[self.name]
        told = self.question.label if self.question else self.key.replace("_", " ")
        return told if self.noun == "placement" else f"{self.noun}'s {told}"


FORENAME, SURNAME, SEN, DAYS, HOURS_A_DAY, COMPLETED, STATE = (
    "forename",
    "surname",
    "sen_status",
    "days_a_week",
    "hours_a_day",
    "name_and_contact",
    "state",
)
"""The keys of fields that are no question by themselves."""

PARTS: dict[str, tuple[str, ...]] = {
    "pupil": (REFERENCE, FORENAME, SURNAME, SEN),
    "provider": (REFERENCE,),
    "placement": (REFERENCE, DAYS, HOURS_A_DAY, COMPLETED, STATE),
}
"""The fields of each record that are no question by themselves."""

LEFT_OUT = ("placement.pupil", "placement.provider")
"""Questions that the columns of the pupil and of the provider answer."""

AS_WRITTEN = (COMMISSIONER, "placement.site")
"""Questions that a reference or a number answers, and in a sheet a name or an address."""

LABELS = {
    "pupil.name": "pupil's name",
    "pupil.born": "date of birth",
    "pupil.upn": "UPN",
    "pupil.ehcp": "EHC plan",
    "pupil.forename": "pupil's first name",
    "pupil.surname": "pupil's surname",
    "pupil.sen_status": "SEN status",
    "pupil.sen_support": "SEN support",
    "pupil.looked_after": "looked after",
    "pupil.former_upn": "former UPNs",
    "pupil.on_roll_of_a_pru": "on roll of a PRU",
    "pupil.school_is_independent": "independent home school",
    "pupil.ebsa": "EBSA",
    "provider.name": "provider",
    "provider.kind": "kind of provider",
    "provider.registered": "registered school",
    "provider.accredited": "accredited provider",
    "provider.follows_partnership": "provider follows the partnership",
    "provider.on_directory": "provider on the directory",
    "provider.urn": "URN",
    "provider.ukprn": "UKPRN",
    "placement.reference": "placement's reference",
    "placement.hours": "hours a week",
    "placement.at_provider": "days at the provider",
    "placement.starts": "first day",
    "placement.ends": "last day",
    "placement.name_and_contact": "who filled the form in",
    "placement.ended": "day on which it ended",
    "placement.end_reason": "why it ended",
    "placement.destination": "where the pupil went next",
    "placement.never_started": "never started",
}
"""What fields are called whose question's name would not say it."""

SYNONYMS: Mapping[str, str] = {
    "pupil.reference": "pupil reference; pupil ref; pupil id; ap pupil ref; p ref",
    "pupil.name": (
        "name; pupil; pupil name; student; student name; child; childs name; child name; full"
        " name; young person; yp; name of pupil; name of child; cyp; pupil s name; pupils "
        "name; learner; learner name; name of student"
    ),
    "pupil.forename": (
        "forename; first name; given name; legal forename; preferred forename; pupil "
        "forename; christian name; firstname; known as"
    ),
    "pupil.surname": "surname; last name; family name; legal surname; pupil surname; lastname",
    "pupil.born": (
        "dob; d o b; date of birth; birth date; birthdate; pupil date of birth; pupil dob; "
        "born on; child s date of birth; birthday; pupil born"
    ),
    "pupil.upn": "upn; unique pupil number; pupil upn; upn number",
    "pupil.home_school": (
        "school; school name; home school; base school; school on roll; on roll at; name of "
        "school; mainstream school; pupil s school; current school; referring school"
    ),
    "pupil.ehcp": (
        "ehcp; ehc plan; ehc; ehcp y n; ehcp yes no; has ehcp; statement; education health "
        "and care plan; ehc plan since; ehcp status"
    ),
    "pupil.looked_after": (
        "lac; cla; looked after; looked after child; child looked after; in care; lac cla; "
        "cla lac; lac y n; lac status; care status; social care; lac cp cin"
    ),
    "pupil.social_worker": "social worker; has social worker; sw; cp cin; cin cp",
    "pupil.sen_support": "sen support; on sen support",
    "pupil.sen_status": "sen; sen status; send; send status; sen need; sen provision",
    "pupil.next_pep": "next pep; pep; pep date; pep review",
    "provider.reference": "provider reference; provider ref; provider id; pr ref",
    "provider.name": (
        "provider; provider name; ap; ap provider; ap name; alternative provision; name of "
        "alternative provision; name of provider; name of ap; provision; placement at; "
        "alternative provider; setting; ap setting; name of provision; alternative provision "
        "name"
    ),
    "provider.kind": (
        "type; provider type; type of provider; kind of provider; type of ap; ap type; type "
        "of provision; provision type; setting type; provider kind"
    ),
    "provider.address": (
        "address; provider address; address of provider; ap address; site; site address; "
        "address of ap; venue; provider sites; sites"
    ),
    "provider.urn": "urn; provider urn; urn number; ap urn",
    "provider.ukprn": "ukprn; provider ukprn",
    "provider.registered": (
        "registered; registered school; registered as a school; ofsted registered; is registered"
    ),
    "provider.contact": "provider contact; contact at provider; ap contact; key contact",
    "provider.contact_email": "provider email; contact email; ap email; email; e mail",
    "provider.contact_phone": (
        "provider phone; contact phone; telephone; phone; tel; contact number; ap tel"
    ),
    "provider.lead": (
        "dsl; safeguarding lead; provider dsl; designated safeguarding lead; provider s lead"
    ),
    "placement.reference": (
        "ref; reference; placement; placement ref; placement reference; pl ref; placement id;"
        " ap ref"
    ),
    COMMISSIONER: "commissioner; arranged by; commissioned by; commissioning school; funded by",
    "placement.starts": (
        "start; start date; starts; date started; from; starts on; proposed start; proposed "
        "start date; first day; ap start; ap start date; placement start; began; date of "
        "start; placement start date; start of placement; date from; commenced"
    ),
    "placement.ends": (
        "end; end date; ends; to; until; planned end; proposed end; last day; proposed end "
        "date; expected end; ap end; ap end date; placement end; finish; placement end date; "
        "end of placement; date to; review end date; expected end date"
    ),
    "placement.hours": (
        "hours; hours a week; hours per week; hrs; hrs per week; weekly hours; hpw; number of"
        " hours; no of hours; hours pw; hrs pw; hours p w; hrs p w; hrs week; hours week; hrs wk;"
        " hours at provider; ap hours; total hours; hours provider; number of hours per week;"
        " number of hours child young person will be attending per week"
    ),
    "placement.hours_a_day": (
        "hours a day; hours per day; hrs per day; daily hours; hours day; hrs day"
    ),
    "placement.days_a_week": (
        "days a week; days per week; number of days; no of days; days pw; days week"
    ),
    "placement.at_provider": (
        "days; sessions; which days; days attending; days at ap; days at provider; timetable;"
        " attendance days; days of week; days attended; sessions at provider"
    ),
    "placement.at_school": "days at school; days in school; sessions at school; school days",
    "placement.school_hours": "hours at school; school hours; hours in school",
    "placement.route": "route; legal route; legal basis; basis; type of placement",
    "placement.reason": (
        "reason; reason for referral; reason for ap; reason for placement; reasons; why"
    ),
    "placement.tier": "tier",
    "placement.aim": "aim; aim of placement; purpose",
    "placement.nature": "activity; activities; course; programme; subject; nature",
    "placement.objectives": "objectives; targets; aims; outcomes",
    "placement.success": (
        "success criteria; learning outcomes; learning outcomes success; what are the "
        "learning outcomes success criteria for the placement"
    ),
    "placement.exit_strategy": "exit strategy; exit plan; is there an exit strategy in place; exit",
    "placement.review_date": "review; review date; review dates; next review; reviews",
    "placement.transport": "transport; travel; taxi; how do they get there",
    "placement.cost": "cost; cost per week; weekly cost; cost a week; price; cost pw; week cost",
    "placement.code": "code; attendance code; register code; mark",
    "placement.visited": "visit; visit date; pre placement visit; date of visit; visited",
    "placement.visited_by": (
        "visited by; visited before by; who visited; pre placement visit by; name of staff "
        "member who completed the pre placement visit to establish that it can meet all of "
        "the pupil s needs; name of staff member who completed the pre placement visit"
    ),
    "placement.owner": (
        "lead; led by; lead professional; key worker; owner; case worker; ap lead; school lead;"
        " case lead; placement lead"
    ),
    "placement.completed_by": "completed by; form completed by",
    "placement.completed_contact": "their contact details; completed by contact",
    "placement.state": "state",
    "placement.end_reason": "why it ended",
    "placement.name_and_contact": "your name and contact details; name and contact details",
}
"""What offices call each field, as `fold_heading` leaves it, parted by semicolons."""

LIKELY: Mapping[str, str] = {
    "placement.ended": (
        "left; left on; date left; leaving date; date of leaving; leaver; date ended; ended on;"
        " actual end; actual end date; end date actual; withdrawn; closed; date closed"
    ),
    "placement.ends": "end review; review end; end or review; end date review",
    "placement.end_reason": "reason for leaving; leaving reason; reason left; reason ended",
    "placement.owner": "lead",
    "provider.lead": "lead",
}
"""What offices call fields of which it has to be asked whether that is meant."""

ANYBODYS = frozenset(
    (
        *("address", "phone", "telephone", "tel", "email", "e mail", "contact email"),
        *("contact phone", "contact number", "key contact"),
    )
)
"""Headings that are a provider's in a list of providers; beside a child they can be a parent's."""

NOT_READ = "Not read"
"""What stands before the name of a column that a person left out, in the file of wrong rows."""

WHAT_IS_WRONG = "What is wrong"
"""The column that says why a row was not imported; it is left out when the rows come again."""


def fold_heading(text: str) -> str:
    """Return a heading as it is compared: small letters, one blank for what is no letter."""
    return " ".join(re.findall(r"[^\W_]+", text.casefold()))


@cache
def all_fields() -> dict[str, Field]:
    """Map the names of all fields to them."""
    return {field.name: field for field in _list_fields()}


def _list_fields() -> Iterator[Field]:
    for noun, parts in PARTS.items():
        yield from (Field(noun, part) for part in parts)
        for asked in questions(NOUNS[noun]):
            field = Field(noun, asked.key, asked)
            if field.name not in LEFT_OUT:
                yield field
    yield from (Field("placement", ours, question(Ending, asks)) for ours, asks in FACTS.items())


@cache
def fields_by_heading() -> dict[str, tuple[Field, ...]]:
    """Map each heading, as `fold_heading` leaves it, to the fields that it can mean."""
    found: dict[str, dict[Field, None]] = {}
    for field in all_fields().values():
        for heading in _headings_of(field):
            found.setdefault(heading, {})[field] = None
    return {heading: tuple(fields) for heading, fields in found.items()}


def _headings_of(field: Field) -> Iterator[str]:
    """List what a column of a field is called: as ap calls it, by its question, and in offices."""
    own = field.key.replace("_", " ")
    yield from (fold_heading(field.name), fold_heading(f"{field.noun} {own}"))
    yield from filter(None, SYNONYMS.get(field.name, "").split("; "))
    yield from filter(None, (fold_heading(LABELS.get(field.name, "")),))
    if field.noun == "placement" and field.key in FACTS:
        yield fold_heading(own)  # its questions are called “day” and “reason”
    elif field.question is not None:
        yield from map(fold_heading, (own, field.question.label, field.question.text))
        yield fold_heading(f"{field.noun} {field.question.label}")
