"""The words that people use in cells: for nothing, for yes, and for each choice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from enum import Enum
from typing import Any

from ..domain.options import (
    NO_URN,
    WITHOUT_ADDRESS,
    Aim,
    Destination,
    Extent,
    Place,
    PlannedCode,
    Reason,
    Route,
    Tier,
)
from ..domain.provider import ProviderKind, RegisterStatus, Risk

READ_AS_A_WIDER_REASON = ("semh", "anxiety", "ebsa")
"""Reasons that say more than the choice that they are read as, which is noted."""


def fold_words(text: str) -> str:
    """Return a text as it is compared: small letters, one blank for all that is no word."""
    return " ".join(re.findall(r"[\w½]+", text.casefold()))


NO_ANSWER = frozenset(
    fold_words(text)
    for text in (
        *("", "-", "n/a", "na", "tbc", "tba", "tbd", "?", "unknown", "not known", "not sure"),
        *("to be confirmed", "to be agreed", "to be decided", "awaiting", "pending", "blank"),
        *(
            "not applicable",
            "not known yet",
            "not recorded",
            "tbc with parents",
            "not recorded yet",
        ),
        NO_URN,
    )
)
"""What stands for no answer, as `fold_words` leaves it."""

NO_PROVIDER = frozenset(
    ("none", "nil", "no ap", "no provider", "no provision", "no placement", "no alternative"
     " provision", "not in ap", "not placed", "home", "at home", "no", "n a", "na")
)  # fmt: skip
"""What stands in a provider's column for a child who is at none, as `fold_words` leaves it."""

NO_UPN = frozenset(
    ("temp", "temporary", "temp upn", "none", "none yet", "new", "no upn", "to follow", "no")
)
"""What stands in the column of UPNs for a child who has none yet, as `fold_words` leaves it."""

DITTO = frozenset(("ditto", "as above", "same as above", "see above"))
DITTO_MARKS = frozenset(('"', "''", "“", "”", "〃", "″", ",,", "’’"))
"""What stands for the cell above, which is another one once rows are sorted."""


def says_no_provider(cell: str) -> bool:
    """Tell whether a cell of a provider's column says that there is none."""
    return fold_words(cell) in NO_PROVIDER or bool(re.fullmatch(r"\s*[-–—/]+\s*", cell))


NO_ADDRESS = frozenset(map(fold_words, WITHOUT_ADDRESS.values()))
"""What stands in the place of an address where there is none, as `fold_words` leaves it."""


def says_no_address(cell: object) -> bool:
    """Tell whether a cell says where a pupil is taught who goes out to no address."""
    return isinstance(cell, str) and fold_words(cell) in NO_ADDRESS


def says_no_upn(cell: object) -> bool:
    """Tell whether a cell of the column of UPNs says that there is none yet."""
    return isinstance(cell, str) and fold_words(cell) in NO_UPN


def is_ditto(cell: str) -> bool:
    """Tell whether a cell only points at the one above."""
    return fold_words(cell) in DITTO or cell.strip() in DITTO_MARKS


NO_DAY = frozenset(
    fold_words(text)
    for text in (
        *("ongoing", "on-going", "open ended", "open", "continuing", "current", "none", "no"),
        *("no end date", "not set", "rolling", "asap", "long term", "indefinite", "present"),
    )
)
"""What stands for no day in a column of days."""

TICKS = ("✓", "✔", "☑", "✅", "√")
"""Ticks, which are a yes; a cross is not a no, as many write it for a yes."""

NO_PLAN_YET = re.compile(
    r"(no )?((an? )?(ehcp|ehc plan|ehc|plan|ehcna) )?((has been|is|was|being|is being|under) )?"
    r"(appl(ied for|ied|ying|ying for|ication( made| submitted| in progress)?)|requested"
    r"|draft|in progress|submitted|assess(ed|ment( in progress| requested)?)|consider(ed|ation)"
    r"|awaiting assessment|refused|application refused|request refused)"
    r"( (ehcp|ehc plan|plan|ehc))?( \d[\d ]*)?"
)
"""What is said, as `fold_words` leaves it, of a plan that is not there: “EHCP applied for”."""

PLAN_IN_DOUBT = re.compile(
    r"\b(appl(ied|ying|ication)|pending|request(ed)?|draft|assess(ment|ing|ed)"
    r"|in progress|submitted|awaiting|consider(ed|ation)|refused|ceased)\b"
)
"""Words that leave open whether there is a plan: “Yes (assessed 2022)”, “considered at review”."""


