"""A school year: one placement from referral to return, as it would be recorded, and what is said on each day."""

from __future__ import annotations

import pytest

from ap_cli.domain.evidence import OF_THE_PROVIDER

from ..conftest import Program
from .journey import Journey

pytestmark = pytest.mark.uncovered

PLAN = """
pupil = "P-0001"
provider = "PR-0001"
route = "off-site-direction"
starts = "2025-09-22"
ends = "2025-12-19"
hours = "12"
tier = "2"
aim = "return-to-school"
pupil_consulted = "2025-09-01"
parents_consulted = "2025-09-01"
teacher_consulted = "2025-09-01"
consulted = "the pupil, a parent and the tutor"
tried = "mentoring and a changed timetable"
reason = ["behaviour"]
cost = "180"
nature = "animal care with English and mathematics"
objectives = "attend four days in five"
timeline = "one term"
pupil_wants = "to be with animals"
success = "a full week at school"
outcome_attendance = "90 %"
outcome_attitude = "joins in"
outcome_attainment = "entry 3"
outcome_behaviour = "fewer exits"
outcome_destination = "the home school"
at_provider = "mon-wed"
at_school = "thu-fri"
extent = "full-time"
curriculum_fit = "the same books"
transport = "by taxi"
exit_strategy = "a phased return"
completed_by = "T. Sample"
completed_contact = "t.sample@example.test"
owner = "T. Sample"
review_date = ["2025-10-17", "2025-12-19"]
"""
FOUR = "--invited parent --invited provider --invited head-teacher --invited governors"


def test_a_school_year_from_referral_to_return(ap: Program) -> None:
    year = Journey(ap)
    referral(year)
    before(year)
    autumn(year)
    a_concern(year)
    an_extension(year)
    spring(year)
    the_end(year)
    assert year.commands > 60


def weeks(year: Journey, *mondays: str) -> None:
    for monday in mondays:
        year.do(f"attendance week PL-1 {monday} B")


def referral(year: Journey) -> None:
    year.on("2025-09-01").do('init --commissioner "Example Academy" --kind academy')
    year.do(
        'pupil add "Test Pupil" --born 2011-11-15 --home-school "Example Academy" --upn B801200005001 --ehcp no --looked-after no --social-worker no --health-plan no'
        " --sen-support no"
    )
    year.do(
        'provider add "Hollow Oak Farm" --kind non-school --not-registered --address "1 Example Lane" --risk lower --contact "C. Sample"'
        ' --lead "L. Sample" --lead-trained 2025-01-10 --deputy "D. Sample" --deputy-trained 2025-01-10 --follows-partnership'
    )
    (year.ap.folder / "plan.toml").write_text(PLAN)
    year.on("2025-09-08").do("placement new --no-input --answers plan.toml")
    assert year.breached() == ["AP206"] and year.untold() == ["AP601"], (
        "the provider declared nothing, and no code is planned"
    )
    assert year.due() == [("PL-0001", "2025-10-17", False)]
    assert year.path() == {"before": (18, 0, 19), "during": (1, 0, 5), "after": (0, 0, 0)}
    assert year.next() == ["AP206", "AP421", "AP306"], (
        "first the declaration, then the notice, then what else is due before the start"
    )


def before(year: Journey) -> None:
    year.on("2025-09-09")
    for item in OF_THE_PROVIDER:
        year.do(
            f"record evidence PR-1 --item {item} --by 'T. Sample'"
            + (" --expires 2026-03-01" if item == "insurance" else "")
        )
    year.do(
        "record visit PL-1 --purpose pre-placement --by 'T. Sample' --needs-met --english-and-mathematics --breadth --qualifications"
    )
    year.do(
        "record reporting PR-1 --absence 'by 10' --concerns 'at once' --progress 'each half term' --marks-here"
    )
    year.do("record reporting PL-1 --contact-there 'C. Sample' --contact-here 'T. Sample'")
    year.do("record declaration PR-1 --full-time 2 --with-plan 0 --with-sen 0")
    year.on("2025-09-10").do(
        "record advice PL-1 --approach inclusion-service --tried --said 'a term at most'"
    )
    year.do(
        "record risk PL-1 --checked 'fire, first aid' --competent-person 'S. Sample' --statement --parents-told --commissioner-told"
        " --this-child 'leaves when upset' --discussed --no-must-register --limits-known --safe-working --pupil-knows"
    )
    year.do(
        "record sharing PL-1 --whom 'C. Sample' --sen --no-medical --literacy --no-safeguarding"
    )
    year.do("record plan PL-1 --agreed-by parent --agreed-by child --roles")
    year.do(
        "record reintegration PL-1 --readiness 'two full weeks' --provider-gives mentoring --school-gives 'a key adult'"
    )
    year.do(
        "placement edit PL-1 --location-discussed 2025-09-09 --route-safe --code B --code-elsewhere --code-educational --code-approved --code-supervised"
    )
    assert year.breached() == [] and year.untold() == []
    assert year.path()["before"] == (36, 0, 2) and year.next()[:2] == ["AP421", "AP423"], (
        "only the notice is left"
    )
    year.do(
        "record notice PL-1 --to parent --address --report-to --days --reasons --session-times --at-most-until 2026-03-27"
    )
    assert year.path()["before"] == (38, 0, 0)


