"""Whether a row gives a placement on record another provider, or is about a further placement."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from msgspec.structs import replace

from ..domain.imported import ANOTHER_WORD, REFERENCE, Answered, ImportedRow
from ..domain.likeness import provider_key
from ..domain.placement import Placement
from ..domain.provider import Provider, Sites
from ..domain.pupil import Pupil
from ..forms.facts import Unknown, recorded
from ..forms.form import Noun, reference
from .import_history import History
from .import_known import Known, read_known
from .import_renamed import Identity, identify, list_identities, read_fact
from .import_values import Decisions, OtherProvider
from .records import with_the_only


class PlacementsInFile:
    """The placements that the rows of a file have. All rows are read for it, once, if asked."""

    def __init__(self, rows: Iterable[ImportedRow], decisions: Decisions, today: date) -> None:
        self._rows, self._decisions, self._today = rows, decisions, today
        self._there: set[int] | None = None

    def have(self, placement: Placement, known: Known, history: History) -> bool:
        """Tell whether a row is about a placement: its reference, or child, provider and day."""
        if self._there is None:
            self._there = {hash(one) for row in self._rows for one in self._identities(row)}
        pupil = read_known(known, Pupil, placement.pupil)
        provider = read_known(known, Provider, placement.provider)
        whom = {one for then in (pupil, *history.earlier(pupil)) for one in list_identities(then)}
        where: set[Identity] = {(REFERENCE, provider.id)}
        if recorded(provider.urn):
            where.add(("urn", provider.urn))
        for then in (provider, *history.earlier(provider)):
            where.add(("provider", provider_key(then.name)))
        found = {(who, there, placement.starts) for who in whom for there in where}
        return any(hash(one) in self._there for one in ((REFERENCE, placement.id), *found))

    def _identities(self, row: ImportedRow) -> Iterator[Identity]:
        own = self._decisions.own_references
        whom = list(identify(row.pupil, self._today, own))
        for place in row.places:
            starts = read_fact(Placement, "starts", place.placement, self._today)
            if own is not False and place.placement.get(REFERENCE):
                yield REFERENCE, place.placement[REFERENCE]
            for there in self._where(place.provider):
                yield from ((who, there, starts) for who in whom)

    def _where(self, provider: Answered) -> Iterator[Identity]:
        name = str(provider.get("name") or "")
        if name:
            key = provider_key(name)
            yield "provider", provider_key(self._decisions.providers.get(key) or name)
        if provider.get("urn"):
            yield "urn", provider["urn"]
        if self._decisions.own_references is not False and provider.get(REFERENCE):
            yield REFERENCE, provider[REFERENCE]


def ask_provider(known: Known, there: Placement, provider: Noun) -> OtherProvider:
    """Return the question whether a placement is at the provider of a row."""
    pupil = read_known(known, Pupil, there.pupil)
    at = read_known(known, Provider, there.provider)
    called = str(getattr(provider, "name", ""))
    return OtherProvider(there.id, at.name, called, there.starts, pupil.id, pupil.name)


def say_unsure_where(known: Known, there: Placement, provider: int) -> str:
    """Say which placement a row may mean at another provider, and how to go on off a terminal."""
    how = f"ap placement edit {there.ref} --provider "
    if provider and not known.is_new(Provider, provider):
        how += reference(Provider.PREFIX, provider)
    else:
        how = f"ap provider add and {how}PR-…"
    return (
        f"{there.ref} of this child began on the same day at"
        f" {reference(Provider.PREFIX, there.provider)}, and is not in the file: if the row"
        f" corrects where it is, do so with {how}; if it is a further placement, write"
        f" “{ANOTHER_WORD}” in a column “Placement ref”"
    )


def keep_provider(
    answers: dict[str, object], before: Placement, where: Noun, known: Known, history: History
) -> Noun:
    """Return where a placement is: as it stands, if a row only says where it was before.

    A site of the earlier provider is left out with it.
    """
    if before.provider == where.id or not isinstance(where, Provider):
        return where
    told = {"provider": where.ref} if where.id else {}
    if not told or history.only_news(before, told):
        return where
    answers.pop("site", None)
    return read_known(known, Provider, before.provider)


def with_its_site(placement: Placement, sites: Sites | None, is_said: bool) -> Placement:
    """Return a placement that is at another provider now with its site there, if that is known."""
    if is_said:
        return placement
    return with_the_only(replace(placement, site=Unknown("placement.site")), None, sites)
