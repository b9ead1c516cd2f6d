"""Add, correct, find and list the nouns of the record."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar, cast

from ..domain.commissioner import Commissioner
from ..domain.entries.entry import Entry
from ..domain.identifiers import close_up, is_like_upn, is_right_upn
from ..domain.likeness import is_same_child, is_same_commissioner, is_same_provider
from ..domain.placement import CommissionerRef, Placement
from ..domain.plausible import contradictions_of_entry
from ..domain.provider import Provider, Site, Sites
from ..domain.pupil import Pupil, short_name
from ..errors import ApError, BadAnswers
from ..forms.facts import Fact, Unknown, recorded
from ..forms.form import Noun, Record, reference, required_fields
from ..forms.text import echo, shortened
from ..store.author import Author
from ..store.opening import Store
from ..store.queries import alike as alike_queries
from ..store.queries import records as reading
from ..store.queries import upns
from ..store.queries.impossible import say_impossible
from ..store.queries.mending import one_to_mend
from .meanwhile import refuse_changed
from .refusals import list_lost_sites, name_pupils, problems, refuse

if TYPE_CHECKING:
    from ..store.unit import UnitOfWork

N = TypeVar("N", bound=Noun)
REFERENCE = re.compile(r"([a-z]{1,2})[-_ ]?0*([1-9]\d{0,8})", re.ASCII | re.IGNORECASE)
NOUNS: dict[str, type[Noun]] = {
    noun.PREFIX: noun for noun in (Commissioner, Pupil, Provider, Placement)
}

UNREAD = "?"
"""What is shown for the name of a record that cannot be read."""


def add(
    store: Store,
    noun: N,
    author: Author,
    today: date,
    draft: int | None = None,
    number: int | None = None,
    entries: Sequence[Entry] = (),
) -> N:
    """Save a new noun with what is recorded of it at once, and remove its draft.

    It has the next reference of its kind unless a number is given. Raise BadAnswers if it
    contradicts itself or the record.
    """
    from ..store import writing

    with writing.change(store, author, f"add {noun.NOUN}") as unit:
        ready: Noun = noun
        if isinstance(noun, Placement):
            ready = with_defaults(store, noun, today).with_visit_booked(today)
        refuse(problems(store, ready, today))
        writing.drop_draft(unit, draft)
        added = cast(N, writing.add(unit, ready, number))
        for entry in entries:
            refuse(contradictions_of_entry(entry, today))
            writing.add_entry(unit, entry, added)
        return added


def correct(
    store: Store,
    before: N,
    after: N,
    author: Author,
    today: date,
    what: str = "",
    draft: int | None = None,
    first: Callable[[UnitOfWork], None] | None = None,
    read: Mapping[str, Any] = MappingProxyType({}),
) -> N:
    """Correct a noun for every day and remove its draft; the old values stay in the audit.

    `first` writes what else is to change, in the same unit of work. `read` has what fields must
    still hold.

    Only the differences between `before` and `after` are written, so that somebody else's changes
    in the meantime stay. Raise Changed if a field is no longer what was read, and BadAnswers if the
    result contradicts itself.
    """
    from msgspec.structs import replace

    from ..store import writing

    with writing.change(store, author, what or f"edit {after.NOUN}") as unit:
        if first is not None:
            first(unit)
        now, wrong = one_to_mend(store, type(after), after.id, today)
        changed = changes_now(now, before, after)
        if isinstance(now, Placement) and "pupil" in changed:
            _hand_over_marks(unit, store, now, changed["pupil"])
        then = completed(store, now, replace(now, **changed), changed, today)
        refuse_changed(store, read, now, then)
        _refuse_unmended(then, wrong)
        refuse((*problems(store, then, today), *list_lost_sites(store, now, then, today)))
        writing.correct(unit, now, then, today, changes(now, then) if wrong else None)
        writing.drop_draft(unit, draft)
    return get_to_mend(store, type(after), after.id, today)


def changes_now(now: N, before: N, after: N) -> dict[str, Any]:
    """Map the facts that differ between two states to what they become in the present one.

    Another provider has another site; of sites only those that differ change.
    """
    changed = changes(before, after)
    if isinstance(now, Placement) and "provider" in changed:
        changed = {"site": Unknown("placement.site")} | changed
    if isinstance(now, Provider) and isinstance(before, Provider):
        sites = changed.get("sites")
        if isinstance(sites, Sites):
            changed["sites"] = merged(now.sites, before.sites, sites)
    return changed


def get_to_mend(store: Store, record: type[N], id: int, today: date) -> N:
    """Return the record of a reference as far as it can be read; the store names what cannot be.

    Raise NotFound if there is no such record.
    """
    found, wrong = one_to_mend(store, record, id, today)
    if wrong:
        store.leave_out(say_impossible(record, found.ref, wrong))
    return found


def _refuse_unmended(noun: Noun, wrong: Mapping[str, str]) -> None:
    """Raise StoreProblem if a fact without which there is no record would stay impossible."""
    needed = {name for name in required_fields(type(noun)) if not recorded(getattr(noun, name))}
    if needed:
        left = {name: what for name, what in wrong.items() if name in needed}
        raise say_impossible(type(noun), noun.ref, left)


def completed(store: Store, before: N, after: N, changed: Mapping[str, Any], today: date) -> N:
    """Complete a corrected noun by what follows from the facts that were changed."""
    if isinstance(after, Placement) and "provider" in changed:
        after = cast(N, with_defaults(store, after, today))
    if isinstance(after, Placement) and "visited" in changed:
        after = cast(N, after.with_visit_booked(today))
    if isinstance(before, Pupil) and isinstance(after, Pupil) and "former_upns" not in changed:
        after = cast(N, with_former_upn(store, before, after))
    return after


def with_former_upn(store: Store, before: Pupil, after: Pupil) -> Pupil:
    """Keep the UPN that a pupil had before another one.

    A UPN that is not valid, or that another pupil has, never was this pupil's.
    """
    from msgspec.structs import replace

    if not (recorded(before.upn) and recorded(after.upn)) or before.upn == after.upn:
        return after
    is_own = upns.owners(store, (before.upn,)).get(before.upn) == (before.id,)
    own = (before.upn,) if is_own and is_right_upn(before.upn) else ()
    known = after.former_upns if recorded(after.former_upns) else ()
    former = tuple(upn for upn in dict.fromkeys((*known, *own)) if upn != after.upn)
    return replace(after, former_upns=former) if former != known else after


def _hand_over_marks(unit: Any, store: Store, placement: Placement, pupil: int) -> None:
    """Move the marks of a placement to another pupil; raise BadAnswers if both attended at once."""
    from ..store import writing
    from ..store.queries import attendance

    if session := attendance.marked_twice(store, "placement", placement.id, pupil):
        raise BadAnswers(
            [
                f"--pupil: {reference(Pupil.PREFIX, pupil)} has a mark for the session of "
                f"{session} at another placement: choose the pupil who attended"
            ]
        )
    writing.hand_over(unit, "mark", "placement", placement.id, "pupil", pupil)


def changes(before: Record, after: Record) -> dict[str, Any]:
    """Map the names of the facts that differ to their new values."""
    pairs = {
        name: (getattr(before, name), getattr(after, name)) for name in after.__struct_fields__
    }
    return {name: new for name, (old, new) in pairs.items() if not same(old, new)}


def same(old: object, new: object) -> bool:
    """Return whether two facts are the same, gaps included."""
    if isinstance(old, Unknown) or isinstance(new, Unknown):
        return isinstance(old, Unknown) and isinstance(new, Unknown) and old.asked == new.asked
    return old == new


def merged(now: Fact[Sites], before: Fact[Sites], after: Sites) -> Sites:
    """Apply added and corrected sites to the present ones; an added one has the next number."""
    known = {site.number: site for site in before.all} if recorded(before) else {}
    sites = {site.number: site for site in now.all} if recorded(now) else {}
    for site in after.all:
        if site.number not in known and site.number in sites:
            site = Site(max(sites) + 1, site.address, site.kind)
        if known.get(site.number) != site:
            sites[site.number] = site
    return Sites(tuple(sites[number] for number in sorted(sites)))


def with_defaults(store: Store, placement: Placement, today: date) -> Placement:
    """Fill in the only commissioner and the provider's only site if a placement names no other."""
    only = only_commissioner(store, today) if _never_asked(placement.commissioner) else None
    sites = reading.sites_of(store, placement.provider) if _never_asked(placement.site) else None
    return with_the_only(placement, only, sites)


