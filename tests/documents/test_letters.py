"""The letters of an off-site direction and of an exclusion: what the law wants them to say."""

from __future__ import annotations

from typing import Any

import pytest

from ap_cli.documents import day_six, invitation, notice, outcome
from ap_cli.documents.document import FORMATS, DocumentKind
from ap_cli.documents.making import DOCUMENTS
from ap_cli.domain.commissioner import CommissionerKind
from ap_cli.domain.entries.before import Notice
from ap_cli.domain.entries.during import Invitation, Outcome
from ap_cli.domain.entries.entry import Party
from ap_cli.domain.entries.excluded import EducationNotice
from ap_cli.domain.placement import Placement
from ap_cli.domain.pupil import Pupil
from ap_cli.errors import ApError
from ap_cli.forms.facts import recorded
from ap_cli.render.command import spell
from ap_cli.rules.cases.placement import PlacementCase
from ap_cli.rules.examples.builders import PUPIL

from .cases import HAPPENED, MEETING, REVIEW, STATES, TIMES, empty, filled, half_filled
from .papers import (
    DAY,
    lacking_labels,
    make_facts,
    make_paper,
    read_pages,
    read_text,
    values_of,
    write,
)

WITH_PLAN = {"pupil": PUPIL | {"ehcp": "2024-09-01"}}
SUSPENDED: dict[str, Any] = {
    "route": "suspension",
    "exclusions": [{"day": "2026-01-02", "permanent": False, "until": "2026-01-16"}],
}
GROWN_UP = {"pupil": PUPIL | {"born": "2007-12-31"}}


def text_of(kind: DocumentKind, case: PlacementCase) -> str:
    """What a letter says, as a page."""
    return read_text(write(make_paper(kind, case), "html"), "html")


def test_the_notice_has_all_that_regulation_3_wants() -> None:
    content = notice.KIND.make_content(make_facts(filled()))
    values = values_of(content)
    assert lacking_labels(content) == []
    assert values["Address"] == "1 Example Lane"
    assert values["Report on the first day to"] == "C. Sample, at the office"
    assert values["Number of school days"] == "41"
    assert values["Reasons"] == "Support with behaviour; to step in before it gets worse"
    assert str(values["Objectives"]).startswith("1. Attend nine sessions in ten\n2. finish both")
    assert values["The day starts at"] == "9:15am" and values["The day ends at"] == "2:45pm"
    assert values["Break"] == "12:15pm to 1pm"


def test_the_notice_says_the_right_to_a_review_and_never_every_thirty_days() -> None:
    text = text_of(notice.KIND, filled())
    assert "You can ask us in writing for a review at any time" in text
    assert "in the 10 weeks before you asked" in text and "at least 6 days before" in text
    assert "We review this on Friday 13 February 2026 and Friday 27 March 2026" in text
    assert "thirty" not in text and "30 days" not in text


def test_the_parent_reads_of_their_child_and_the_council_of_the_pupil() -> None:
    parent, council = (
        text_of(notice.KIND, filled()),
        text_of(notice.TO_COUNCIL, filled(**WITH_PLAN)),
    )
    assert "The parent or carer of Test Pupil" in parent and "requires your child to" in parent
    assert "The local authority" in council and "requires the pupil to attend" in council


def test_a_pupil_of_eighteen_is_written_to_and_one_a_day_younger_is_not() -> None:
    grown_up = filled(pupil=PUPIL | {"born": "2008-01-06"})
    younger = filled(pupil=PUPIL | {"born": "2008-01-07"})
    assert "requires you to attend" in text_of(notice.KIND, grown_up)
    assert "requires your child to attend" in text_of(notice.KIND, younger)


def test_governors_direct_for_a_maintained_school_and_an_academy_for_itself() -> None:
    maintained = filled(commissioner=CommissionerKind.MAINTAINED_SCHOOL)
    assert "The governing body of Example Academy requires" in text_of(notice.KIND, maintained)
    assert "governing body of" not in text_of(notice.KIND, filled())


def test_school_days_are_those_at_the_provider_counted_by_the_term_dates() -> None:
    without_number = [("times", {key: TIMES[key] for key in TIMES if key != "days"})]
    every_day = filled(happened=without_number, at_provider="mon-fri")
    mondays = filled(happened=without_number, at_provider="mon")
    counted = values_of(notice.KIND.make_content(make_facts(mondays)))["Number of school days"]
    known = every_day.calendar.school_days(every_day.placement.starts, every_day.placement.ends)
    assert recorded(known)
    assert counted == str(sum(day.weekday() == 0 for day in known))
    whole = values_of(notice.KIND.make_content(make_facts(every_day)))["Number of school days"]
    assert whole == str(len(known)) and int(counted) < int(whole)