def autumn(year: Journey) -> None:
    assert year.on("2025-09-22").breached() == []
    year.on("2025-09-25").do("attendance week PL-1 2025-09-22 B B B B N B")
    assert year.breached() == ["AP604"], "nobody asked on Wednesday why the child was not there"
    year.do("record contact PL-1 --day 2025-09-24 --whom 'a parent' --said 'a late bus'")
    year.do("attendance amend PL-1 2025-09-24 am L --reason 'the bus was late'")
    year.do("record notified PL-1 --by 'T. Sample' --number AP-0001")
    assert year.breached() == [] and year.next()[0] == "AP412", "the induction is next"
    year.on("2025-10-03").do(
        "record induction PL-1 --academic-level 'entry 2' --prior-attendance 62 --engagement 'when moving' --ambitions 'a vet'"
    )
    weeks(year, "2025-09-29")
    year.do(f"record invitation PL-1 --review-on 2025-10-14 {FOUR}")
    year.on("2025-10-08").do(
        "record visit PL-1 --purpose quality-assurance --child-seen --by 'T. Sample' --safe --competent-person 'S. Sample'"
    )
    weeks(year, "2025-10-06")
    assert year.on("2025-10-15").breached() == ["AP603"], "Thursday's marks have not come"
    weeks(year, "2025-10-13")
    year.do(
        "record review PL-1 --day 2025-10-14 --objectives-met --attending --safe --needs-met --child-view 'likes the goats' --decided continue --until 2026-03-27"
    )
    year.do("record outcome PL-1 --told parent --told provider --reasons")
    assert year.due() == [("PL-0001", "2025-12-19", False)], "the next review is the last day"
    year.do("placement edit PL-1 --cost-compared 2025-10-14")
    year.on("2025-10-17").do(
        "record progress PL-1 --progress 'two units begun' --achievements 'led a tour' --attendance 96"
    )
    assert year.breached() == [] and year.path() == {
        "before": (38, 0, 0),
        "during": (6, 0, 2),
        "after": (0, 0, 0),
    }


def a_concern(year: Journey) -> None:
    year.on("2025-11-07")
    weeks(year, "2025-10-27", "2025-11-03")
    year.on("2025-11-10").do(
        "record concern PL-1 --what 'a bruise on the arm' --by 'C. Sample' --lead-informed 2025-11-10 --no-about-adult --no-at-risk"
    )
    assert year.due() == [("PL-0001", "2025-11-11", False)] and year.breached() == []
    year.on("2025-11-12").do("attendance week PL-1 2025-11-10 B")
    assert year.due() == [("PL-0001", "2025-11-11", True)]
    assert year.breached() == ["AP503", "AP506", "AP512"]
    assert year.next()[:2] == ["AP506", "AP503"]
    concern = next(
        row["ref"]
        for row in year.ap.json("timeline", "PL-1", on=year.day)
        if row["kind"] == "concern"
    )
    year.do(
        "record review PL-1 --day 2025-11-11 --safe --objectives-met --attending --needs-met --decided continue --until 2026-03-27 --next-review 2025-12-08 --child-view 'wants to stay'"
    )
    assert year.breached() == ["AP506"], "whether the placement stops, or why not, is not recorded"
    assert "closed with its outcome" in year.refused(f"record concern PL-1 --of {concern} --closed")
    year.do(
        f"record concern PL-1 --of {concern} --decision not-affected --why-not-stopped 'a fall at home, seen by a doctor'"
    )
    year.do(f"record concern PL-1 --of {concern} --closed --outcome 'no further action'")
    year.do("record outcome PL-1 --told parent --told provider --reasons")
    assert year.breached() == [] and year.due() == [("PL-0001", "2025-12-08", False)]


def an_extension(year: Journey) -> None:
    year.on("2025-12-01").do(
        "record contact PL-1 --whom 'the provider and the child' --said 'all well'"
    )
    weeks(year, "2025-11-17", "2025-11-24")
    year.do(f"record invitation PL-1 --review-on 2025-12-08 {FOUR}")
    year.on("2025-12-08")
    weeks(year, "2025-12-01")
    year.do(
        "record readiness PL-1 --takes-support mostly --works-steadily sometimes --attends mostly --trusts-staff mostly --wants-peers not-yet"
    )
    year.do(
        "record review PL-1 --attending --safe --needs-met --objectives-met --decided extend --extend-to 2026-03-27 --next-review 2026-02-09"
    )
    assert year.due() == [("PL-0001", "2026-02-09", False)] and year.breached() == []
    year.on("2025-12-12").do("record outcome PL-1 --told parent --told provider --reasons")
    year.do(
        "record visit PL-1 --purpose quality-assurance --child-seen --by 'T. Sample' --safe --competent-person 'S. Sample'"
    )
    weeks(year, "2025-12-08")
    year.on("2025-12-19").do("record progress PL-1 --progress 'two units done' --attendance 97")
    weeks(year, "2025-12-15")
    assert year.breached() == [] and year.path()["during"] == (9, 0, 2)


