"""The sample data: invented pupils, providers and placements around a day, answered as an answers file would."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from ..domain.ages import ends_on
from ..domain.calendar import Calendar
from ..domain.commissioner import Commissioner
from ..domain.half_terms import HalfTerm
from ..domain.provider import Provider
from ..domain.pupil import Pupil
from ..forms.form import Noun
from ..policy.terms import bank_holidays
from ..store.author import Author

CALENDAR = "Invented for the demo"
AUTHOR = Author("demo")
Answers = dict[str, Any]


def half_terms(around: date) -> tuple[HalfTerm, ...]:
    """An invented calendar of three school years, the middle one around a day."""
    began = around.year if around.month >= 9 else around.year - 1
    return tuple(block for year in (began - 1, began, began + 1) for block in _school_year(year))


def _school_year(year: int) -> Iterator[HalfTerm]:
    terms = (
        ("autumn", date(year, 9, 1), 7, 7),
        ("spring", date(year + 1, 1, 4), 6, 5),
        ("summer", date(year + 1, 4, 13), 6, 7),
    )
    for name, near, first_weeks, second_weeks in terms:
        monday = near + timedelta(days=-near.weekday() % 7)
        for number, weeks in ((1, first_weeks), (2, second_weeks)):
            first = late_august(year) if (name, number) == ("autumn", 1) else monday
            yield HalfTerm(
                CALENDAR,
                f"{name} {number} {monday.year} (invented)",
                first,
                monday + timedelta(weeks=weeks, days=-3),
            )
            monday += timedelta(weeks=weeks + 1)


def late_august(year: int) -> date:
    """The first day of a school year, 27 August or the last weekday before it: two leaving dates can be meant for a birthday after it."""
    day = date(year, 8, 27)
    return day - timedelta(days=max(day.weekday() - 4, 0))


class Sample:
    """The answers of the sample, for a day."""

    def __init__(self, today: date) -> None:
        self.today = today
        self.calendar = Calendar(CALENDAR, half_terms(today), bank_holidays())
        self.began = today.year if today.month >= 9 else today.year - 1

    def term(self, number: int) -> HalfTerm:
        """A half term counted from the current or next one, which is 0."""
        blocks = self.calendar.half_terms
        return blocks[blocks.index(self.calendar.half_term_from(self.today)) + number]

    def first(self, number: int, days: int = 0) -> str:
        """A day counted from the first of a half term."""
        return (self.term(number).first + timedelta(days=days)).isoformat()

    def last(self, number: int) -> str:
        """The last day of a half term."""
        return self.term(number).last.isoformat()

    def nouns(self) -> Iterator[tuple[type[Noun], Answers]]:
        """Commissioners, pupils and providers, in the order of their references."""
        yield (
            Commissioner,
            {"commissioner": "Example Academy", "kind": "academy", "calendar": CALENDAR},
        )
        yield (
            Commissioner,
            {
                "commissioner": "Exampleshire Council",
                "kind": "local-authority",
                "calendar": CALENDAR,
            },
        )
        yield from ((Pupil, each) for each in self.pupils())
        yield from ((Provider, each) for each in self.providers())

    def pupils(self) -> Iterator[Answers]:
        """Twelve pupils with obviously invented names, by year group."""
        names = (
            "Acorn",
            "Bramble",
            "Clover",
            "Daisy-Chain",
            "Elderberry",
            "Foxglove",
            "Gorse",
            "Hazelnut",
            "Ivyleaf",
            "Juniper",
            "Knapweed",
            "Lichen",
        )
        groups = (9, 9, 10, 8, 10, 9, 10, 8, 9, 10, 11, 12)
        for number, (name, group) in enumerate(zip(names, groups, strict=True), 1):
            known = (
                "ehcp",
                "looked_after",
                "social_worker",
                "sen_support",
                "health_plan",
                "ebsa",
                "medical",
            )
            plan = dict.fromkeys(known, "no") | {"home_school": "Example Academy"}
            if number == 1:
                plan |= {"upn": "B801200005001"}
            if number in (4, 10, 11):
                plan |= {"ehcp": f"{self.began - 2}-09-01"}
            if number in (9, 10):
                plan |= {"looked_after": f"{self.began - 2}-09-01"}
            if number == 7:
                plan |= {"sen_support": f"{self.began - 2}-09-01"}
            if number in (3, 12):
                plan = {"home_school": "Example Academy"}  # nobody asked yet
            born = f"{self.began - group - 5}-11-{number + 9}"
            if number in (7, 8):  # 16 when the school year has begun already
                born = f"{self.began - group - 4}-08-{number + 21}"
            if number == 9:
                plan |= {"next_pep": self.last(1)}
            if number == 8:
                plan |= {"leaving_confirmed": ends_on(date.fromisoformat(born)).isoformat()}
            yield {"name": f"{name} Example", "born": born} | plan

    def providers(self) -> Iterator[Answers]:
        """Ten providers: registered and not, good and bad."""
        trained = {
            "lead": "L. Sample",
            "lead_trained": "-30w",
            "deputy": "D. Sample",
            "deputy_trained": "-40w",
            "follows_partnership": True,
        }
        unregistered = {"kind": "non-school", "registered": "no"}
        checked = {
            "checked": "-20w",
            "where": "Get Information about Schools",
            "register_says": "open",
        }
        yield {
            "name": "Hollow Oak Farm",
            "address": ["1 Example Lane, Testford"],
            "risk": "higher",
            "activity": ["animal care"],
        } | unregistered
        yield (
            {
                "name": "Thistledown Workshop",
                "address": ["2 Example Lane, Testford"],
                "contact": "C. Sample",
                "risk": "lower",
            }
            | unregistered
            | trained
        )
        yield (
            {
                "name": "Larkfield Centre",
                "address": ["3 Example Lane, Testford"],
                "satellite": ["4 Example Lane, Testford"],
            }
            | unregistered
            | trained
            | {"lead_trained": "-150w"}
        )
        yield {
            "name": "Example Short Stay School",
            "kind": "pru",
            "registered": "yes",
            "urn": "100001",
            "address": ["5 Example Lane, Testford"],
        } | checked
        yield {
            "name": "Millpond Independent School",
            "kind": "independent",
            "registered": "-200w",
            "address": ["6 Example Lane, Testford"],
        }
        yield {"name": "Sample Online Tuition", "kind": "online", "registered": "no"}
        yield {
            "name": "Testford College",
            "kind": "fe-college",
            "ukprn": "10000001",
            "address": ["7 Example Lane, Testford"],
        }
        yield {
            "name": "The Learning Room",
            "kind": "own-site",
            "address": ["Example Academy, Testford"],
        }
        yield {
            "name": "Test Screen Lessons",
            "kind": "online",
            "registered": "no",
            "accredited": True,
        }
        yield {"name": "Example Tutors", "kind": "one-to-one", "registered": "no"}

    def placements(self) -> Iterator[tuple[Answers, Answers | None]]:
        """Twenty placements over two school years, each with how it ended, if it has."""
        full = self.complete()
        runs = {"starts": self.first(-3), "ends": self.last(1)}
        by_pupil: dict[int, Answers] = {
            1: full,
            3: {"extent": "full-time"},
            4: {"section_f_given": True, "section_f": "an assistant is there each day"},
            5: {"removed_from_roll": self.first(-1), "removal_ground": "none-of-these"},
        }
        for pupil in range(1, 6):  # five full time at one place
            yield (
                {"pupil": f"P-{pupil:04d}", "provider": "PR-0003", "hours": "20", "site": "1"}
                | runs
                | by_pupil.get(pupil, {}),
                None,
            )
        for pupil in range(
            6, 10
        ):  # three, one of them part time, and well planned; the fourth has come to an end that leads nowhere
            over = (
                {"day": self.first(-1), "reason": "the place was withdrawn", "destination": "none"}
                if pupil == 9
                else None
            )
            yield (
                full
                | {
                    "pupil": f"P-{pupil:04d}",
                    "provider": "PR-0002",
                    "hours": "17" if pupil == 8 else "19",
                }
                | runs
                | self.weeks().get(pupil, {}),
                over,
            )
        found_later = {"reason": ["health"], "top_up": True}
        yield (
            {"pupil": "P-0010", "provider": "PR-0001", "hours": "19"}
            | runs
            | {"ends": self.last(3)}
            | found_later,
            None,
        )
        saturday = {"review_date": [(self.term(0).last + timedelta(days=1)).isoformat()]}
        open_ended = full | {"aim": "post-16", "starts": self.first(-3)}
        yield (
            open_ended
            | {
                "pupil": "P-0011",
                "provider": "PR-0004",
                "at_school": "none",
                "hours": "25",
                "commissioner": "C-0002",
                "route": "section-19",
                "post_16_plan": True,
                "top_up": True,
                "extent": "full-time",
            },
            None,
        )
        yield (
            open_ended
            | {
                "pupil": "P-0011",
                "provider": "PR-0005",
                "place": "elsewhere",
                "hours": "6",
                "at_school": "none",
                "at_provider": "fri",
            }
            | saturday,
            None,
        )
        follows = max(self.first(-1), f"{self.began}-07-01")  # where one ends and the other begins
        yield (
            {
                "pupil": "P-0012",
                "provider": "PR-0006",
                "hours": "6",
                "starts": follows,
                "at_provider": "tue",
                "route": "section-19",
                "for_authority": False,
            },
            None,
        )
        yield (
            {
                "pupil": "P-0012",
                "provider": "PR-0006",
                "hours": "5",
                "starts": self.first(-2),
                "ends": follows,
                "code_supervised": False,
                "at_provider": "mon-tue",
            },
            None,
        )
        yield (
            full
            | {
                "pupil": "P-0006",
                "provider": "PR-0008",
                "hours": "8",
                "tier": "1b",
                "away_hours": "12",
                "school_week_hours": "25",
                "route": "school-arranged",
                "at_provider": "fri",
                "at_school": "mon-thu",
            }
            | runs,
            None,
        )
        yield (
            full
            | {
                "pupil": "P-0008",
                "provider": "PR-0001",
                "hours": "18",
                "starts": self.first(2, 7),
                "ends": self.last(3),
                "review_date": [self.last(2)],
            },
            None,
        )
        registered: tuple[Answers, ...] = (
            {"dual_registered": self.first(-5, 7)},
            {"dual_registered": self.first(-5), "tier": "1b"},
        )
        in_school: tuple[Answers, ...] = (
            {"tier": "1b", "place": "school"},
            {"tier": "1b", "place": "school", "success": None},
        )
        for (pupil, provider), own in zip(
            ((1, 4), (2, 4), (6, 4), (9, 7)), (*registered, *in_school), strict=True
        ):
            over = {
                "day": self.last(-4),
                "reason": "the objectives were met",
                "destination": "home-school",
            }
            past = {
                "pupil": f"P-{pupil:04d}",
                "provider": f"PR-{provider:04d}",
                "hours": "12",
                "starts": self.first(-5),
                "ends": self.last(-4),
                "review_date": [self.last(-5)],
            }
            yield (
                {name: value for name, value in (full | past | own).items() if value is not None},
                over,
            )

    def weeks(self) -> dict[int, Answers]:
        """Weeks that are not whole, by the number of the pupil: one as it should be agreed, one that nobody agreed, and one by exception."""
        at_home = {"at_provider": "mon-wed", "at_home": "thu"}
        agreed = {
            "home_reported": self.first(-4),
            "home_agreed": True,
            "home_until": self.last(1),
            "home_checked_by": "T. Sample",
        }
        on_the_way_back = {
            "full_time_from": self.first(2),
            "part_time_reason": "phased-return",
            "part_time_review": self.last(1),
        }
        return {
            6: {"extent": "full-time", "exception": "ks4-qualification"},
            7: at_home | agreed | on_the_way_back,
            8: at_home | {"at_home": "thu am"},
        }

    def complete(self) -> Answers:
        """Answers to every question that a well planned placement has."""
        spoken = {
            key: self.first(-6)
            for key in ("pupil_consulted", "parents_consulted", "teacher_consulted")
        }
        outcomes = {
            f"outcome_{name}": "better than before"
            for name in ("attendance", "attitude", "attainment", "behaviour", "destination")
        }
        return (
            spoken
            | outcomes
            | {
                "consulted": "the pupil, a parent and the form tutor",
                "tried": "mentoring and a changed timetable",
                "reason": ["early-help", "behaviour"],
                "tier": "2",
                "aim": "return-to-school",
                "nature": "practical learning with English and mathematics",
                "objectives": "attend four days in five",
                "timeline": "two half terms",
                "pupil_wants": "to work with tools",
                "success": "a full week at school",
                "extent": "part-time",
                "at_school": "fri",
                "at_provider": "mon-thu",
                "curriculum_fit": "the same English and mathematics",
                "transport": "by taxi, seen to be safe",
                "exit_strategy": "a phased return",
                "completed_by": "T. Sample",
                "completed_contact": "t.sample@example.test",
                "review_date": [self.last(number) for number in (0, 1)],
                "location_discussed": self.first(-6),
                "route_safe": True,
                "owner": "T. Sample",
                "cost": "120",
                "cost_compared": self.last(-1),
                "code": "B",
                "code_elsewhere": True,
                "code_educational": True,
                "code_approved": True,
                "code_supervised": True,
            }
        )