def test_without_the_days_of_the_week_the_number_of_days_is_missing() -> None:
    without_number = [("times", {key: TIMES[key] for key in TIMES if key != "days"})]
    content = notice.KIND.make_content(
        make_facts(filled(happened=without_number, at_provider=None))
    )
    [days] = [field for field in content.lacking() if field.key == "number_of_days"]
    assert spell(days.remedy) == "ap placement edit PL-0001 --at-provider …"


def test_without_term_dates_the_number_of_days_is_missing_and_never_guessed() -> None:
    far = filled(happened=[], starts="2031-01-06", ends="2031-03-27", review_date=None)
    content = notice.KIND.make_content(make_facts(far))
    [days] = [field for field in content.lacking() if field.key == "number_of_days"]
    assert spell(days.remedy) == "ap terms import FILE.csv"


def test_a_pupil_with_one_session_a_day_has_no_break() -> None:
    alone = {key: TIMES[key] for key in TIMES if not key.startswith("break")}
    half_days, whole = (
        values_of(notice.KIND.make_content(make_facts(case)))["Break"]
        for case in (
            filled(happened=[("times", alone)], at_provider="mon am, tue am"),
            filled(happened=[("times", alone)], at_provider="mon am, tue"),
        )
    )
    assert half_days == "None: one session a day" and not recorded(whole)


def test_what_the_notice_lacks_is_asked_for_in_one_command() -> None:
    from ap_cli.documents.making import join_remedies

    content = notice.KIND.make_content(make_facts(half_filled()))
    commands = list(map(spell, join_remedies(content.lacking())))
    assert (
        "ap record times PL-0001 --report-to … --starts-at … --break-from … --break-to … --ends-at …"
        in commands
    )


def test_sending_it_records_what_it_says_and_nothing_that_it_lacks() -> None:
    for case, says in ((filled(), True), (empty(), False)):
        content = notice.KIND.make_content(make_facts(case))
        [sent] = notice.KIND.record_sent(case, content, "A. Tester", DAY)
        given = sent.entry
        assert isinstance(given, Notice) and given.given_to == (Party.PARENT,)
        facts = (given.address, given.report_to, given.days, given.reasons, given.session_times)
        assert all(recorded(fact) is says for fact in facts) and sent.noun is Placement
    council = filled(**WITH_PLAN)
    content = notice.TO_COUNCIL.make_content(make_facts(council))
    [sent] = notice.TO_COUNCIL.record_sent(council, content, "A. Tester", DAY)
    assert isinstance(sent.entry, Notice) and sent.entry.given_to == (Party.AUTHORITY,)


@pytest.mark.parametrize(
    ("name", "case", "why"),
    [
        ("notice", filled(), ""),
        ("notice", filled(route="school-arranged"), "this is not an off-site direction"),
        ("notice", filled(place="school"), "the pupil stays in the school"),
        ("council-notice", filled(**WITH_PLAN), ""),
        ("council-notice", filled(), "no EHC plan of the pupil is on record"),
        ("council-notice", empty(), "no EHC plan of the pupil is on record"),
        ("day-six-notice", filled(**SUSPENDED), ""),
        ("day-six-notice", filled(), "the placement is not for an exclusion"),
        (
            "day-six-notice",
            filled(route="suspension"),
            "no exclusion of the pupil is on record for its first day",
        ),
        ("review-invitation", filled(), ""),
        ("review-invitation", filled(route="section-19"), "this is not an off-site direction"),
        ("review-outcome", filled(), ""),
        ("review-outcome", filled(happened=HAPPENED), "no review has been held yet"),
    ],
)
def test_a_letter_applies_or_says_why_not(name: str, case: PlacementCase, why: str) -> None:
    [kind] = [each for each in DOCUMENTS.values() if each.name == name]
    assert kind.why_not(case) == why


def test_the_day_six_notice_has_all_that_regulation_7_wants() -> None:
    case = filled(**SUSPENDED)
    content = day_six.KIND.make_content(make_facts(case))
    values = values_of(content)
    assert values["Education starts on"] == "6 January 2026"
    assert values["Address"] == "1 Example Lane" and values["The day ends at"] == "2:45pm"
    text = text_of(day_six.KIND, case)
    assert "the suspension from Friday 2 January 2026 to Friday 16 January 2026" in text
    [sent] = day_six.KIND.record_sent(case, content, "A. Tester", DAY)
    told = sent.entry
    assert isinstance(told, EducationNotice) and (sent.noun, sent.id) == (Pupil, case.pupil.id)
    assert told.start_day and told.daily_hours and told.address and told.report_to
    assert str(told.exclusion_day) == "2026-01-02"


