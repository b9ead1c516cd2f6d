"""The wizard for a placement: it asks as a commissioner thinks, and saves a draft on the way."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from ..domain.calendar import Calendar
from ..domain.commissioner import Commissioner, CommissionerKind
from ..domain.options import Place, PlannedCode, Tier
from ..domain.placement import Placement
from ..domain.places import contradicts_the_place, place_by_kind
from ..domain.planned import ARRANGED_BY_THE_COUNCIL, list_fitting_codes
from ..domain.plausible import order_of_days
from ..domain.provider import Provider
from ..domain.pupil import Pupil
from ..domain.readers import answer, fill, refuse_wrong
from ..domain.references import REFERENCES
from ..errors import StoreProblem
from ..forms.facts import CannotTell, Fact, Unknown
from ..forms.filling import drop_skipped
from ..forms.form import Noun
from ..rules.rule import OPEN
from ..services import checks, drafts, records
from ..services.caseload import Caseload
from ..services.checks import CheckRequest
from ..store.author import Author
from ..store.connection import DATABASE_ERRORS
from ..store.opening import Store
from .choosing import NEW, Search, ask_reference, ask_which_same, describe_record
from .drafting import DraftKeeper
from .interview import ask_form, keep_or_change, review_answers
from .prompts import HOW, say
from .review import Review
from .run import Interview
from .steps import Answers, FormStep, Step, capitalised
from .typed import settle_answers

NOUNS = {noun.NOUN: noun for noun in REFERENCES.values()}


class PlacementInterview:
    """One run of the wizard, with the answers so far as a draft.

    With `base`, a placement on record, it asks what is missing there; `keeper` then keeps the
    draft. In a dry run there is none.
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
    ) -> None:
        refuse_wrong(Placement, drop_skipped(given), today, base)
        self.store, self.author, self.today, self.dry_run = store, author, today, dry_run
        self.draft, self.keeper = draft, keeper
        self.asking = Interview(
            Placement,
            settle_answers(Placement, given, today),
            today,
            base=base,
            offered={"review_dates": self._proposed_reviews, "code": self._proposed_code},
            choosers={kind: self._chooser(noun) for kind, noun in REFERENCES.items()},
            after=self._answered,
            doubt=self._doubt,
            described={kind: self._describe(noun) for kind, noun in REFERENCES.items()},
            find=self._noun,
        )
        for name in NOUNS:
            self._noun(name)  # an unknown reference is refused before anything is asked
        if base is None and (only := records.only_commissioner(store, today)):
            self.asking.answers.setdefault("commissioner", only.ref)

    def run(self) -> Answers:
        """Ask everything that was not given, then show the review screen."""
        say(HOW if self.dry_run else f"{HOW} Your answers are saved as a draft.")
        if self.draft:
            say(f"Going on with {self.draft.ref}; its answers are on the review screen.")
        if self._noun("provider"):
            self._tell_evidence()
        self.asking.run(everything=True)
        return self.review()

    def review(self, problems: tuple[str, ...] = ()) -> Answers:
        """Show the review screen until Enter is pressed; `problems` stopped saving."""
        Review(self.asking).run(problems)
        return self.asking.given()

    def ask_missing(self) -> Answers:
        """Ask what is missing of a placement on record."""
        say(HOW)
        self.asking.run(everything=True)
        return self.asking.given()

    def keep(self) -> bool:
        """Save the answers as a draft; say so and return False if the store cannot take it."""
        if self.keeper:
            self.keeper.note(self.asking.answers)
            return True
        if self.dry_run or not drafts.says_something(self.asking.answers, ("commissioner",)):
            return True
        try:
            self.draft = drafts.keep(self.store, self.asking.answers, self.author, self.draft)
        except (StoreProblem, *DATABASE_ERRORS) as problem:
            say(f"  the draft could not be saved ({problem}); the next answer tries again")
            return False
        return True

    def _answered(self, _: Interview, step: Step) -> None:
        if step.name == "provider":
            self.asking.forget(OF_THE_PROVIDER)  # they were another provider's
            self._tell_evidence()
        self.keep()

    def _describe(self, noun: type[Noun]) -> Callable[[Any], str]:
        def describe_reference(id: Any) -> str:
            found: Noun = records.get(self.store, noun, id, self.today)
            return describe_record(found)

        return describe_reference

    def _doubt(self, asking: Interview, step: Step, read: Answers) -> str:
        """What in an answer contradicts another that was given already."""
        if not isinstance(step, FormStep):
            return ""
        value = answer(step.question, read, self.today)
        if step.name == "tier":
            return self._object_to_the_tier(value)
        if step.name not in DAYS:
            return ""
        days = {name: asking.value(name) for name in DAYS} | {step.name: value}
        return capitalised(order_of_days(*days.values()))

    def _object_to_the_tier(self, tier: Tier) -> str:
        """Say how a tier contradicts where the pupil is taught; empty if it fits."""
        provider = self._noun("provider")
        if provider is None:
            return ""
        place = self.asking.value("place") or place_by_kind(provider.kind)
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
            or Unknown("placement.commissioner")
        )
        return cases.calendar(self._noun("pupil"), named)

    def _proposed_reviews(self, asking: Interview) -> str:
        """The last school day of each half term until the placement ends, or for a year."""
        starts, ends = asking.value("starts"), asking.value("ends")
        if starts is None:
            return ""
        until = ends or starts + timedelta(days=365)
        calendar = self._calendar()
        days = [min(block.last, until) for block in calendar.known_half_terms(starts, until)]
        if days:
            say("  proposed from the calendar; Enter accepts them, or change them")
        return ", ".join(day.isoformat() for day in days)

    def _proposed_code(self, asking: Interview) -> str:
        """The attendance code that fits the answers so far; empty where they do not decide it."""
        if any(asking.value(name) is None for name in ("provider", "starts", "route")):
            return ""
        try:
            code = propose_code(asking, self._noun("provider"), self._noun("commissioner"))
        except CannotTell:
            return ""
        say(f"  {code} fits your answers; Enter accepts it, or change it")
        return code

    def _chooser(self, noun: type[Noun]) -> Callable[[Step], str]:
        def chooser(step: Step) -> str:
            known = list(records.listed(self.store, noun, self.today))
            if not known and not step.required:
                return ""
            new = noun in (Pupil, Provider) and not self.dry_run
            say(f"  Part of a name, or a reference{', or new' if new else ''}.")
            search = Search(noun, known, {})
            found = ask_reference(search, step.required, self.asking.shown(step), new)
            if found != NEW and not found.startswith(f"{NEW} "):
                return found
            return self._add(noun, found.removeprefix(NEW).strip())

        return chooser

    def _add(self, noun: type[Noun], name: str) -> str:
        """Ask for a new pupil or provider; its reference, or that of the same one on record."""

        def add(answers: Answers) -> str:
            made: Noun = fill(noun, answers, self.today, self.author.who)
            same = records.alike(self.store, made, self.today)
            if same and (known := ask_which_same(same)):
                return known.ref
            ref = records.add(self.store, made, self.author, self.today).ref
            say(f"  {ref} is added; add to it later with: ap {noun.NOUN} edit {ref} --help")
            return ref

        def change(answers: Answers, problems: tuple[str, ...]) -> Answers:
            return review_answers(noun, answers, self.today, problems)

        given = {"name": name} if name else {}
        return keep_or_change(ask_form(noun, given, self.today, also=DECIDING[noun]), add, change)

    def _tell_evidence(self) -> None:
        """Say at once what is missing of a provider."""
        provider = self._noun("provider")
        request = CheckRequest(
            self.today,
            subjects=[(Provider, provider.id)],
            rules=checks.rules_like(["AP2", "AP3"]),
            answers=OPEN,
            every=True,
        )
        findings = list(checks.list_findings(self.store, request))
        missing = [finding for finding in findings if finding.subject == provider.ref]
        lines = (f"  {finding.answer}: {finding.message}" for finding in missing)
        for line in dict.fromkeys(lines):
            say(line)
        if not missing:
            say(f"  {provider.ref} has all its checks")


