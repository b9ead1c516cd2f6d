"""The wizard for a placement: it asks as a commissioner thinks, and saves a draft on the way."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Any

from ..domain.calendar import Calendar
from ..domain.commissioner import COMMISSIONER, Commissioner
from ..domain.days import words
from ..domain.entries.entry import Entry
from ..domain.placement import Placement
from ..domain.places import contradicts_the_place
from ..domain.provider import Provider
from ..domain.readers import answer, refuse_wrong
from ..domain.references import REFERENCES
from ..forms.facts import Unknown
from ..forms.filling import NOT_KNOWN, SKIPPED, drop_skipped
from ..forms.form import Noun, questions
from ..forms.text import capital
from ..rules.rule import OPEN
from ..services import checks, drafts, placements, records
from ..services.caseload import Caseload
from ..services.checks import CheckRequest
from ..services.going_back import list_unsafe_before
from ..store.author import Author
from ..store.opening import Store
from .adding import Chooser
from .choosing import describe_record
from .contradictions import Contradictions
from .drafting import DraftKeeper, try_to_save
from .facts_known import describe_pupil
from .first_pass import WORKED_OUT, first_pass, later_steps, worked_out_steps
from .news import CAUSES, News, loud
from .place import place_of
from .prompts import HOW, say
from .review import Review
from .run import Interview
from .steps import Answers, FormStep, Step
from .together import left_over
from .typed import settle_answers
from .worked_out import may_be_code_b, work_out
from .written import entries_of, entry_steps, without_entries

NOUNS = {noun.NOUN: noun for noun in REFERENCES.values()}


class PlacementInterview:
    """One run of the wizard, with the answers so far as a draft.

    With `base`, a placement on record, it asks what is missing there; `keeper` then keeps the
    draft. In a dry run there is none. `names` is how children's names are shown.
    """

    def __init__(
        self,
        store: Store,
        given: Mapping[str, Any],
        author: Author,
        today: date,
        draft: drafts.Draft | None = None,
        base: Placement | None = None,
        dry_run: bool = False,
        keeper: DraftKeeper | None = None,
        names: str = "full",
    ) -> None:
        refuse_wrong(Placement, without_entries(drop_skipped(given)), today, base)
        self.store, self.author, self.today, self.dry_run = store, author, today, dry_run
        self.draft, self.keeper, self.names = draft, keeper, names
        self.worked_out: Answers = {}
        self.news = News(store, author, today, names)
        several = sum(1 for _ in records.listed(store, Commissioner, today)) > 1
        self.asking = Interview(
            Placement,
            settle_answers(Placement, given, today),
            today,
            steps=list_steps(several, base is None),
            base=base,
            offered=self._offers(),
            choosers={kind: self._chooser(noun) for kind, noun in REFERENCES.items()},
            after=self._answered,
            doubt=self._doubt,
            described={kind: self._describe(noun) for kind, noun in REFERENCES.items()},
            find=self._noun,
        )
        self.contradictions = Contradictions(store, self.asking, author, today, self._typed_answers)
        self._review = self._make_review()
        for name in NOUNS:
            self._noun(name)  # an unknown reference is refused before anything is asked
        if base is None and (only := records.only_commissioner(store, today)):
            self.asking.answers.setdefault("commissioner", only.ref)

    def _make_review(self) -> Review:
        """The review screen; it is the same one each time, so that its numbers stay."""
        return Review(
            self.asking,
            stops=self.contradictions.stops,
            refresh=self._work_out if self.asking.base is None else None,
            notes={WORKED_OUT: self._known_facts},
        )

    def run(self) -> Answers:
        """Ask the first pass of what was not given, then show the review screen."""
        say(HOW if self.dry_run else f"{HOW} Your answers are saved as a draft.")
        if self.draft:
            say(f"Going on with {self.draft.ref}; its answers are on the review screen.")
        self.asking.run_steps([step for step in self.asking.steps if step.row])
        return self.review()

    def review(self, problems: tuple[str, ...] = (), from_last: bool = False) -> Answers:
        """Show the review screen until Enter is pressed; `problems` stopped saving.

        `from_last` begins with its last page.
        """
        self._review.run(problems, from_last)
        return self.answers()

    def answers(self) -> Answers:
        """The answers about the placement, as `fill` takes them."""
        return without_entries(self.asking.given())

    def entries(self) -> list[Entry]:
        """The entries that answers make, to be saved with the placement."""
        return entries_of(self.asking.answers, self.today, self.author.who)

    def ask_missing(self) -> Answers:
        """Ask what is missing of a placement on record."""
        say(HOW)
        self.asking.run(everything=True)
        return self.asking.given()

    def keep(self) -> bool:
        """Save the answers as a draft; say so and return False if the store cannot take it."""
        answers = self._typed_answers()
        if self.keeper:
            self.keeper.note(answers)
            return True
        if self.dry_run or not drafts.says_something(answers, ("commissioner",)):
            return True
        return try_to_save(partial(self._save, answers))

    def _save(self, answers: Answers) -> None:
        self.draft = drafts.keep(self.store, answers, self.author, self.draft)

    def _typed_answers(self) -> Answers:
        """The answers but for what was worked out: that is done again when one goes on."""
        answers = self.asking.answers
        return {key: value for key, value in answers.items() if self.worked_out.get(key) != value}

    def _work_out(self) -> None:
        """Bring what is worked out up to date, except what a person answered or took away."""
        found = work_out(self.asking, self._calendar)
        passed = [*self.asking.answers.get(SKIPPED, ()), *self.asking.answers.get(NOT_KNOWN, ())]
        for key in {**self.worked_out, **found}:
            now = self.asking.answers.get(key)
            if key in passed or (now is not None and now != self.worked_out.get(key)):
                continue
            self.asking.forget((key,))
            if key in found:
                self.asking.answers[key] = found[key]
        self.worked_out = found

    def _known_facts(self) -> list[str]:
        pupil = self._noun("pupil")
        day = self.asking.value("starts") or self.today
        return [describe_pupil(pupil, day, self.names)] if pupil else []

    def _answered(self, _: Interview, step: Step) -> None:
        if step.name == "provider":
            of_the_old = [key for key in placements.OF_THE_PROVIDER if key != "provider"]
            self.asking.forget(of_the_old)  # they were another provider's
            self._tell_evidence()
        if step.name == "visited" and (day := self.asking.value("visited")) and day > self.today:
            say("  Booked. Record the visit when it has happened.")
        if step.name in ("pupil", "provider"):
            self._tell_unsafe_before()
        if step.name == "starts":
            self._tell_no_school_day()
        self.keep()
        if step.name in CAUSES and self.asking.base is None:
            typed = without_entries(drop_skipped(self._typed_answers()))
            for line in self.news.fresh(self.asking, typed):
                say(f"  ! {line}")

    def _tell_no_school_day(self) -> None:
        """Say if the first day is at a weekend or in the holidays."""
        day = self.asking.value("starts")
        if day and not self._calendar().is_presumed_school_day(day):
            say(f"  ! {words(day, weekday=True)} is not a school day. Type < to change it.")

    def _tell_unsafe_before(self) -> None:
        """Say if the child was not safe at this provider before, or may not have been."""
        pupil, provider = self.asking.value("pupil"), self.asking.value("provider")
        if pupil and provider:
            for why in list_unsafe_before(self.store, pupil, provider, self.today):
                say(f"  ! {capital(why)}.")

    def _describe(self, noun: type[Noun]) -> Callable[[Any], str]:
        def describe_reference(id: Any) -> str:
            found: Noun = records.get(self.store, noun, id, self.today)
            return describe_record(found, "never" if self.names == "never" else "full")

        return describe_reference

    def _doubt(self, asking: Interview, step: Step, read: Answers) -> str:
        """What in an answer contradicts another that was given already."""
        if step.name == "tier" and isinstance(step, FormStep):
            return self._object_to_the_tier(answer(step.question, read, self.today))
        return self.contradictions.caused_by(read)

    def _object_to_the_tier(self, tier: Any) -> str:
        """Say how a tier contradicts where the pupil is taught; empty if it fits."""
        provider, place = self._noun("provider"), place_of(self.asking)
        if provider is None or place is None or tier is None:
            return ""
        contradiction = contradicts_the_place(tier, place, provider.name)
        return f"{contradiction}: choose another, or < to go back" if contradiction else ""

    def _noun(self, name: str) -> Any:
        id = self.asking.value(name)
        return records.get(self.store, NOUNS[name], id, self.today) if id else None

    def _calendar(self) -> Calendar:
        """The calendar that the placement would follow."""
        cases = Caseload(self.store, self.today)
        named = (
            self._noun("commissioner")
            or records.only_commissioner(cases.store, self.today)
            or Unknown(COMMISSIONER)
        )
        return cases.calendar(self._noun("pupil"), named)

    def _chooser(self, noun: type[Noun]) -> Callable[[Step], str]:
        may_add = not self.dry_run
        chooser = Chooser(self.store, noun, self.author, self.today, may_add, self.names)

        def choose(step: Step) -> str:
            return chooser.ask(step, self.asking.shown(step))

        return choose

    def _offers(self) -> dict[str, Callable[[Interview], str]]:
        """What is proposed: who led last time, and the rest of the week for the school."""

        def offer(name: str) -> Callable[[Interview], str]:
            def offered(_: Interview) -> str:
                return placements.answer_of_latest(self.store, name, self.today)

            return offered

        latest = {name: offer(name) for name in ("owner", "completed_contact")}
        return {"at_school": offer_the_rest} | latest

    def _tell_evidence(self) -> None:
        """Say at once what speaks against a provider, and how many of its checks are to do."""
        provider = self._noun("provider")
        request = CheckRequest(
            self.today,
            subjects=[(Provider, provider.id)],
            rules=checks.rules_like(["AP2", "AP3"]),
            every=True,
        )
        findings = [
            finding
            for finding in checks.list_findings(self.store, request)
            if finding.subject == provider.ref and finding.answer in OPEN
        ]
        loudest = list(loud(findings))
        for line in dict.fromkeys(finding.message.split("; ")[0] for finding in loudest):
            say(f"  ! {line[:1].upper()}{line[1:]}.")
        left = len(findings) - len(loudest)
        say(f"  Checks of {provider.name} to do: {left}." if left else "  All its checks are done.")


def offer_the_rest(asking: Interview) -> str:
    """The half days that are not at the provider, to be confirmed as those at school."""
    rest = left_over(asking, "at_provider")
    return str(rest) if rest is not None else ""


def list_steps(several: bool, fresh: bool) -> list[Step]:
    """The prompts in their order; of a placement on record one for each question."""
    first = list(first_pass(may_be_code_b, several))
    if fresh:
        written = entry_steps()
        later = [step for step in later_steps() if step.topic not in written]
        entries = [step for steps in written.values() for step in steps]
        for step in (*later, *entries):
            step.later = True
        return [*first, *worked_out_steps(), *entries, *later]
    in_order = [key for step in first for key in (step.name, *step.keys)]
    in_order += [step.name for step in (*worked_out_steps(), *later_steps())]
    by_name = {question.name: question for question in questions(Placement)}
    names = [name for name in dict.fromkeys([*in_order, *by_name]) if name in by_name]
    return [FormStep(by_name[name]) for name in names]