PROTECTED = re.compile(r"\b(cp|cpp|cin|child protection|child in need|eh|early help)\b")
"""What is said, as `fold_words` leaves it, of a child who is known to social care, at home."""

PREVIOUSLY_IN_CARE = re.compile(
    r"\b(plac|pla|previously (looked after|lac|cla|in care)|(post|ex|former|formerly) (lac|cla)"
    r"|sgo)\b"
)
"""What is said, as `fold_words` leaves it, of a child who was looked after before: “PLAC”."""


NOT_IN_CARE = "CP, CIN and early help mean not looked after: add a column for the social worker"
PREVIOUSLY = "previously looked after is not kept: not looked after now"
"""What is noted of a child who is not looked after."""


def say_why_not_in_care(said: str) -> Iterator[str]:
    """Yield what a cell says, as `fold_words` leaves it, of a child who is not looked after."""
    if PREVIOUSLY_IN_CARE.search(said):
        yield PREVIOUSLY
    if PROTECTED.search(said):
        yield NOT_IN_CARE


def parted(words: Mapping[str, str]) -> Mapping[str, frozenset[str]]:
    """Part the words of each circumstance, which semicolons part."""
    return {name: frozenset(text.split("; ")) for name, text in words.items()}


HOLDS: Mapping[str, frozenset[str]] = parted(
    {
        "ehcp": "ehcp; ehc plan; ehc; e; plan; has ehcp; education health and care plan",
        "looked_after": "lac; cla; looked after; child looked after; looked after child; ic",
        "sen_support": "k; sen support; sen k; sens; school support",
        "ebsa": "ebsa",
        "registered": "registered; registered school; ofsted registered",
        "social_worker": "cp; cin; lac; cla; child protection; child in need",
    }
)
"""Words that are a yes in the column of a circumstance."""

HOLDS_NOT: Mapping[str, frozenset[str]] = parted(
    {
        "ehcp": "k; sen support; sen k; n; sen; no sen; sens; my plan; my support plan",
        "looked_after": (
            "cp; cin; cpp; child protection; child in need; cp plan; cin plan; eh; early help; cp"
            " cin; previously looked after; pla; plac; post lac; ex lac; ex cla; sgo;"
            " previously lac; previously cla; previously in care"
        ),
        "sen_support": "n; no sen; e; ehcp; ehc plan",
        "registered": "unregistered; not registered; not a school",
    }
)
"""Words that are a no in the column of a circumstance."""

SEN_STATUS: Mapping[str, Mapping[str, str]] = {
    word: answers
    for words, answers in (
        (("e", "ehcp", "ehc plan", "ehc", "plan", "statement"), {"ehcp": "yes"}),
        (HOLDS["sen_support"], {"ehcp": "no", "sen_support": "yes"}),
        (("n", "none", "no", "no sen", "non sen"), {"ehcp": "no", "sen_support": "no"}),
    )
    for word in words
}
"""What a column of SEN status says of a pupil: the census has E for a plan and K for support."""