def with_the_only(
    placement: Placement, commissioner: Commissioner | None, sites: Sites | None
) -> Placement:
    """Fill in a commissioner, and the only one of some sites, if a placement names no other."""
    from msgspec.structs import replace

    if commissioner is not None and _never_asked(placement.commissioner):
        placement = replace(placement, commissioner=CommissionerRef(commissioner.id))
    if sites is not None and len(sites.all) == 1 and _never_asked(placement.site):
        placement = replace(placement, site=sites.all[0].number)
    return placement


def only_commissioner(store: Store, today: date) -> Commissioner | None:
    """Return the commissioner if exactly one is recorded."""
    commissioners = list(reading.nouns(store, Commissioner, today))
    return commissioners[0] if len(commissioners) == 1 else None


def _never_asked(fact: object) -> bool:
    return isinstance(fact, Unknown) and fact.asked is None


def get(store: Store, record: type[N], id: int, today: date) -> N:
    """Return the record of a reference; raise NotFound if there is no such record."""
    return reading.one(store, record, id, today)


def named(store: Store, noun: Noun, today: date) -> dict[str, str]:
    """Map the facts of a placement that are references to names; empty for another noun."""
    if not isinstance(noun, Placement):
        return {}
    found: dict[str, str] = {}
    parties: tuple[tuple[str, type[Noun]], ...] = (
        ("pupil", Pupil),
        ("provider", Provider),
        ("commissioner", Commissioner),
    )
    for key, kind in parties:
        id = getattr(noun, key)
        if not recorded(id):
            continue
        name = getattr(get_to_mend(store, kind, id, today), "name", None)
        if isinstance(name, str):
            found[key] = name
    return found


