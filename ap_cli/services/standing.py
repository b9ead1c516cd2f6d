"""How placements stand: a verdict for each, with the tasks behind it, the worst first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from ..domain.placement import Placement
from ..errors import StoreProblem
from ..forms.form import reference
from ..rules.engine import Finding
from ..rules.rule import ANSWERS, MET, OPEN, Answer
from ..rules.task import RANK, record_of
from ..store.opening import Store
from ..store.queries.people import Whom
from . import checks, records
from .caseload import Subject
from .checks import Along, CheckRequest
from .people import People
from .tasks import URGENT, OpenTask, TaskMaker, is_to_do
from .verdicts import Verdict, judge

VERDICTS = tuple(Verdict)


class Standing(Struct, frozen=True):
    """How a record stands on a day: its verdict, and its tasks, the loudest first."""

    whom: Whom
    verdict: Verdict
    tasks: tuple[OpenTask, ...]


class Judged(Struct, frozen=True):
    """What a check says of records.

    `placement` is the record itself where one placement was asked for, `is_one` tells whether a
    single record was; `in_order` has the keys of the rules that it meets. `counts` has how many
    answers of each kind there were.
    """

    standings: tuple[Standing, ...]
    counts: Mapping[Answer, int]
    exit_code: int
    is_one: bool = False
    placement: Placement | None = None
    in_order: tuple[str, ...] = ()


def judge_request(store: Store, request: CheckRequest, along: Along | None = None) -> Judged:
    """Judge what a request asks for; `along` shows progress."""
    maker = TaskMaker(store, request.on)
    if len(request.subjects) == 1:
        return judge_one(store, maker, request)
    report = checks.check(store, replace(request, answers=OPEN), along)
    findings = tuple(report.findings)
    wanted = select_placements(maker.people, request)
    standings = judge_placements(maker, findings, wanted, request.on)
    return Judged(tuple(standings), report.counts, report.exit_code())


def judge_one(store: Store, maker: TaskMaker, request: CheckRequest) -> Judged:
    """Judge the one record that a request is about, with what is in order."""
    (subject,) = request.subjects
    report = checks.check(store, replace(request, answers=ANSWERS))
    findings = tuple(report.findings)
    asked: Iterable[Finding] = findings
    if maker.people.whom(reference(subject[0].PREFIX, subject[1])).has_ended(request.on):
        # what is asked of it beside others, so that both lists say the same
        asked = checks.list_findings(store, replace(request, answers=OPEN, whole=False))
    standing = judge_subject(maker, asked, subject, request.on)
    met = dict.fromkeys(finding.rule for finding in findings if finding.answer is MET)
    return Judged(
        (standing,),
        report.counts,
        report.exit_code(),
        is_one=True,
        placement=read_placement(store, subject, request.on),
        in_order=tuple(maker.key_of(rule).replace("-", " ") for rule in met),
    )


def read_placement(store: Store, subject: Subject, on: date) -> Placement | None:
    """Return the placement asked for; None if it is damaged, or another kind of record."""
    noun, number = subject
    if noun is not Placement:
        return None
    try:
        return records.get(store, Placement, number, on)
    except StoreProblem:  # its task is to repair it
        return None


def list_open_tasks(store: Store, subject: Subject, on: date) -> list[OpenTask]:
    """List the tasks of a placement, a pupil or a provider, the loudest first."""
    request = CheckRequest(on, subjects=[subject], answers=OPEN, whole=False)
    return TaskMaker(store, on).make(checks.list_findings(store, request))


def list_still_open(store: Store, task: OpenTask, on: date) -> list[Finding]:
    """List what keeps a task on the list, a finding for each sentence; empty if it is done."""
    findings: list[Finding] = []
    for ref in task.task.subjects:
        request = CheckRequest(on, subjects=[records.subject(ref)], answers=OPEN, whole=False)
        findings += checks.list_findings(store, request)
    mine = [
        finding
        for finding in findings
        if is_to_do(finding)
        and finding.task == task.task.words
        and record_of(finding.remedy) == task.task.about
    ]
    return list({finding.message: finding for finding in mine}.values())


def select_placements(people: People, request: CheckRequest) -> list[Whom]:
    """List the placements that a request is about: those of its subjects, or all."""
    refs = {reference(noun.PREFIX, number) for noun, number in request.subjects}
    placements = people.placements(request.on, every=request.every)
    if not refs:
        return placements
    named = [people.whom(ref) for ref in sorted(refs) if people.whom(ref).placement]
    theirs = [whom for whom in placements if refs & {whom.pupil, whom.provider}]
    return list(dict.fromkeys((*named, *theirs)))


def judge_subject(
    maker: TaskMaker, findings: Iterable[Finding], subject: Subject, on: date
) -> Standing:
    """Judge one placement, pupil or provider by all the findings of its check."""
    noun, number = subject
    whom = maker.people.whom(reference(noun.PREFIX, number))
    tasks = tuple(maker.make(findings))
    starts = whom.starts if noun is Placement else None
    return Standing(whom, judge(tasks, on, starts), tasks)


def judge_placements(
    maker: TaskMaker, findings: Iterable[Finding], wanted: Sequence[Whom], on: date
) -> list[Standing]:
    """Judge each wanted placement, and every other record with open findings; the worst first.

    What is found about a pupil or a provider counts for each of their placements. A pupil or a
    provider without a wanted placement stands for itself.
    """
    tasks = maker.make(findings)
    by_subject: dict[str, list[OpenTask]] = {}
    for task in tasks:
        for ref in task.task.subjects:
            by_subject.setdefault(ref, []).append(task)
    placements = list(add_missing(wanted, by_subject, maker.people))
    covered = {ref for whom in placements for ref in (whom.ref, whom.pupil, whom.provider)}
    alone = [maker.people.whom(ref) for ref in by_subject if ref not in covered]
    standings = []
    for whom in (*placements, *alone):
        mine = [
            task
            for ref in (whom.placement or whom.ref, whom.pupil, whom.provider)
            for task in by_subject.get(ref, ())
            if whom.placement or ref == whom.ref
        ]
        own = tuple(dict.fromkeys(mine))
        standings.append(Standing(whom, judge(own, on, whom.starts), own))
    return sorted(standings, key=worst_first)


def add_missing(
    wanted: Sequence[Whom], by_subject: Iterable[str], people: People
) -> Iterable[Whom]:
    """Add the placements that are not wanted but have open tasks, such as some that have ended."""
    placements = {whom.ref: whom for whom in wanted}
    for ref in by_subject:
        whom = people.whom(ref)
        if whom.placement:
            placements.setdefault(ref, whom)
    return placements.values()


def worst_first(standing: Standing) -> tuple[int, tuple[int, ...], str]:
    """Return the sort key of a standing: its verdict, then how many tasks of each urgency."""
    counts = Counter(task.urgency for task in standing.tasks)
    many = tuple(-counts[urgency] for urgency in URGENT)
    return VERDICTS.index(standing.verdict), many, standing.whom.ref


def loudest_task(standing: Standing) -> OpenTask | None:
    """Return the task that a standing is known by; None where there is nothing to do."""
    return min(standing.tasks, key=rank_of, default=None)


def rank_of(task: OpenTask) -> int:
    """Return how loud a task is; 0 is the loudest."""
    return RANK[task.urgency]


def most_common(standings: Iterable[Standing], most: int = 3) -> list[tuple[str, int]]:
    """Count the urgent tasks of standings by label, the most common first."""
    tasks = {
        (task.label, task.task.about.ref)
        for standing in standings
        for task in standing.tasks
        if task.urgency in URGENT
    }
    return Counter(label for label, _ in sorted(tasks)).most_common(most)