DAYS = ("starts", "ends", "visited", "review_dates")
"""The days of a placement whose order is looked at, as `order_of_days` takes them."""

OF_THE_PROVIDER = ("place", "place_address", "site")
"""The answers about a placement that are open again when another provider is chosen."""

DECIDING: dict[type[Noun], tuple[str, ...]] = {
    Provider: ("registered",),
    Pupil: ("ehcp", "looked_after"),
}
"""What is asked of a new record besides what is required.

Whether a provider has to be a registered school turns on it.
"""


def propose_code(
    asking: Interview, provider: Provider, commissioner: Commissioner | None
) -> PlannedCode:
    """Return the attendance code that fits the answers so far.

    Raise CannotTell if that turns on who arranges the placement, and nobody answered that.
    """
    registered, starts = asking.value("dual_registered"), asking.value("starts")
    by_the_council: Fact[bool] = Unknown("placement.commissioner")
    if asking.value("route") in ARRANGED_BY_THE_COUNCIL:
        by_the_council = True
    elif commissioner:
        by_the_council = commissioner.kind is CommissionerKind.LOCAL_AUTHORITY
    return list_fitting_codes(
        alone=(asking.value("place") or place_by_kind(provider.kind)) is Place.ONLINE,
        registered_there=registered is not None and registered <= starts,
        by_the_council=by_the_council,
    )[0]
