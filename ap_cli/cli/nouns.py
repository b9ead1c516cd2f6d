"""What the commands for pupils, providers and placements have in common."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from msgspec.structs import asdict, replace

from ..domain.commissioner import Commissioner
from ..domain.days import count
from ..domain.placement import Placement
from ..domain.provider import Provider
from ..domain.pupil import Pupil
from ..errors import ApError, StoreProblem
from ..forms.form import Form, Noun, field_types, reference
from ..forms.text import first_of, label, printable
from ..render.data import record_data, record_keys
from ..render.nouns import echo_record, fact_text, is_free_text
from ..render.result import Result, fixed_lines, print_references
from ..render.rows import Page
from ..services import records
from ..services.drafts import ADDING, Draft, drop_unneeded
from ..services.meanwhile import refuse_changed, values_read
from .asking import Asked, answer_form, choose_record, keep_form
from .expecting import read_expected, told_by_flags
from .finding import find_record
from .looking import look_at
from .settings import Settings

if TYPE_CHECKING:
    from ..services.merging import Merging

F = TypeVar("F", bound=Form)
N = TypeVar("N", bound=Noun)
T = TypeVar("T")
NO_CHANGE = "No change: it already says that"


def add_name(given: Mapping[str, Any], called: str | None) -> Mapping[str, Any]:
    """The answers, with the name given as the command's first word."""
    return {**given, "name": called} if called is not None else given


NOUNS: dict[str, type[Noun]] = {noun.NOUN: noun for noun in (Provider, Pupil, Commissioner)}
"""What those forms add."""


SAME = {
    "pupil": ("the same name and date of birth", "child, or --upn if both have one"),
    "provider": ("the same name", "provider, or --urn or --ukprn if both have one"),
}
"""What a second record has that nothing tells from the first, and what would tell it."""


def add_record(
    settings: Settings,
    record: type[N],
    given: Mapping[str, Any],
    draft: Draft | None = None,
    another: bool = False,
) -> Result:
    """Add a record: its reference on stdout, what may be the same on stderr.

    With a draft it goes on from the answers that the draft has. `another` says that it is none of
    those that look the same.
    """

    def keep(noun: N, draft: int | None) -> Result:
        return add_or_find(settings, noun, draft, another)

    asked = Asked(ADDING[record.NOUN], draft, everything=False)
    if settings.interactive:
        from ..interview.adding import deciding_steps, known_schools, only_school

        schools = known_schools(settings.store, settings.today)
        school = only_school(settings.store, settings.today) if record is Pupil else ""
        steps = deciding_steps(record, schools)
        asked = replace(
            asked,
            everything=steps is not None,
            steps=steps,
            offered={"home_school": school} if school else {},
            look=record.NOUN,
        )
    return keep_form(settings, record, given, keep, asked)


THERE_ALREADY = "it is there already: nothing was added"


def add_or_find(settings: Settings, noun: N, draft: int | None, another: bool) -> Result:
    """Add a record, unless a terminal says that it is one that is there already.

    Raise ApError if a script adds a child or a provider that is there already and does not say
    that it is `another`; a commissioner that is there is the one it means.
    """
    same = [] if another else records.alike(settings.store, noun, settings.today)
    if same and settings.interactive:
        from ..interview.choosing import ask_which_same

        if found := ask_which_same(same, settings.name_style):
            drop_unneeded(settings.store, draft)
            return show_written(settings, found, found, ("nothing was added",))
    if same and records.is_same(noun, same[0]):
        if isinstance(noun, Commissioner):  # a script sets up a store again and again
            drop_unneeded(settings.store, draft)
            return show_written(settings, same[0], same[0], (THERE_ALREADY,))
        raise ApError(say_same(noun, same[0], draft))
    kept = records.add(settings.store, noun, settings.author, settings.today, draft)
    likeness = "the same name or date of birth" if noun.NOUN == "pupil" else "the same name"
    has = f"{first_of([one.ref for one in same])} {'has' if len(same) == 1 else 'have'}"
    return show_written(
        settings,
        None,
        kept,
        (f"note: {has} {likeness}: check that it is not the same one",) if same else (),
    )


def say_same(noun: Noun, other: Noun, draft: int | None) -> str:
    """Return why a script is refused a second record that nothing tells from the first."""
    shared, apart = SAME[noun.NOUN]
    if draft is None:
        return f"{other.ref} has {shared}: give --another if this is another {apart}"
    ref = reference("D", draft)
    return (
        f"{other.ref} has {shared}: if this is another {noun.NOUN},"
        f" ap draft resume {ref} --another; if it is the same, ap draft drop {ref}"
    )


def edit_record(
    settings: Settings,
    record: type[N],
    reference: str | None,
    given: Mapping[str, Any],
    expected: Sequence[str] | None = None,
) -> Result:
    """Correct a record by flags, if what is expected of it is so."""
    before = choose_record(settings, record, reference, record, given, find=records.get_to_mend)
    damaged = settings.take_left_out()
    read = read_expected(settings, before, expected or ())
    after = answer_form(settings, record, given, before)
    if damaged and not records.changes(before, after):
        raise StoreProblem("\n".join(damaged))
    with told_by_flags():
        return keep_corrected(settings, before, after, None, read)


def keep_typed_changes(
    settings: Settings, before: Noun, given: Mapping[str, Any], draft: int | None
) -> Result:
    """Correct a record by a form that had read it so, and remove the draft.

    A terminal asks about what somebody else has changed since then.
    """
    after = answer_form(settings, type(before), given, before)

    def write(read: Noun, after: Noun, values: Mapping[str, Any]) -> Result:
        return keep_corrected(settings, read, after, draft, values)

    return write_with_read(settings, before, after, write)