def test_a_permanent_exclusion_has_no_last_day() -> None:
    permanent = {"day": "2025-12-18", "permanent": True}
    case = filled(route="permanent-exclusion", exclusions=[permanent])
    text = text_of(day_six.KIND, case)
    assert "the permanent exclusion of Thursday 18 December 2025. This letter" in text


def test_the_invitation_has_the_meeting_and_goes_to_all_who_are_invited() -> None:
    case = filled(**WITH_PLAN)
    content = invitation.KIND.make_content(make_facts(case))
    values = values_of(content)
    assert values["Day of the review"] == "Friday 27 March 2026" and values["Time"] == "2pm"
    assert values["Place"] == "The school office"
    assert content.to == (
        "The parent or carer of Test Pupil",
        "Hollow Oak Farm",
        "The head teacher",
        "The governing body's representative",
        "The local authority",
    )
    [sent] = invitation.KIND.record_sent(case, content, "A. Tester", DAY)
    assert isinstance(sent.entry, Invitation) and len(sent.entry.invited) == 5
    assert str(sent.entry.review_on) == "2026-03-27"


def test_a_meeting_whose_day_has_gone_by_is_not_the_next_one() -> None:
    held = MEETING | {"day": "2026-02-01", "review_on": "2026-03-01"}
    today = MEETING | {"day": "2026-02-01", "review_on": "2026-03-02"}
    gone, coming = (
        values_of(invitation.KIND.make_content(make_facts(filled(happened=[("meeting", one)]))))
        for one in (held, today)
    )
    assert not recorded(gone["Time"]) and coming["Time"] == "2pm"
    assert coming["Day of the review"] == "Monday 2 March 2026"


def test_an_invitation_to_no_day_cannot_have_been_sent() -> None:
    case = empty()
    content = invitation.KIND.make_content(make_facts(case))
    with pytest.raises(ApError, match="--review-on DAY"):
        invitation.KIND.record_sent(case, content, "A. Tester", DAY)


def test_the_outcome_has_the_decision_with_its_reasons() -> None:
    given = {"day": "2026-02-16", "reviewed_on": REVIEW["day"], "reasons": "Attendance doubled."}
    case = filled(happened=[("review", REVIEW), ("reasons", given)])
    content = outcome.KIND.make_content(make_facts(case))
    values = values_of(content)
    assert values["Decision"] == "The placement goes on as it is"
    assert values["Reasons"] == "Attendance doubled."
    assert values["Goes on until"] == "27 March 2026" and values["It is safe"] == "Yes"
    [sent] = outcome.KIND.record_sent(case, content, "A. Tester", DAY)
    assert isinstance(sent.entry, Outcome) and sent.entry.reasons is True
    assert sent.entry.told == (Party.PARENT, Party.PROVIDER)


def test_an_outcome_without_reasons_says_so_and_is_not_recorded_with_them() -> None:
    case = half_filled()
    content = outcome.KIND.make_content(make_facts(case))
    assert "Reasons" in lacking_labels(content)
    [sent] = outcome.KIND.record_sent(case, content, "A. Tester", DAY)
    assert isinstance(sent.entry, Outcome) and not recorded(sent.entry.reasons)


def test_the_contact_details_are_those_of_the_person_named() -> None:
    values = values_of(notice.KIND.make_content(make_facts(filled(owner="T. Sample"))))
    assert values["Contact"] == "A. Tester"
    assert values["Their contact details"].startswith("01632 960001, a.tester@")


LETTERS = ("notice", "council-notice", "day-six-notice", "review-invitation", "review-outcome")


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("name", LETTERS)
def test_a_letter_is_one_page_or_two_with_twelve_objectives(name: str, state: str) -> None:
    changed = {"day-six-notice": SUSPENDED, "council-notice": WITH_PLAN}.get(name, {})
    case = STATES[state](**changed)
    [kind] = [each for each in DOCUMENTS.values() if each.name == name]
    if kind.why_not(case):
        assert (name, state) == ("review-outcome", "empty")
        return
    pages = read_pages(write(make_paper(kind, case), "pdf"))
    assert len(pages) <= (2 if state == "long" and "notice" in name else 1)
    assert case.pupil.name in " ".join(pages)


@pytest.mark.parametrize("format", FORMATS)
def test_each_format_of_the_notice_says_the_same(format: str) -> None:
    paper = make_paper(notice.KIND, filled())
    text = read_text(write(paper, format), format)
    for label, value in values_of(paper.content).items():
        assert label in text and " ".join(str(value).split()) in text, label
    assert "The parent or carer of Test Pupil" in text and "2 March 2026" in text


