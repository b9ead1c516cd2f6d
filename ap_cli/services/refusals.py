"""Find why a record cannot be saved: it contradicts itself or another record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from msgspec import Struct

from ..domain.ages import leaving_dates
from ..domain.commissioner import Commissioner
from ..domain.days import words
from ..domain.periods import Periods
from ..domain.placement import Placement
from ..domain.provider import Provider
from ..domain.pupil import Pupil
from ..errors import ApError, BadAnswers, NotFound
from ..forms.facts import recorded
from ..forms.form import Noun, flag_of, reference
from ..forms.text import first_of
from ..policy.figures import in_force
from ..store.opening import Store
from ..store.queries import records as reading
from ..store.queries import upns
from ..store.queries.placements import happened_within
from ..store.queries.terms import calendars


class Beside(Struct, frozen=True):
    """What is known beside the store, of many records that are written at once.

    `owners` maps every UPN to the pupils who have or had it, and `records` has those that a
    placement names and that may not be there yet.
    """

    owners: Mapping[str, tuple[int, ...]] | None = None
    records: Mapping[type[Noun], Noun] = {}


ALONE = Beside()

ATTENDANCE = "attendance"
"""What is said to have happened where a session is marked."""


def refuse(problems: tuple[str, ...]) -> None:
    """Raise BadAnswers if there are any problems."""
    if problems:
        raise BadAnswers(problems)


def problems(
    store: Store,
    noun: Noun,
    today: date,
    joined: int | None = None,
    beside: Beside = ALONE,
) -> tuple[str, ...]:
    """List why a noun cannot be saved, a sentence for each reason.

    `joined` is the number of a record that it takes over and that goes.
    """
    if isinstance(noun, Pupil):
        shared = shared_upns(store, noun, joined, beside.owners)
        return (*_pupil_problems(store, noun, today), *shared)
    if isinstance(noun, Provider):
        from ..domain.plausible import days_to_come

        return days_to_come(noun, today)
    if isinstance(noun, Placement):
        return placement_problems(store, noun, today, beside)
    if (
        isinstance(noun, Commissioner)
        and recorded(noun.calendar)
        and not calendars(store).named(noun.calendar)
    ):
        return (
            f"--calendar: no calendar is called {noun.calendar}: choose one from `ap terms list`, "
            "or add it with `ap terms import`",
        )
    return ()


def list_lost_sites(store: Store, before: Noun, after: Noun, today: date) -> tuple[str, ...]:
    """List why the addresses of a provider cannot be taken away: placements are there."""
    if not (isinstance(before, Provider) and isinstance(after, Provider)):
        return ()
    if not recorded(before.sites) or recorded(after.sites):
        return ()
    where = "pl.provider = :provider AND pl.site IS NOT NULL"
    named = {"provider": after.id}
    there = [one.ref for one in reading.readable_nouns(store, Placement, today, where, named)]
    if not there:
        return ()
    return (
        f"--not-known address: an address of {after.ref} is that of {first_of(there)}:"
        f' correct it with --address "{before.sites.all[0].number}: …"',
    )


def _impossible_leaving_date(pupil: Pupil) -> Iterator[str]:
    possible, confirmed = leaving_dates(pupil.born), pupil.leaving_confirmed
    if recorded(confirmed) and confirmed not in possible:
        days = " or ".join(map(words, possible))
        yield (
            f"--leaving-confirmed: {words(confirmed)} is no leaving date of somebody born on"
            f" {words(pupil.born)}: that is {days}"
        )


def _pupil_problems(store: Store, pupil: Pupil, today: date) -> tuple[str, ...]:
    from ..domain.ages import ages
    from ..domain.plausible import contradictions, still_to_come

    if pupil.born > today:
        return (f"--born: {words(pupil.born)} is still to come: check the date",)
    if today.year - pupil.born.year > 100:
        return (f"--born: {words(pupil.born)} is over a hundred years ago: check the year",)
    ages(pupil.born, today)
    begun = tuple(_begun(pupil))
    early = list(_impossible_leaving_date(pupil))
    early += [
        f"{flag_of(name)}: {words(day)} is before the birth on {words(pupil.born)}: check both"
        for name, day in begun
        if day < pupil.born
    ]
    early += [still_to_come(flag_of(name), day) for name, day in begun if day > today]
    placements = (
        reading.readable_nouns(store, Placement, today, "pl.pupil = :pupil", {"pupil": pupil.id})
        if pupil.id
        else ()
    )
    contradicted = [
        f"{placement.ref}: {problem}"
        for placement in placements
        for problem in contradictions(placement, pupil, in_force(today)["session.longest"])
    ]
    return (*early, *contradicted)


def shared_upns(
    store: Store,
    pupil: Pupil,
    joined: int | None = None,
    owners: Mapping[str, tuple[int, ...]] | None = None,
) -> tuple[str, ...]:
    """List the UPNs that a pupil would share with others, with the references of those.

    One that the store has of this pupil already is left to rule AP901, so that all else of the
    record can be corrected.
    """
    now = pupil.upn if recorded(pupil.upn) else None
    problems = []
    if owners is None:
        owners = upns.owners(store, pupil.upns)
    for upn, ids in ((upn, owners[upn]) for upn in pupil.upns if upn in owners):
        others = [id for id in ids if id not in (pupil.id, joined)]
        if others and pupil.id not in ids:
            flag = "--upn" if upn == now else "--former-upn"
            has = "has" if len(others) == 1 else "have"
            problems.append(
                f"{flag}: {name_pupils(others)} {has} that UPN, and a UPN is one child's: "
                "check it, or correct it there first"
            )
    return tuple(problems)


def only_owner(ids: Sequence[int]) -> int | None:
    """Return whose a UPN is, None for nobody's; raise ApError if it is that of several."""
    if len(ids) > 1:
        raise ApError(
            f"{name_pupils(ids)} have this UPN, and a UPN is one child's: correct it with"
            f" ap pupil edit {reference(Pupil.PREFIX, ids[-1])} --upn …"
        )
    return ids[0] if ids else None


