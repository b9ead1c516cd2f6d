"""The screens of people: one page, the loudest first, whatever the store holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from types import SimpleNamespace
from typing import cast

import pytest

from ap_cli.cli.reviews import rows_of as rows_of_reviews
from ap_cli.domain.days import count, short_day
from ap_cli.domain.placement import Placement
from ap_cli.render.digest import show_digest
from ap_cli.render.home import make_home
from ap_cli.render.overview import overview, standing_lines
from ap_cli.render.result import View
from ap_cli.render.reviews import review_lines
from ap_cli.render.rows import Page, count_rows
from ap_cli.render.standing import show_standings
from ap_cli.render.tasks import row_of_home, when
from ap_cli.render.todo import Asked, todo_lines
from ap_cli.rules.task import Urgency, Weight
from ap_cli.services import drafts
from ap_cli.services.checks import CheckRequest
from ap_cli.services.digest import gather_digest
from ap_cli.services.home import HomeRow, arrange
from ap_cli.services.situation import Situation, describe_situation
from ap_cli.services.standing import judge_request
from ap_cli.services.tasks import OpenTask, TaskMaker
from ap_cli.services.todo import todo
from ap_cli.services.unsafe import list_unsafe_placements
from ap_cli.services.verdicts import Verdict
from ap_cli.store.address import Address
from ap_cli.store.author import Author
from ap_cli.store.opening import Store, open_store
from ap_cli.store.queries.people import Whom

from ..benchmarks.large import make
from ..conftest import Program

ON = date(2026, 11, 30)
SIZES = [(80, 24), (60, 20), (120, 40)]
WIDE = View(80, color=False, height=24, names="short")


@pytest.fixture(scope="module", params=[14, 300])
def store(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Store]:
    """The sample school, and one twenty times as large."""
    file = tmp_path_factory.mktemp("screens") / "ap.db"
    make(file, request.param)
    opened = open_store(Address(file))
    yield opened
    opened.close()


@pytest.fixture(params=["seen", "heard"])
def heard(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A screen that is seen, and one that is read aloud."""
    monkeypatch.setenv("ACCESSIBLE", "1" if request.param == "heard" else "")


def rows_of(lines: Iterable[str], width: int) -> int:
    """How many rows a screen takes with the prompt below it, its lines wrapped."""
    return count_rows(lines, width) + 1


@pytest.fixture(scope="module")
def situation(store: Store) -> Situation:
    return describe_situation(store, ON)


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.usefixtures("heard")
def test_the_first_screen_fits_the_terminal_with_its_prompt(
    situation: Situation, width: int, height: int
) -> None:
    lines = make_home(situation, View(width, False, height, "short")).lines
    assert rows_of(lines, width) + 1 <= min(height, 24), "with an empty row above the prompt"


def test_every_task_about_safety_is_on_the_first_screen_or_counted(situation: Situation) -> None:
    screen = make_home(situation, WIDE)
    shown = sum(len(row.tasks) for row in screen.rows if row.tasks[0].urgency is Urgency.SAFETY)
    assert shown == situation.counts[Urgency.SAFETY] > 0


def test_the_loudest_comes_first(situation: Situation) -> None:
    screen = make_home(situation, WIDE)
    ranks = [list(Urgency).index(row.tasks[0].urgency) for row in screen.rows]
    assert ranks == sorted(ranks)


def test_a_child_without_a_place_is_never_behind_more(store: Store, situation: Situation) -> None:
    for rows in range(4, 22):
        sections = arrange(situation.tasks, situation.people, ON, rows)
        shown = {task for section in sections for row in section.rows for task in row.tasks}
        without = [task for task in situation.tasks if task.weight is Weight.NO_PLACE]
        assert without and [task for task in without if task not in shown] == [], rows


def test_what_bears_on_a_child_comes_before_papers_that_are_as_late(situation: Situation) -> None:
    weights = [task.weight for task in situation.tasks if task.urgency is Urgency.LATE]
    assert weights == sorted(weights, reverse=True) and len(set(weights)) > 1
    late = next(
        section
        for section in arrange(situation.tasks, situation.people, ON, 21)
        if section.urgency is Urgency.LATE
    )
    papers = [all(task.weight is Weight.PAPERS for task in row.tasks) for row in late.rows]
    assert papers == sorted(papers) and not papers[0]
    days = [row.by for row in late.rows if row.tasks[0].weight is Weight.CHILD]
    assert len(days) > 1 and days == sorted(day for day in days if day is not None)


