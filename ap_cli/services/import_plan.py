"""What a row of a spreadsheet would change: decided from the row and what the store has.

A row that may mean several things is not guessed at: it asks, and is wrong until that is answered.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any, TypeVar

from msgspec.structs import replace

from ..domain.commissioner import COMMISSIONER
from ..domain.imported import REFERENCE, ImportedPlace, ImportedRow
from ..domain.likeness import provider_key
from ..domain.placement import Placement, ProviderRef, PupilRef
from ..domain.provider import Provider
from ..domain.pupil import Pupil
from ..domain.readers import fill
from ..errors import AnswersMissing, BadAnswers, NotFound, StoreProblem
from ..forms.facts import recorded
from ..forms.form import Noun, questions, reference
from ..forms.text import shortened
from .caseload import Caseload
from .import_elsewhere import PlacementsInFile, keep_provider, with_its_site
from .import_ending import end_as_said, read_ending, take_ending
from .import_history import History
from .import_in_rows import has_all_sites, planned_already, unknown_commissioner
from .import_known import Known, read_known
from .import_matching import (
    PupilFinder,
    unknown,
    whose_references,
    without_filled,
    without_flag,
)
from .import_placements import PlacementFinder
from .import_places import (
    NO_COMMISSIONER,
    THE_ONLY_COMMISSIONER,
    ProviderFinder,
    describe_other_provider,
    list_routes,
    say_other,
    say_route,
    settle_commissioner,
)
from .import_renamed import ChildrenInFile
from .import_returned import ReturnedSheet
from .import_schools import SPELT_OTHERWISE
from .import_sites import settle_site, settle_sites, sites_of
from .import_told import Told
from .import_values import (
    ANOTHER,
    Decisions,
    KindOfProvider,
    NeededInRows,
    OpenQuestion,
    PlaceSteps,
    RowPlan,
    Step,
    WhichCommissioner,
    Wrong,
)
from .meant import fold
from .records import changes, with_former_upn, with_the_only
from .refusals import Beside, problems
from .returned import Returned

N = TypeVar("N", bound=Noun)

TO_COME = 999_999_999
"""The number of a record that is planned and not written yet."""


class Planner:
    """Plans rows one after the other; those before are in `known` already.

    `decided_kinds` has the new providers whose kind is in no row, by what their names are known by.
    The only row of a placement sheet that was `returned` is about what that sheet was made of.
    `rows` are all of the file: who is in it twice is two children.
    """

    def __init__(
        self,
        known: Known,
        decisions: Decisions,
        today: date,
        by: str,
        returned: Returned | None = None,
        rows: Iterable[ImportedRow] = (),
    ) -> None:
        if returned is not None:
            decisions = replace(decisions, own_references=True)
        self.known, self.decisions, self.today, self.by = known, decisions, today, by
        self.returned = ReturnedSheet(returned, today)
        self.told = Told()
        self.history = History(known.store, today, known.formerly, made=returned is not None)
        self.in_file = ChildrenInFile(rows, today, decisions.own_references)
        in_file = PlacementsInFile(rows, decisions, today)
        self.placements = PlacementFinder(known, decisions, self.told, self.history, in_file, today)
        self.decided_kinds: dict[str, str] = {}
        self._has_wrong_cells = False
        self._asks: list[OpenQuestion] = []
        self._noted: list[str] = []
        self._routes: tuple[str, ...] = ()
        self._columns: Mapping[str, str] = {}

    def plan(self, row: ImportedRow) -> RowPlan:
        """Return what a row would change, or all that is wrong with it."""
        if row.passed:
            return RowPlan(row.sheet, row.number, passed=row.passed)
        wrong, self._asks, self._noted = list(row.wrong), [], list(row.noted)
        self.history.kept = []
        self._has_wrong_cells, self._columns = bool(row.wrong), row.columns
        pupil: Step | None = None
        places: list[PlaceSteps] = []
        try:
            pupil = self._plan_pupil(row) if row.pupil else None
        except Wrong as problem:
            wrong += self._take(problem)
        for place in row.places:
            try:
                places.append(self._plan_place(place, pupil, row, places))
            except Wrong as problem:
                wrong += self._take(problem)
        asks = tuple(dict.fromkeys(self._asks))
        if wrong:
            told = tuple(dict.fromkeys(wrong))
            return RowPlan(row.sheet, row.number, wrong=told, asks=asks)
        planned = RowPlan(row.sheet, row.number, pupil, tuple(places), asks=asks)
        self._noted += self.returned.list_noted(row, planned)
        noted, kept = tuple(dict.fromkeys(self._noted)), tuple(self.history.kept)
        return replace(planned, noted=noted, kept=kept)

    def _take(self, problem: Wrong) -> tuple[str, ...]:
        """Return what is wrong, and ask what would settle it."""
        if problem.asks is not None:
            self._asks.append(problem.asks)
        return problem.problems

    def remember(
        self, row: ImportedRow, pupil: int | None, places: Sequence[tuple[int, int]]
    ) -> None:
        """Remember what a row said of its records, whose numbers these are, 0 for none."""
        if pupil:
            self.told.remember(Pupil, pupil, row.number, row.pupil)
        for place, (provider, placement) in zip(row.places, places, strict=False):
            if provider:
                self.told.remember(Provider, provider, row.number, place.provider)
            if placement:
                self.told.remember(Placement, placement, row.number, place.placement)

    def _plan_pupil(self, row: ImportedRow) -> Step:
        answers = dict(row.pupil)
        if self.returned.pupil:
            answers = self.returned.of(read_known(self.known, Pupil, self.returned.pupil), answers)
        school = self.known.schools.settle(answers, self.decisions.schools)
        if school is not None:
            self._asks.append(school)
            self._noted.append(SPELT_OTHERWISE)
        is_sheet = bool(self.returned.pupil)
        finder = PupilFinder(
            self.known,
            self.told,
            self.decisions,
            self.today,
            self.in_file,
            self.history,
            is_sheet,
        )
        id = finder.find(answers)
        self._noted += finder.noted
        before = read_known(self.known, Pupil, id) if id else None
        after = self._filled(Pupil, answers, before, row.filled)
        if isinstance(before, Pupil) and after.upn is not before.upn:
            after = with_former_upn(self.known.store, before, after)
        return self._step(before, after, Beside(owners=self.known.owners(after.upns)))

    def _plan_place(
        self,
        place: ImportedPlace,
        pupil: Step | None,
        row: ImportedRow,
        others: Sequence[PlaceSteps],
    ) -> PlaceSteps:
        answers = dict(place.placement)
        before = self._named(named := answers.pop(REFERENCE, self.returned.placement))
        not_known = partial(unknown_commissioner, answers, self.known, self.decisions, place.filled)
        try:
            provider = self._plan_provider(place, before, others)
        except Wrong as problem:
            more = not_known()
            told = self._take(more) if more else ()
            raise Wrong(*problem.problems, *told, asks=problem.asks) from None
        if not answers and before is None:
            return PlaceSteps(provider)
        if row.wrong or (row.pupil and pupil is None):  # what is wrong is said already
            raise not_known() or Wrong()
        if named == ANOTHER:
            answers[REFERENCE] = ANOTHER
        self._refuse_other(before, pupil, provider)
        if before is None and pupil is None:
            raise Wrong("say which pupil it is: the name and date of birth, the UPN or a reference")
        if before is None and provider is None:
            raise Wrong("say which provider it is: its name or its reference")
        return PlaceSteps(
            provider, self._plan_placement(answers, before, pupil, provider, place.filled)
        )

    def _named(self, id: object) -> Placement | None:
        """Return the placement of a reference, None without one or if it is another store's."""
        if not id or self.decisions.own_references is False:
            return None
        try:
            return self.known.get(Placement, int(str(id)))
        except (NotFound, StoreProblem):
            raise unknown(self.known, Placement, int(str(id)), self.decisions) from None

    def _refuse_other(
        self, before: Placement | None, pupil: Step | None, provider: Step | None
    ) -> None:
        if told := say_other(before, pupil, provider):
            raise Wrong(told, asks=whose_references(self.decisions))

    def _plan_provider(
        self, place: ImportedPlace, placement: Placement | None, others: Sequence[PlaceSteps]
    ) -> Step | None:
        answers = dict(place.provider)
        if not answers:
            return None
        its: Provider | None = None
        if placement is not None and self.returned.pupil:
            its = read_known(self.known, Provider, placement.provider)
        if its is not None and self.returned.names_its(answers, its):
            answers = self.returned.of(its, answers)
        sheet_of = placement if its else None
        finder = ProviderFinder(self.known, self.told, self.decisions, self.history, sheet_of)
        id = finder.find(answers)
        self._noted += finder.noted
        name = str(answers.get("name") or "")
        if not id and (planned := planned_already(name, others)):
            return planned
        if not id and placement is not None:
            raise Wrong(describe_other_provider(placement))
        before = read_known(self.known, Provider, id) if id else None
        if before is not None and its is not None and id == its.id:
            answers = self.returned.without_older(before, answers)
        if before is not None and "address" in answers:
            settle_sites(answers, before, self.decisions, self.history)
        if before is None and "kind" not in answers:
            kind = self.decisions.kinds.get(provider_key(name))
            if kind is None and name:
                raise Wrong(
                    f"“{shortened(name)}” is a new provider: say what kind it is, in a column"
                    " “kind of provider”, or beside those words on a form",
                    asks=KindOfProvider(name),
                )
            self.decided_kinds.setdefault(provider_key(name), name)
            answers["kind"] = kind
        return self._step(before, self._filled(Provider, answers, before, place.filled))

    def _plan_placement(
        self,
        answers: dict[str, object],
        before: Placement | None,
        pupil: Step | None,
        provider: Step | None,
        filled: frozenset[str],
    ) -> Step:
        at_pupil, at_provider = (before.pupil, before.provider) if before else (0, 0)
        who = pupil.after if pupil else read_known(self.known, Pupil, at_pupil)
        where = provider.after if provider else read_known(self.known, Provider, at_provider)
        if "commissioner" in answers:
            is_filled = COMMISSIONER in filled
            settle_commissioner(answers, self.known, self.decisions, is_filled)
        if before is None:
            before = self.placements.find(answers, who.id, where)
        if before is not None:
            where = keep_provider(answers, before, where, self.known, self.history)
            answers = self.returned.without_older(before, answers)
            if self._has_visited(before, answers):
                del answers["visited_by"]
        if "site" in answers:
            settle_site(answers, where, self.history)
        ending = read_ending(take_ending(answers), self.today)
        if before is not None:
            ending = self.history.without_older(before, ending)
        answers["pupil"] = reference(Pupil.PREFIX, who.id or TO_COME)
        answers["provider"] = reference(Provider.PREFIX, where.id or TO_COME)
        if before is None:
            self._miss_commissioner(answers)
            self._routes = list_routes(answers, self.known)
        after = self._filled(Placement, answers, before, filled)
        if before is None:
            after = with_the_only(after, self.known.commissioner, sites_of(where))
        elif after.provider != before.provider:
            after = with_its_site(after, sites_of(where), "site" in answers)
        after = after.with_visit_booked(self.today)
        after = end_as_said(after, ending, before, self.today)
        self._noted += say_route(before, after, self.known)
        return self._step(before, after, Beside(records={Pupil: who, Provider: where}))

    def _miss_commissioner(self, answers: Mapping[str, object]) -> None:
        """Note who commissions a new placement if a row says nobody; ask if there are several."""
        if "commissioner" in answers:
            return
        only = self.known.commissioner
        if only and self.decisions.is_from_another:
            self._noted.append(THE_ONLY_COMMISSIONER.format(shortened(only.name)))
        if len(self.known.commissioner_names) > 1:
            self._asks.append(WhichCommissioner("", self.known.commissioner_names))
            self._noted.append(NO_COMMISSIONER)

    def _has_visited(self, before: Placement, answers: Mapping[str, object]) -> bool:
        """Tell whether a row's visitor made a visit on record, as a sheet of any day shows."""
        if "visited_by" not in answers or recorded(before.visited_by):
            return False
        case = next(Caseload(self.known.store, self.today).placement_cases(Placement, before.id))
        shown = fold(str(answers["visited_by"]))
        return any(recorded(visit.by) and fold(visit.by) == shown for visit in case.visits_before)

    def _filled(
        self,
        noun: type[N],
        answers: Mapping[str, object],
        before: N | None,
        filled: frozenset[str],
    ) -> N:
        """Return a record with the answers of a row, of those `filled` in only what it lacks.

        Raise Wrong for what is wrong or missing.
        """
        given = {key: value for key, value in answers.items() if key != REFERENCE}
        if before is not None:
            lacking = without_filled(noun, given, before, filled)
            given = self.history.only_news(before, lacking)
            if not given:
                return before
        try:
            after = fill(noun, given, self.today, self.by, before)
            return after if before is None else self.history.keep_newer(before, after)
        except AnswersMissing as problem:
            raise self._missing(noun, problem.flags) from None
        except BadAnswers as problem:
            raise Wrong(
                *(without_flag(noun, one, self._columns) for one in problem.problems)
            ) from None

    def _missing(self, noun: type[Noun], flags: Sequence[str]) -> Wrong:
        if self._has_wrong_cells:  # what is missing may be one of them
            return Wrong()
        keys = [flag[2:].replace("-", "_") for flag in flags]
        asks = NeededInRows("placement.route", self._routes) if keys == ["route"] else None
        asked = {question.flag: question.text for question in questions(noun)}
        told = [f"a new {noun.NOUN} needs an answer: {asked.get(flag, flag)}" for flag in flags]
        return Wrong(*told, asks=asks)

    def _step(self, before: Noun | None, after: Noun, beside: Beside | None = None) -> Step:
        changed = changes(before, after) if before is not None else {}
        if before is None or changed:
            found = problems(self.known.store, after, self.today, beside=beside or Beside())
            if found:
                raise Wrong(*(without_flag(type(after), one, self._columns) for one in found))
        if before is not None and changed:
            self._refuse_conflict(before, after, changed)
        return Step(after, before, changed)

    def _refuse_conflict(self, before: Noun, after: Noun, changed: Mapping[str, Any]) -> None:
        """Raise Wrong if an earlier row of the file has said otherwise."""
        earlier = self.told.earlier(type(before), before.id)
        if earlier is None:
            return
        asked = {one.name: one for one in questions(type(before))}
        both = [asked[name] for name in changed if name in asked]
        if has_all_sites(before, after):  # one more address is no other one
            both = [one for one in both if one.name != "sites"]
        otherwise = [one.label for one in both if one.key in earlier.answered]
        if otherwise:
            is_new = self.known.is_new(type(before), before.id)
            whom = f"this new {before.NOUN}" if is_new else before.ref
            raise Wrong(f"row {earlier.number} says otherwise of {whom}: {', '.join(otherwise)}")


def is_to_be_placed(placement: Placement) -> bool:
    """Tell whether the pupil or the provider of a planned placement is planned as well."""
    return not placement.id or TO_COME in (placement.pupil, placement.provider)


def placed(placement: Placement, pupil: int, provider: int) -> Placement:
    """Return a planned placement with the numbers of its pupil and provider, now written."""
    return replace(placement, pupil=PupilRef(pupil), provider=ProviderRef(provider))