CHOICES: Mapping[type[Enum], Mapping[str, Any]] = {
    ProviderKind: {
        "maintained": ProviderKind.MAINTAINED_SCHOOL,
        "community school": ProviderKind.MAINTAINED_SCHOOL,
        "free school": ProviderKind.ACADEMY,
        "pupil referral unit": ProviderKind.PRU,
        "short stay school": ProviderKind.PRU,
        "alternative provision academy": ProviderKind.AP_ACADEMY,
        "ap free school": ProviderKind.AP_ACADEMY,
        "independent school": ProviderKind.INDEPENDENT,
        "registered independent school": ProviderKind.INDEPENDENT,
        "special school": ProviderKind.SPECIAL,
        "hospital school": ProviderKind.HOSPITAL,
        "college": ProviderKind.FE_COLLEGE,
        "fe": ProviderKind.FE_COLLEGE,
        "further education": ProviderKind.FE_COLLEGE,
        "further education college": ProviderKind.FE_COLLEGE,
        "non school ap": ProviderKind.NON_SCHOOL,
        "non school alternative provision": ProviderKind.NON_SCHOOL,
        "unregistered": ProviderKind.NON_SCHOOL,
        "unregistered ap": ProviderKind.NON_SCHOOL,
        "unregistered provision": ProviderKind.NON_SCHOOL,
        "tutor": ProviderKind.ONE_TO_ONE,
        "tuition": ProviderKind.ONE_TO_ONE,
        "1 1 tuition": ProviderKind.ONE_TO_ONE,
        "one to one tuition": ProviderKind.ONE_TO_ONE,
        "work based": ProviderKind.WORK_BASED,
        "work placement": ProviderKind.WORK_BASED,
        "employer": ProviderKind.WORK_BASED,
        "online provider": ProviderKind.ONLINE,
        "online tuition": ProviderKind.ONLINE,
        "in house": ProviderKind.OWN_SITE,
        "own unit": ProviderKind.OWN_SITE,
    },
    Route: {
        "off site direction": Route.OFF_SITE_DIRECTION,
        "offsite direction": Route.OFF_SITE_DIRECTION,
        "directed off site": Route.OFF_SITE_DIRECTION,
        "direction": Route.OFF_SITE_DIRECTION,
        "s29a": Route.OFF_SITE_DIRECTION,
        "s19": Route.SECTION_19,
        "pex": Route.PERMANENT_EXCLUSION,
        "permex": Route.PERMANENT_EXCLUSION,
        "permanently excluded": Route.PERMANENT_EXCLUSION,
        "after a permanent exclusion": Route.PERMANENT_EXCLUSION,
        "fixed term exclusion": Route.SUSPENSION,
        "fte": Route.SUSPENSION,
        "suspended": Route.SUSPENSION,
        "during a suspension": Route.SUSPENSION,
        "school": Route.SCHOOL_ARRANGED,
        "arranged by the school": Route.SCHOOL_ARRANGED,
        "school commissioned": Route.SCHOOL_ARRANGED,
        "parental agreement": Route.SCHOOL_ARRANGED,
        "agreed with parents": Route.SCHOOL_ARRANGED,
        "ehe": Route.HOME_EDUCATION,
        "elective home education": Route.HOME_EDUCATION,
    },
    Place: {
        "at the provider": Place.PROVIDER,
        "in school": Place.SCHOOL,
        "at home": Place.HOME,
        "remote": Place.ONLINE,
    },
    Tier: {
        "tier 1a": Tier.ONE_A,
        "tier 1b": Tier.ONE_B,
        "tier 2": Tier.TWO,
        "tier 3": Tier.THREE,
    },
    Reason: {
        "early intervention": Reason.EARLY_HELP,
        "vocational course": Reason.VOCATIONAL,
        "between schools": Reason.BETWEEN_PLACES,
        "medical": Reason.HEALTH,
        "mental health": Reason.HEALTH,
        "ebsa": Reason.HEALTH,
        "anxiety": Reason.HEALTH,
        "behavioural": Reason.BEHAVIOUR,
        "semh": Reason.BEHAVIOUR,
        "exclusion": Reason.BEHAVIOUR,
    },
    Aim: {
        "reintegration": Aim.RETURN_TO_SCHOOL,
        "return to mainstream": Aim.RETURN_TO_SCHOOL,
        "return": Aim.RETURN_TO_SCHOOL,
        "back to school": Aim.RETURN_TO_SCHOOL,
        "college": Aim.POST_16,
        "specialist": Aim.SPECIALIST,
        "special school": Aim.SPECIALIST,
    },
    Extent: {
        "ft": Extent.FULL_TIME,
        "full": Extent.FULL_TIME,
        "pt": Extent.PART_TIME,
        "part": Extent.PART_TIME,
        "reduced timetable": Extent.PART_TIME,
    },
    PlannedCode: {"code b": PlannedCode.B, "code d": PlannedCode.D, "code k": PlannedCode.K},
    Risk: {"low": Risk.LOWER, "high": Risk.HIGHER},
    RegisterStatus: {"not listed": RegisterStatus.NOT_FOUND},
    Destination: {
        "own school": Destination.HOME_SCHOOL,
        "special school": Destination.SPECIAL_SCHOOL,
        "college": Destination.FURTHER_EDUCATION,
        "fe college": Destination.FURTHER_EDUCATION,
        "apprenticeship": Destination.TRAINING,
        "employment": Destination.TRAINING,
        "ehe": Destination.HOME_EDUCATION,
        "elective home education": Destination.HOME_EDUCATION,
    },
}
"""Words that people use for a choice, besides its own."""
