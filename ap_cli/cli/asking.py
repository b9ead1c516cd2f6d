"""Gathering the answers to a form: those given, and on a terminal those asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar, cast

from msgspec import Struct

from ..domain.entries.entry import BARE, Entry
from ..domain.placement import Placement
from ..domain.provider import Provider
from ..domain.readers import fill, refuse_wrong
from ..errors import AnswersMissing, BadAnswers, NothingAnswered
from ..forms.filling import NOT_KNOWN, drop_skipped, merge_answers
from ..forms.form import Form, Noun, questions
from ..services import records
from ..services.drafts import Draft, OpenForm
from ..store.opening import Store
from .finding import LISTED, NOT_SEARCHED, find_record, searched_names
from .settings import Settings

if TYPE_CHECKING:
    from ..interview.drafting import DraftKeeper
    from ..interview.steps import Step

F = TypeVar("F", bound=Form)
N = TypeVar("N", bound=Noun)
T = TypeVar("T")


def read_day(settings: Settings, text: str, flag: str = "") -> date:
    """Read a day as typed; raise BadAnswers, with the flag, if it cannot be read."""
    from ..forms.readers import read_record_day

    try:
        return read_record_day(text, settings.today)
    except ValueError as problem:
        raise BadAnswers([f"{flag}: {problem}" if flag else str(problem)]) from None


def answer_form(
    settings: Settings, form: type[F], given: Mapping[str, Any], base: F | None = None
) -> F:
    """Fill in a form; on a terminal ask for what is required and missing."""
    if settings.interactive:
        from ..interview.interview import ask_form

        given = ask_form(form, given, settings.today, base=base)
    return fill_given(settings, form, given, base)


def fill_given(
    settings: Settings, form: type[F], given: Mapping[str, Any], base: F | None = None
) -> F:
    """Fill in a form; a name given for a reference is refused with the reference it belongs to."""
    try:
        return fill(form, given, settings.today, settings.author.who, base)
    except BadAnswers as wrong:
        if meant := list(references_meant(settings, form, given)):
            raise BadAnswers([*wrong.problems, *meant], wrong.missing) from None
        raise


def references_meant(
    settings: Settings, form: type[Form], given: Mapping[str, Any]
) -> Iterator[str]:
    """Say of each answer that is a name in the place of a reference which one was meant."""
    from ..domain.references import REFERENCES
    from ..services.meant import PLACES, list_meant

    searched = searched_names(settings)
    for question in questions(form):
        noun, typed = REFERENCES.get(question.item), given.get(question.key)
        if noun is None or not isinstance(typed, str):
            continue
        if records.REFERENCE.fullmatch(typed.strip()) is None:
            near = list_meant(settings.store, typed, (noun,), searched)[:LISTED]
            if near:
                yield f"{question.flag}: did you mean {' or '.join(near)}?"
            elif searched == PLACES and noun is not Provider:
                yield f"{question.flag}: {NOT_SEARCHED}"


class Asked(Struct, frozen=True):
    """How a form is asked: what it is called as a draft, and the draft to go on with, if any.

    `everything` asks all that is open, and not only what is required and what `also` names.
    `offered` proposes answers, and `known` are those that the program gave. `steps` are prompts in
    place of the form's own. `complete` adds what follows from the answers. `review` shows them
    before they are kept, as a draft's always are. `confirm` shows them and asks for a yes. The form
    of a task (`of_task`) is not kept if nothing of it was answered. `read` is the record, as it
    was read, of which it `writes` these fields. `look` names a new record, which is looked over
    before it is added, unless it is a draft's. Off a terminal what stands in `base` is not missing,
    not even as a gap.
    """

    open: OpenForm
    draft: Draft | None = None
    everything: bool = True
    offered: Mapping[str, str] = {}
    known: Mapping[str, Any] = {}
    steps: Sequence[Step] | None = None
    complete: Callable[[dict[str, Any]], dict[str, Any]] = dict
    review: bool = False
    also: tuple[str, ...] = ()
    confirm: bool = False
    of_task: bool = False
    read: Noun | None = None
    writes: tuple[str, ...] = ()
    look: str = ""
    base: Form | None = None


def keep_form(
    settings: Settings,
    form: type[F],
    given: Mapping[str, Any],
    keep: Callable[[F, int | None], T],
    asked: Asked,
) -> T:
    """What `keep` makes of the filled form and the number of its draft.

    On a terminal refused answers can be changed, and an interruption or an error keeps a draft.
    """
    if settings.interactive:
        return keep_typed(settings, form, given, keep, asked)
    draft = asked.draft
    answers = merge_answers(draft.answers if draft else {}, given)
    answers = asked.complete(drop_skipped(answers))
    base = cast("F | None", asked.base)
    filled = fill(form, answers, settings.today, settings.author.who, base)
    return keep(filled, draft.id if draft else None)


def keep_typed(
    settings: Settings,
    form: type[F],
    given: Mapping[str, Any],
    keep: Callable[[F, int | None], T],
    asked: Asked,
) -> T:
    """What `keep` makes of the form as it is filled in on a terminal."""
    from ..interview.interview import is_sure, keep_or_change, review_answers
    from ..interview.steps import Answers

    keeper = make_keeper(settings, given, asked)

    def keep_filled(answers: Answers) -> T:
        answers = asked.complete(answers)
        return keep(fill(form, answers, settings.today, settings.author.who), keeper.number)

    def change(answers: Answers, problems: tuple[str, ...] = ()) -> Answers:
        changed = review_answers(form, answers, settings.today, problems, keeper.after, asked.steps)
        return settle(changed)

    def settle(answers: Answers) -> Answers:
        if not asked.confirm or is_sure(form, answers, settings.today):
            return answers
        return change(answers)

    with keeper.guard():
        answers = ask_typed(settings, form, given, asked, keeper)
        show_first = asked.draft is not None or asked.review
        answers = change(answers) if show_first else settle(answers)
        return keep_or_change(answers, keep_filled, change)


def make_keeper(settings: Settings, given: Mapping[str, Any], asked: Asked) -> DraftKeeper:
    """What keeps the answers of a form as a draft; those of the program alone are none."""
    from ..interview.drafting import DraftKeeper

    known = {**given, **asked.offered, **asked.known}
    store, author = settings.store, settings.author
    return DraftKeeper(store, author, asked.open, asked.draft, known, asked.read, asked.writes)


def ask_typed(
    settings: Settings,
    form: type[Form],
    given: Mapping[str, Any],
    asked: Asked,
    keeper: DraftKeeper,
) -> dict[str, Any]:
    """Ask a form; raise NothingAnswered if it is that of a task and nothing was answered."""
    from ..interview.interview import ask_form

    answers = ask_form(
        form,
        merge_answers(keeper.go_on(form, settings.today), given),
        settings.today,
        everything=asked.everything,
        offered=asked.offered,
        also=asked.also,
        after=keeper.after,
        steps=asked.steps,
        look=asked.look if asked.draft is None else "",
    )
    if asked.of_task and is_empty(form, given, answers, asked):
        keeper.drop()
        raise NothingAnswered
    return answers


def is_empty(
    form: type[Form], given: Mapping[str, Any], answers: Mapping[str, Any], asked: Asked
) -> bool:
    """Whether nothing was answered of what was asked, beside the day and who it was by.

    Some entries say all with their day, or with who it was by.
    """
    enough = form.ENOUGH if issubclass(form, Entry) else ""
    if enough == "day":
        return False
    names = {enough, *(each.name for each in questions(form))} - (set(BARE) - {enough})
    wanted = [
        each.key
        for each in questions(form)
        if each.name in names
        and each.key not in given
        and (asked.everything or each.name in asked.also)
    ]
    unsure = answers.get(NOT_KNOWN) or ()
    return bool(wanted) and not any(key in answers or key in unsure for key in wanted)


def choose_record(
    settings: Settings,
    record: type[N],
    reference: str | None,
    form: type[Form] | None = None,
    given: Mapping[str, Any] | None = None,
    find: Callable[[Store, type[N], int, date], N] = records.get,
) -> N:
    """The record of a reference; without one, a terminal offers a list to search.

    `form` and `given` are the other answers: what is wrong in them is said before what is missing.
    `find` reads the record.
    """
    if reference is not None:
        _, id = find_record(settings, reference, record)
        return find(settings.store, record, id, settings.today)
    if not settings.interactive:
        needed = f"a reference such as {record.PREFIX}-0001"
        refuse_wrong_answers(settings, form, given or {}, needed)
        raise AnswersMissing([needed])
    from ..interview.choosing import choose_from

    labels, searched, names = None, None, settings.name_style
    if record is Placement:
        labels = records.placement_labels(settings.store, settings.today, names)
        searched = records.placement_labels(settings.store, settings.today)
    known = list(records.listed(settings.store, record, settings.today))
    return choose_from(record, known, labels, names, searched)


def refuse_wrong_answers(
    settings: Settings, form: type[Form] | None, given: Mapping[str, Any], needed: str
) -> None:
    """Raise BadAnswers if an answer is wrong, with the reference and all else that is missing."""
    if form is None:
        return
    try:
        refuse_wrong(form, given, settings.today)
    except BadAnswers as wrong:
        raise BadAnswers(wrong.problems, [needed, *wrong.missing]) from None