def name_pupils(ids: Iterable[int]) -> str:
    """Return the references of pupils in a row: "P-0001 and P-0002"."""
    return " and ".join(reference(Pupil.PREFIX, id) for id in ids)


def _begun(pupil: Pupil) -> Iterator[tuple[str, date]]:
    for name in pupil.__struct_fields__:
        fact = getattr(pupil, name)
        if isinstance(fact, Periods):
            yield from ((name, spell.began) for spell in fact.spells if spell.began)


def before_the_start(flag: str, day: date, placement: Placement) -> str:
    """Describe a day that is before a placement starts."""
    starts = words(placement.starts)
    return f"{flag}: {words(day)} is before {placement.ref} starts, on {starts}: choose a later day"


def after_the_end(flag: str, day: date, ref: str, ended: date) -> str:
    """Describe a day that is after a placement ended."""
    return (
        f"{flag}: {words(day)} is after {ref} ended, on {words(ended)}: choose an earlier day, or"
        f" correct the last day first with ap placement end {ref} --correct"
    )


def looked_up(
    store: Store, ids: Mapping[type[Noun], int | None], today: date
) -> tuple[dict[type[Noun], Any], list[str]]:
    """Return the records of these references by kind, and a sentence for each that is missing."""
    records, missing = {}, []
    for record, id in ids.items():
        if id is not None:
            try:
                records[record] = reading.one(store, record, id, today)
            except NotFound as problem:
                missing.append(f"--{record.NOUN}: {problem}")
    return records, missing


def placement_problems(
    store: Store, placement: Placement, today: date, beside: Beside = ALONE
) -> tuple[str, ...]:
    """List why a placement cannot be saved: a missing reference, or a contradiction (AP903)."""
    from ..domain.plausible import contradictions, days_to_come, known

    ids: dict[type[Noun], int | None] = {
        Pupil: placement.pupil,
        Provider: placement.provider,
        Commissioner: known(placement.commissioner),
    }
    ids = {noun: id for noun, id in ids.items() if noun not in beside.records}
    found, missing = looked_up(store, ids, today)
    records: dict[type[Noun], Any] = {**found, **beside.records}
    provider = records.get(Provider)
    if provider and recorded(placement.site) and not _has_site(provider, placement.site):
        missing.append(
            f"--site: {provider.ref} has no site {placement.site}; "
            f"add its address with `ap provider edit {provider.ref} --address …`"
        )
    if missing:
        return tuple(missing)
    return (
        days_to_come(placement, today)
        + contradictions(placement, records[Pupil], in_force(today)["session.longest"])
        + tuple(_outside_it(store, placement))
    )


def _outside_it(store: Store, placement: Placement) -> Iterator[str]:
    """List the events of a placement that would be outside its days."""
    if not placement.id:
        return
    for what, first, last in happened_within(store, placement.id):
        if placement.never_started:
            yield (
                f"{placement.ref} did start, as it has {what} on {words(first)}: "
                "give its last day instead"
            )
        elif first < placement.starts:
            yield (
                f"{placement.ref} has {what} on {words(first)}, before {words(placement.starts)}: "
                "choose an earlier start"
            )
        elif placement.ended is not None and last > placement.ended:
            yield (
                f"{placement.ref} has {what} on {words(last)}, after {words(placement.ended)}: "
                f"choose a later end, or first {way_out(placement.ref, what, last)}"
            )


def way_out(ref: str, what: str, day: date) -> str:
    """Say how to correct what happened after a last day that is right."""
    if what == ATTENDANCE:
        return f"take a wrong mark out: ap attendance amend {ref} {day} am|pm - --reason …"
    return f"correct or withdraw that entry: ap timeline {ref} has its reference"


def _has_site(provider: Provider, number: int) -> bool:
    return recorded(provider.sites) and any(site.number == number for site in provider.sites.all)


def wrong_already(store: Store, given: Mapping[str, Any], today: date) -> tuple[str, ...]:
    """List what is wrong with an unfinished placement: missing references, days out of order."""
    from ..domain.plausible import order_of_days
    from ..domain.readers import answer
    from ..forms.form import questions

    values = {question.name: answer(question, given, today) for question in questions(Placement)}
    _, missing = looked_up(
        store, {record: values[record.NOUN] for record in (Pupil, Provider, Commissioner)}, today
    )
    out_of_order = order_of_days(
        values["starts"], values["ends"], values["visited"], values["review_dates"]
    )
    return (*missing, *([out_of_order] if out_of_order else []))