def spring(year: Journey) -> None:
    assert year.on("2026-01-05").breached() == [], "nothing is late in a holiday"
    year.on("2026-01-09").do(
        "placement edit PL-1 --hours 8 --at-provider mon-tue --at-school wed-fri --from 2026-01-06"
    )
    assert "at Example Academy" in year.do('where P-1 --at "2026-01-07 11:00"').out, (
        "by the new week"
    )
    year.do("attendance week PL-1 2026-01-05 - - B B - - -")
    year.on("2026-01-30")
    weeks(year, "2026-01-12", "2026-01-19", "2026-01-26")
    assert year.breached() == ["AP310", "AP512"], (
        "the insurance expires in 30 days, and nobody was in touch"
    )
    year.do("record evidence PR-1 --item insurance --by 'T. Sample' --expires 2027-03-01")
    year.do("record declaration PR-1 --full-time 2 --with-plan 0 --with-sen 0")
    year.do(f"record invitation PL-1 --review-on 2026-02-09 {FOUR}")
    year.on("2026-02-10")
    weeks(year, "2026-02-02")
    assert year.due() == [("PL-0001", "2026-02-09", True)]
    year.do(
        "record review PL-1 --day 2026-02-09 --attending --safe --objectives-met --needs-met --decided continue --until 2026-03-27 --next-review 2026-03-20"
    )
    year.do("record visit PL-1 --child-seen --by 'T. Sample' --safe --competent-person 'S. Sample'")
    year.do("record outcome PL-1 --told parent --told provider --reasons")
    year.on("2026-02-13").do("record progress PL-1 --progress 'three units' --attendance 98")
    weeks(year, "2026-02-09")
    assert year.breached() == [] and year.due() == [("PL-0001", "2026-03-20", False)]
    year.on("2026-03-02").do("record request PL-1 --asked-by parent")
    weeks(year, "2026-02-23")
    assert year.due() == [("PL-0001", "2026-03-20", False)], (
        "fifteen school days are later than the date agreed"
    )
    year.on("2026-03-09").do(
        "record visit PL-1 --child-seen --by 'T. Sample' --safe --competent-person 'S. Sample'"
    )
    year.do(f"record invitation PL-1 --review-on 2026-03-16 {FOUR}")
    weeks(year, "2026-03-02")


def the_end(year: Journey) -> None:
    year.on("2026-03-16").do(
        "record review PL-1 --attending --safe --objectives-met --needs-met --decided end --child-view 'ready to go back'"
    )
    year.do("record outcome PL-1 --told parent --told provider --reasons")
    year.do(
        "record readiness PL-1 --takes-support yes --works-steadily mostly --attends yes --trusts-staff yes --wants-peers sometimes"
    )
    weeks(year, "2026-03-09")
    assert year.breached() == [] and year.due() == [("PL-0001", "2026-03-27", False)]
    year.on("2026-03-25").do(
        "record final-report PL-1 --progress 'three units, calm' --recommends 'a phased return'"
    )
    weeks(year, "2026-03-16")
    year.on("2026-03-27").do("record progress PL-1 --progress done")
    weeks(year, "2026-03-23")
    assert year.next() == ["AP503", "AP701", "AP704"], "the discussion is what is left"
    year.do(
        "record discussion PL-1 --took-part school --took-part provider --took-part child --took-part parent --achievements 'three units'"
        " --child-view proud --support 'a key adult, the form tutor'"
    )
    year.do(
        "record support PL-1 --need key-adult --given-by 'the form tutor' --until 2026-07-10 --helps 'some minutes outside'"
    )
    told = year.do(
        "placement end PL-1 --day 2026-03-27 --reason 'objectives met' --destination home-school"
    )
    assert "AP708" in told.err and told.err.count("still to do") == 1, "only the follow-up is left"
    assert year.due() == [] and year.breached() == []
    assert "is after PL-0001 ended" in year.on("2026-04-13").refused("record review PL-1")
    assert year.path()["after"] == (6, 0, 1) and year.next() == ["AP708"]
    year.on("2026-05-20").do("record follow-up PL-1 --settled --support-given")
    assert year.next() == [] and year.path()["after"] == (7, 0, 0)
    assert "nothing needs attention" in year.on("2026-07-10").do("status").out
    assert "attended 114 of 114 sessions" in year.do("attendance show PL-1").out