def test_what_is_cut_is_counted_in_tasks(situation: Situation) -> None:
    for section in arrange(situation.tasks, situation.people, ON, 18):
        own = {
            task for row in section.rows for task in row.tasks if task.urgency is section.urgency
        }
        assert len(own) + section.hidden == section.total == situation.counts[section.urgency]


def test_a_row_of_several_children_says_how_many_and_names_none_for_all() -> None:
    def row(*whoms: Whom) -> tuple[str, str]:
        task = cast(OpenTask, SimpleNamespace(urgency=Urgency.SAFETY))
        made = row_of_home(HomeRow("Absences", (task, task), whoms, None, is_group=True), ON, WIDE)
        return made.who, made.ref

    first = Whom("PL-0001", pupil="P-0001", name="Callum Example")
    twin = Whom("PL-0002", pupil="P-0002", name="Callum Example")
    other = Whom("PL-0003", pupil="P-0003", name="Bartholomews Example")
    assert row(first) == ("Callum E.", "PL-0001")
    assert row(first, twin) == ("Callum E., Callum E.", "")
    assert row(first, other) == ("Callum E., 1 more", ""), "both would take 26 letters"
    assert row(first, twin, other) == ("Callum E., 2 more", "")


def test_an_overview_names_a_child_by_first_name_and_initial(situation: Situation) -> None:
    text = "\n".join(make_home(situation, WIDE).lines)
    assert "Knapweed E." in text and "Knapweed Example" not in text


def test_no_name_is_shown_to_who_wants_none(situation: Situation) -> None:
    text = "\n".join(make_home(situation, View(80, False, 24, "never")).lines)
    assert "Knapweed" not in text and "P-0011" in text