def test_several_signs_of_success_stand_each_in_a_line() -> None:
    several = filled(success="three full weeks in class; a return in May")
    values = values_of(notice.KIND.make_content(make_facts(several)))
    assert values["What success looks like"] == "1. three full weeks in class\n2. a return in May"


AGREED_UNTIL = "2026-03-27"
"""The last day of the placement, agreed as the latest day too."""


def number_when(agreed: str | None, days: str | None = None, **changed: Any) -> Any:
    """The field of the number of days, and the values of the notice, with a latest day agreed."""
    times = {key: TIMES[key] for key in TIMES if key != "days"} | ({"days": days} if days else {})
    happened = [("times", times)]
    if agreed:
        happened.append(
            ("notice", {"day": "2025-12-10", "to": ["parent"], "at_most_until": agreed})
        )
    content = notice.KIND.make_content(make_facts(filled(happened=happened, **changed)))
    [field] = [each for each in content.fields() if each.key == "number_of_days"]
    return field, values_of(content)


def test_the_number_of_days_ends_on_the_last_day_and_not_on_a_later_one_agreed() -> None:
    counted, without = number_when(None)
    agreed, values = number_when("2026-07-10")
    assert agreed.value == counted.value and values["At most until"] == "10 July 2026"
    assert "At most until" not in without and "At most until" not in number_when(AGREED_UNTIL)[1]


@pytest.mark.parametrize(
    ("ends", "told"),
    [
        ("2026-03-26", "26 March 2026"),
        ("2026-03-27", "27 March 2026; the last school day there is Thursday 26 March 2026"),
        ("2026-04-05", "5 April 2026; the last school day there is Thursday 26 March 2026"),
        ("2026-02-22", "22 February 2026; the last school day there is Thursday 12 February 2026"),
        ("2026-02-23", "23 February 2026"),
    ],
)
def test_a_last_day_without_school_there_is_said_with_the_last_one_that_has_it(
    ends: str, told: str
) -> None:
    assert number_when(None, ends=ends, review_date=None)[1]["Last day"] == told


def test_without_a_last_day_the_number_of_days_ends_on_the_latest_that_was_agreed() -> None:
    counted, _ = number_when(None)
    without_end, values = number_when(AGREED_UNTIL, ends=None)
    assert without_end.value == counted.value and values["At most until"] == "27 March 2026"


def test_a_last_day_after_the_latest_that_was_agreed_leaves_the_number_open() -> None:
    on_the_day, _ = number_when("2026-03-27")
    a_day_before, _ = number_when("2026-03-26", days="41")
    assert recorded(on_the_day.value) and not recorded(a_day_before.value)
    assert spell(a_day_before.remedy).startswith("ap record edit ")
    assert "--at-most-until" in spell(a_day_before.remedy)


def test_more_days_than_lie_between_the_first_and_the_last_are_not_believed() -> None:
    case = filled(happened=[])
    most = case.calendar.school_days(case.placement.starts, case.placement.ends)
    assert recorded(most)
    as_many, _ = number_when(None, days=str(len(most)))
    one_more, _ = number_when(None, days=str(len(most) + 1))
    assert as_many.value == str(len(most)) and not recorded(one_more.value)
    assert "--days" in spell(one_more.remedy)


def reasons_of(review: dict[str, Any], *given: dict[str, Any]) -> Any:
    """The reasons that an outcome gives for a review, with these given for the letter."""
    happened = [("review", review), *(("reasons", {"day": "2026-02-16"} | each) for each in given)]
    content = outcome.KIND.make_content(make_facts(filled(happened=happened)))
    [field] = [each for each in content.fields() if each.key == "review_reasons"]
    return field


def test_reasons_given_for_the_letter_stand_before_why_nothing_changes() -> None:
    given = {"reviewed_on": "2026-02-13", "reasons": "two objectives are met"}
    unchanged = REVIEW | {"why_no_change": "one more unit is to be done"}
    assert reasons_of(unchanged, given).value == "two objectives are met"
    assert reasons_of(unchanged).value == "one more unit is to be done"
    of_another = given | {"reviewed_on": "2026-02-12"}
    assert reasons_of(unchanged, of_another).value == "one more unit is to be done"


def test_the_note_of_a_review_goes_to_nobody() -> None:
    content = outcome.KIND.make_content(make_facts(filled(happened=[("review", REVIEW)])))
    assert all(REVIEW["note"] not in str(field.value) for field in content.fields())


def test_an_outcome_without_reasons_is_asked_for_them() -> None:
    field = reasons_of(REVIEW)
    assert not recorded(field.value)
    wanted = "ap record reasons PL-0001 --reviewed-on 2026-02-13 --reasons …"
    assert spell(field.remedy) == wanted