def write_with_read(
    settings: Settings, before: F, after: F, write: Callable[[F, F, Mapping[str, Any]], T]
) -> T:
    """What `write` makes of a record, as a form had read it and as it is to be.

    Raise Changed if somebody else has changed what is to be written, unless a terminal can ask.
    """
    if settings.interactive:
        from ..interview.meanwhile import write_as_read

        return write_as_read(before, after, write, settings.today)
    return write(before, after, values_read(before, after, records.changes(before, after)))


def keep_corrected(
    settings: Settings, before: N, after: N, draft: int | None, read: Mapping[str, Any]
) -> Result:
    """Write what differs between two states of a record, and remove the draft.

    Raise Changed if a field does not hold what was `read` of it.
    """
    store, today = settings.store, settings.today
    stood = records.get_to_mend(store, type(before), before.id, today)
    if not records.changes(before, after):
        refuse_changed(store, read, stood, stood)
        drop_unneeded(store, draft)
        return show_written(settings, stood, stood, (NO_CHANGE,))
    settings.take_left_out()
    now = records.correct(store, before, after, settings.author, today, draft=draft, read=read)
    return show_written(settings, stood, now, note_former_upn(after, now))


def note_former_upn(typed: Noun, now: Noun) -> tuple[str, ...]:
    """A line that the UPN before was kept, and what to do if it never was the pupil's."""
    if not isinstance(typed, Pupil) or not isinstance(now, Pupil):
        return ()
    if len(now.upns) == len(typed.upns):
        return ()
    return (
        "the UPN before is kept as a former one, and still finds the pupil; if it never was this"
        f" pupil's: ap pupil edit {now.ref} --not-known former-upn",
    )


def show_written(
    settings: Settings, before: Noun | None, noun: Noun, said: tuple[str, ...] = ()
) -> Result:
    """What was written: the reference for people, the record for programs.

    On stderr the days of a new record in words, or what changed.
    """
    changed = records.changes(before, noun) if before is not None else None
    objections = object_to_the_place(settings, noun, changed)
    return Result(
        noun.NOUN,
        [record_data(noun, settings.names, settings.today)],
        lines=print_references,
        said=(*echo_record(noun, changed), *objections, *said),
        keys=record_keys(type(noun)),
    )


def object_to_the_place(
    settings: Settings, noun: Noun, changed: Mapping[str, Any] | None
) -> tuple[str, ...]:
    """Say how a placement's place contradicts its tier or provider, if one was just typed."""
    if not isinstance(noun, Placement):
        return ()
    if changed is not None and not {"tier", "place", "place_address", "provider"} & changed.keys():
        return ()
    from ..services.placements import list_objections

    return tuple(list_objections(settings.store, noun, settings.today))


def summarise(settings: Settings, record: type[N], reference: str | None, page: Page) -> Result:
    """Show a pupil or provider with its placements, what is open, and the days to come."""
    from ..render.summary import show_summary
    from ..services.summaries import summary

    noun = choose_record(settings, record, reference, find=records.get_to_mend)
    known = summary(settings.store, noun, settings.today)
    shown = show_summary(noun, known, settings.today, settings.names, page)
    return replace(shown, look=look_at(noun))


def merge_records(
    settings: Settings, record: type[N], reference: str, into: str, yes: bool
) -> Result:
    """Join two records of one pupil or provider; without a yes only show what that would do."""
    from ..services import merging

    (_, gone), (_, kept) = (find_record(settings, each, record) for each in (reference, into))
    planned = merging.plan(settings.store, record, gone, kept, settings.today)
    mine, theirs = (records.get(settings.store, record, id, settings.today) for id in (gone, kept))
    told = list(merging_lines(planned, mine, theirs, settings.names))
    if settings.interactive and not yes:
        from ..interview.prompts import ask_yes, say

        say("\n".join(told))
        yes = ask_yes(f"Join them, so that {planned.gone} is gone?", usual=False)
    if yes:
        planned = merging.merge(settings.store, record, gone, kept, settings.author, settings.today)
    done = (
        f"{planned.gone} is joined into {planned.kept}; ap undo parts them again"
        if yes
        else "nothing was changed: give --yes to join them"
    )
    return Result(
        "merge",
        [asdict(planned) | {"done": yes}],
        lines=fixed_lines(planned.kept) if yes else fixed_lines(*told),
        said=(done,),
    )


def merging_lines(planned: Merging, gone: Noun, kept: Noun, names: bool) -> Iterator[str]:
    """What joining two records does, in lines, with both values of each fact that differs.

    Free text shows only if names may show.
    """
    kinds = field_types(type(kept))
    moved = (
        count(planned.placements, "placement"),
        count(planned.entries, "record of what happened", "records of what happened"),
        count(planned.marks, "mark"),
    )
    yield f"{planned.gone} → {planned.kept}: {', '.join(moved)} move"
    if planned.taken:
        yield f"taken over, since {planned.kept} has none: {', '.join(map(label, planned.taken))}"
    if planned.differing:
        yield f"they differ, and {planned.kept} keeps its own:"
    for name in planned.differing:
        values = [fact_text(getattr(one, name), kinds[name][0]) for one in (gone, kept)]
        shown = names or not is_free_text(kinds[name][0])
        difference = f": {' is left for '.join(map(printable, values))}" if shown else ""
        yield f"  {label(name)}{difference}"
