"""A pupil or provider chosen in the wizard, or added: asked at once what decides something."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from ..domain.commissioner import CommissionerKind
from ..domain.provider import SCHOOLS, Provider, ProviderKind
from ..domain.pupil import Pupil
from ..domain.readers import fill
from ..forms.facts import recorded
from ..forms.form import Noun, questions
from ..forms.yes_no import read_yes_or_no
from ..services import records
from ..services.drafts import ADDING
from ..store.author import Author
from ..store.opening import Store
from .choosing import NEW, Search, ask_reference, ask_which_same
from .drafting import DraftKeeper
from .interview import keep_or_change, look_over, propose, review_answers
from .prompts import say
from .run import Interview, LeftAtFirst
from .steps import Answers, Asking, FormStep, Step

DECIDING: dict[type[Noun], tuple[str, ...]] = {
    Provider: ("name", "kind", "sites", "registered"),
    Pupil: ("name", "born", "home_school", "ehcp", "looked_after"),
}
"""What is asked of a new record: what is required, and what decides something at once.

Whether a provider has to be a registered school turns on it, and which code the register shows.
"""

MOST_SCHOOLS = 3
"""The most schools that are named after the question for one."""

REGISTERED_BY_KIND = (*SCHOOLS, ProviderKind.INDEPENDENT, ProviderKind.FE_COLLEGE)
"""Kinds of provider that need not be asked whether they are registered schools."""


def may_be_unregistered(asking: Asking) -> bool:
    """Whether a provider's kind leaves open whether it is a registered school."""
    kind = asking.value("kind")
    return kind not in REGISTERED_BY_KIND and kind is not ProviderKind.ONLINE


def has_an_address(asking: Asking) -> bool:
    """Whether a provider is at a place of its own."""
    return asking.value("kind") is not ProviderKind.ONLINE


CONDITIONS: dict[str, Callable[[Asking], bool]] = {
    "registered": may_be_unregistered,
    "sites": has_an_address,
}


def deciding_steps(noun: type[Noun], schools: Sequence[str] = ()) -> list[FormStep] | None:
    """The prompts for a new record of a kind, the rest for later; None if all are asked.

    `schools` are known ones, of which the question after the pupil's school names some.
    """
    if noun not in DECIDING:
        return None
    steps = []
    for question in questions(noun):
        hint = None
        if question.name == "home_school" and schools:
            hint = f"Such as {', '.join(schools[:MOST_SCHOOLS])}; none if on no school's roll."
        step = FormStep(question, when=CONDITIONS.get(question.name), hint=hint)
        if question.name not in DECIDING[noun]:
            step.later, step.topic = True, f"More about the {noun.NOUN}"
        steps.append(step)
    return steps


class Chooser:
    """Asks for a record of one kind, and adds one whose name is not found."""

    def __init__(
        self,
        store: Store,
        noun: type[Noun],
        author: Author,
        today: date,
        may_add: bool,
        names: str = "full",
    ) -> None:
        self.store, self.noun, self.author, self.today = store, noun, author, today
        self.names = names
        self.may_add = may_add and noun in DECIDING

    def ask(self, step: Step, old: str) -> str:
        """What is chosen or typed at a step: a reference, a sign, or nothing."""
        known = list(records.listed(self.store, self.noun, self.today))
        if not known and not step.required:
            return ""
        ways = "Part of a name, or a reference"
        say(f"  {ways}, or type a new name to add it." if self.may_add else f"  {ways}.")
        search = Search(self.noun, known, {}, self.names)
        found = ask_reference(search, step.required, old, self.may_add)
        if found != NEW and not found.startswith(f"{NEW} "):
            return found
        return self._add(found.removeprefix(NEW).strip()) or self.ask(step, old)

    def _add(self, name: str) -> str:
        """Ask for a new record; its reference, or that of the same one on record.

        Empty if the person goes back from the first question.
        """
        steps = deciding_steps(self.noun, known_schools(self.store, self.today))
        given = {"name": name} if name else {}
        keeper = DraftKeeper(self.store, self.author, ADDING[self.noun.NOUN], known=given)
        asking = Interview(
            self.noun,
            given,
            self.today,
            steps=steps,
            offered=offers(self.store, self.noun, self.today),
            after=keeper.after,
            inside=True,
        )

        def keep(answers: Answers) -> str:
            return self._keep(answers, keeper)

        def change(answers: Answers, problems: tuple[str, ...]) -> Answers:
            return review_answers(self.noun, answers, self.today, problems, keeper.after)

        with keeper.guard():
            try:
                asking.run(everything=True)
                is_right = look_over(asking, asking.wanted(everything=True), self.noun.NOUN)
            except LeftAtFirst:
                keeper.drop()
                return ""
            answers = asking.given() if is_right else change(asking.given(), ())
            return keep_or_change(answers, keep, change)

    def _keep(self, answers: Answers, keeper: DraftKeeper) -> str:
        made: Noun = fill(self.noun, answers, self.today, self.author.who)
        same = records.alike(self.store, made, self.today)
        if same and (known := ask_which_same(same, self.names)):
            keeper.drop()
            return known.ref
        ref = records.add(self.store, made, self.author, self.today, keeper.number).ref
        say(f"  {ref} is added.")
        return ref


def offers(store: Store, noun: type[Noun], today: date) -> dict[str, Callable[[Interview], str]]:
    """What is proposed for a new record: the school of a pupil, if there is one alone."""
    school = only_school(store, today) if noun is Pupil else ""
    return {"home_school": propose(school)} if school else {}


def only_school(store: Store, today: date) -> str:
    """The school that arranges placements, or at which all pupils are, if there is one alone."""
    only = records.only_commissioner(store, today)
    if only is not None and only.kind is not CommissionerKind.LOCAL_AUTHORITY:
        return only.name
    schools = known_schools(store, today)
    return schools[0] if len(schools) == 1 else ""


def known_schools(store: Store, today: date) -> list[str]:
    """The schools at which the pupils on record are."""
    known = (one.home_school for one in records.listed(store, Pupil, today))
    named = {school for school in known if recorded(school)}
    return sorted(school for school in named if read_yes_or_no(school) is None)