def named_in_style(store: Store, noun: Noun, today: date, names: str) -> dict[str, str]:
    """Map references to names; with names "never" the pupil is called by the reference."""
    found = named(store, noun, today)
    if names == "never" and isinstance(noun, Placement):
        found["pupil"] = reference(Pupil.PREFIX, noun.pupil)
    return found


def name_in_style(id: int, name: str, names: str) -> str:
    """Return a pupil's name in full or short, or the reference if names are never shown."""
    if names == "never":
        return reference(Pupil.PREFIX, id)
    return short_name(name) if names == "short" else name


def placement_labels(store: Store, today: date, names: str = "full") -> dict[str, str]:
    """Map each placement's reference to a label: its pupil, provider and first day."""
    from ..domain.days import words

    full = {record.id: record.name for record in reading.readable_nouns(store, Pupil, today)}
    pupils = {id: name_in_style(id, name, names) for id, name in full.items()}
    there = reading.readable_nouns(store, Provider, today)
    providers = {record.id: record.name for record in there}
    return {
        record.ref: (
            f"{record.ref} {shortened(pupils.get(record.pupil, UNREAD))} "
            f"at {shortened(providers.get(record.provider, UNREAD))}, from {words(record.starts)}"
        )
        for record in reading.readable_nouns(store, Placement, today)
    }


def listed(store: Store, record: type[N], today: date) -> Iterator[N]:
    """List the records of a noun, in order of reference; the store names those left out."""
    yield from reading.readable_nouns(store, record, today)


def alike(store: Store, noun: Noun, today: date) -> list[Noun]:
    """List the records that may be of the same pupil or provider, the likeliest first."""
    found = alike_queries.alike(store, noun, today)
    return sorted(found, key=lambda other: not is_same(noun, other))


def is_same(one: Noun, other: Noun) -> bool:
    """Tell whether two records are taken for one child or provider, until somebody knows better."""
    if isinstance(one, Pupil) and isinstance(other, Pupil):
        return is_same_child(one, other)
    if isinstance(one, Provider) and isinstance(other, Provider):
        return is_same_provider(one, other)
    if isinstance(one, Commissioner) and isinstance(other, Commissioner):
        return is_same_commissioner(one, other)
    return False


def subject(reference: str) -> tuple[type[Noun], int]:
    """Parse a reference such as `PL-0001` or `pl-1`; raise ApError if invalid.

    Return its kind and number.
    """
    matched = REFERENCE.fullmatch(reference.strip())
    noun = NOUNS.get(matched[1].upper()) if matched else None
    if not matched or noun is None:
        raise ApError(
            f"“{echo(reference)}” is not a reference: type one like P-0001, PR-0001 or PL-0001"
        )
    return noun, int(matched[2])


def find_subject(store: Store, reference: str, *allowed: type[Noun]) -> tuple[type[Noun], int]:
    """Return the kind and number of a record, by its reference or, of a pupil, by a UPN.

    Raise ApError if it is of another kind, or the UPN nobody's or that of several.
    """
    upn = close_up(reference).upper()
    if REFERENCE.fullmatch(reference.strip()) or is_name(reference, allowed):
        return subject_of(reference, *allowed)
    ids = upns.owners(store, (upn,)).get(upn, ())
    if not ids:
        raise ApError("no pupil has that UPN: type a reference like P-0001, or part of a name")
    if len(ids) > 1:
        raise ApError(f"{name_pupils(ids)} have that UPN: type a reference")
    return Pupil, ids[0]


def is_name(text: str, allowed: tuple[type[Noun], ...]) -> bool:
    """Tell whether a text can only be a name: it is no reference and, for a pupil, no UPN."""
    if REFERENCE.fullmatch(text.strip()) is not None:
        return False
    return Pupil not in allowed or not is_like_upn(close_up(text).upper())


def subject_of(reference: str, *allowed: type[Noun]) -> tuple[type[Noun], int]:
    """Parse a reference of one of these kinds; raise ApError if it is of another."""
    noun, id = subject(reference)
    if noun not in allowed:
        raise ApError(
            f"{reference} is a {noun.NOUN}: type the reference of a "
            f"{' or a '.join(kind.NOUN for kind in allowed)}"
        )
    return noun, id