def test_a_screen_that_is_heard_has_no_columns(
    situation: Situation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ACCESSIBLE", "1")
    lines = make_home(situation, WIDE).lines
    assert not any("   " in line.strip() for line in lines)
    assert any(line.startswith("1. ") for line in lines)


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.usefixtures("heard")
def test_a_check_of_everything_fits_a_screen(store: Store, width: int, height: int) -> None:
    judged = judge_request(store, CheckRequest(ON))
    lines = list(show_standings(judged, ON, later=False)((), View(width, False, height, "short")))
    assert rows_of(lines, width) <= min(height, 24)


def test_the_worst_come_first(store: Store) -> None:
    standings = judge_request(store, CheckRequest(ON)).standings
    ranks = [list(Verdict).index(standing.verdict) for standing in standings]
    assert ranks == sorted(ranks)


@pytest.mark.parametrize("number", [1, 10, 16])
@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.usefixtures("heard")
def test_a_check_of_one_placement_fits_a_screen(
    store: Store, number: int, width: int, height: int
) -> None:
    request = CheckRequest(ON, subjects=[(Placement, number)])
    judged = judge_request(store, request)
    view = View(width, False, height, "short")
    lines = list(show_standings(judged, ON, later=False)((), view))
    assert rows_of(lines, width) <= min(height, 24)
    verdict = next(line for line in lines if line.partition(":")[0] in tuple(Verdict))
    assert verdict.startswith(judged.standings[0].verdict)


def test_with_later_a_check_shows_every_task(store: Store) -> None:
    judged = judge_request(store, CheckRequest(ON, subjects=[(Placement, 10)]))
    lines = list(show_standings(judged, ON, later=True)((), View(200, False, 24)))
    words = {task.task.words for task in judged.standings[0].tasks}
    assert not [one for one in words if not any(one in line for line in lines)]


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.usefixtures("heard")
def test_the_list_of_what_to_do_fits_a_screen(
    situation: Situation, width: int, height: int
) -> None:
    lines = list(todo_lines(situation.tasks, ON, Page())((), View(width, False, height, "short")))
    assert rows_of(lines, width) <= min(height, 24) and lines[0].startswith("Mon 30 Nov 2026")


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.usefixtures("heard")
def test_the_week_for_a_mail_fits_a_screen_and_is_whole_in_a_pipe(
    store: Store, width: int, height: int
) -> None:
    week = gather_digest(store, ON)
    show = show_digest(week, names=False).lines
    assert show is not None
    lines = list(show((), View(width, False, height, "short")))
    assert rows_of(lines, width) <= min(height, 24)
    mail = list(show((), View(0, False)))
    many = count(len(week.tasks[Urgency.SAFETY]), "task")
    unsafe = mail.index(f"A child may be unsafe ({many})")
    rest = mail[unsafe + 1 :]
    assert rest.index("") == len(week.tasks[Urgency.SAFETY]), "none of these is cut off"


def test_tasks_are_counted_the_same_wherever_they_are_called_tasks(
    store: Store, situation: Situation
) -> None:
    """What waits for an answer would be counted apart on the first screen; nothing does here."""
    assert situation.waiting == 0
    found = TaskMaker(store, ON).make(todo(store, ON))
    assert len(found) == sum(situation.counts.values())
    safety = sum(task.urgency is Urgency.SAFETY for task in found)
    listed = "\n".join(todo_lines(found, ON, Page())((), WIDE))
    assert f"30 Nov 2026: {len(found):,} tasks\n" in listed.replace("Mon ", "")
    assert f"A child may be unsafe: {safety:,} tasks" in listed
    home = "\n".join(make_home(situation, WIDE).lines)
    assert safety == situation.counts[Urgency.SAFETY]
    if f"may be unsafe: {safety}" in home:
        assert f"A child may be unsafe: {safety:,} tasks" in home
    week = gather_digest(store, ON)
    assert len(week.tasks[Urgency.SAFETY]) == safety


def test_each_count_has_its_unit_and_those_of_one_thing_are_equal(
    store: Store, situation: Situation
) -> None:
    """A mail shows late reviews apart: with its late tasks they are the tasks of the first screen."""
    week = gather_digest(store, ON)
    overdue = sum(review.overdue for review in week.reviews)
    late = len(week.tasks[Urgency.LATE])
    assert overdue and late + overdue == situation.counts[Urgency.LATE]
    show = show_digest(week, names=False).lines
    assert show is not None
    mail = list(show((), View(0, False)))
    assert f"Late ({count(late, 'task')}, and {count(overdue, 'review')} below)" in mail
    law = count(situation.counts[Urgency.LAW], "task")
    assert f"Against the law ({law})" in mail
    standings = judge_request(store, CheckRequest(ON)).standings
    unsafe = sum(one.verdict is Verdict.UNSAFE for one in standings)
    assert f"Placements: UNSAFE {unsafe:,} " in "\n".join(overview(standings, ON, WIDE))
    listed = list_unsafe_placements(store, ON)
    assert 0 < len(listed) <= unsafe
    rows = rows_of_reviews([], listed, {}, "short")
    shown = "\n".join(review_lines(ON, Page())(rows, WIDE))
    assert f"(concern or review): {count(len(listed), 'placement')}" in shown


def test_the_week_shows_what_is_due_in_it_and_counts_the_rest(store: Store) -> None:
    on = date(2026, 3, 2)
    last = on + timedelta(days=60)
    tasks = TaskMaker(store, on).make(todo(store, on, 60))
    lines = list(todo_lines(tasks, on, Page(), Asked(last))((), WIDE))
    days = [task.by for task in tasks]
    due = sum(day is not None and on <= day <= last for day in days)
    undated = sum(day is None for day in days)
    assert due and f"Due by {short_day(last, on)}: {count(due, 'task')}" in lines
    assert any(f"Without a day: {count(undated, 'task')}." in line for line in lines)
    assert rows_of(lines, 80) <= 24


def test_records_that_stand_alike_are_one_row_with_their_number(store: Store) -> None:
    judged = judge_request(store, CheckRequest(ON))
    lines = list(show_standings(judged, ON, later=False)((), View(200, False, 24, "short")))
    worst = [line.split("  ") for line in lines if line.startswith("  P")]
    said = [tuple(line[-3:]) for line in worst]
    bad = [one for one in judged.standings if one.verdict is not Verdict.IN_ORDER]
    assert worst and (len(bad) <= 10 or len(set(said)) == len(said))


def test_the_rules_of_a_task_are_never_cut(store: Store) -> None:
    judged = judge_request(store, CheckRequest(ON, subjects=[(Placement, 10)]))
    lines = "\n".join(show_standings(judged, ON, later=True)((), WIDE))
    assert "AP301-304 AP309-310" in lines and not re.search(r"AP[0-9 AP-]*…", lines)
    narrow = View(60, False, 20, "short")
    assert not re.search(r"AP[0-9]", "\n".join(show_standings(judged, ON, later=True)((), narrow)))


def test_a_page_of_the_list_says_where_the_next_begins(situation: Situation) -> None:
    tasks = [task for task in situation.tasks if task.urgency is Urgency.LATE]
    lines = list(todo_lines(tasks, ON, Page(first=21))((), View(80, False, 40, "short")))
    numbers = [int(line.split()[0]) for line in lines[1:-1] if line.split()[0].isdigit()]
    assert numbers == list(range(21, 39)), "20 rows with their heading and the last"
    assert lines[-1].endswith("more: --from 39, or --list for all")


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("first", [1, 5, 300])
@pytest.mark.usefixtures("heard")
def test_a_page_fits_the_terminal_with_its_headings(
    situation: Situation, width: int, height: int, first: int
) -> None:
    view = View(width, False, height, "short")
    lines = list(todo_lines(situation.tasks, ON, Page(first, grouped=False))((), view))
    assert rows_of(lines, width) <= min(height, 24)


def test_a_line_of_a_check_in_a_pipe_names_nobody(placed: Program) -> None:
    found = placed("check")
    assert found.code == 1
    ref, verdict, counts, words = found.out.splitlines()[0].split("\t")
    assert (ref, verdict) == ("PL-0001", "AGAINST THE LAW")
    assert "law" in counts and words == "Report a possible unregistered school"
    assert "Test Pupil" not in found.out


def test_a_check_of_a_rule_still_shows_each_finding(placed: Program) -> None:
    for args in (["--rule", "AP2"], ["-v"], ["--why"], ["--show", "breached"]):
        assert "must AP202" in placed("check", "PL-0001", *args).out, args


def test_tasks_of_an_urgency_that_there_is_not_are_refused(placed: Program) -> None:
    refused = placed("todo", "--urgency", "soonish")
    assert refused.code == 2 and "choose from safety, law, late" in refused.err


def test_no_task_of_an_urgency_says_how_many_others_there_are(placed: Program) -> None:
    text = placed.ok("todo", "--urgency", "safety", "--urgency", "soon").out
    assert text.startswith(
        "No task is about safety or this fortnight. There are: 1 against the law,"
    )
    assert placed.json("todo", "--urgency", "safety") == []


def test_only_the_tasks_of_an_urgency_are_listed(placed: Program) -> None:
    assert {row["urgency"] for row in placed.json("todo", "--urgency", "law")} == {"law"}


def test_nothing_to_do_is_said(ap: Program) -> None:
    situation = describe_situation(ap.opened(), ON)
    lines = make_home(situation, WIDE).lines
    assert "Nothing to do today." in lines and "Say who commissions: ap init" in lines
    assert list(overview([], ON, WIDE)) and not list(standing_lines([]))


def test_the_first_screen_offers_to_go_on_with_what_was_begun(placed: Program) -> None:
    store = placed.opened()
    for number in range(3):
        answers = {"pupil": "P-0001", "weekly_minutes": str(number)}
        drafts.keep(store, answers, Author("tester"))
    lines = make_home(describe_situation(store, ON), WIDE).lines
    assert "Not finished: new placement for P-0001 Test P.: ap draft resume D-0003" in lines
    assert "1 more form not finished: ap draft list" in lines


@pytest.mark.parametrize(
    ("by", "said"),
    [
        ("2026-11-29", "1 day"),
        ("2026-11-30", "today"),
        ("2026-12-04", "by Fri"),
        ("2026-12-05", "by Fri"),
        ("2026-12-06", "by Fri"),
        ("2026-12-07", "by 7 Dec"),
        ("2026-12-13", "by 11 Dec"),
        ("2027-01-03", "by 1 Jan 2027"),
    ],
)
def test_a_deadline_on_a_weekend_is_that_of_its_friday(by: str, said: str) -> None:
    assert when(date.fromisoformat(by), date(2026, 11, 30)) == said


def test_on_a_weekend_its_own_days_are_left() -> None:
    saturday, sunday = date(2026, 12, 5), date(2026, 12, 6)
    assert when(sunday, saturday) == "by Sun" and when(sunday, sunday) == "today"
