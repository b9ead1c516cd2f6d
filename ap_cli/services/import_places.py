"""Where a row of a spreadsheet places a child: at which provider and site, and for whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from ..domain.commissioner import Commissioner
from ..domain.imported import ANOTHER_WORD, REFERENCE
from ..domain.likeness import provider_key
from ..domain.options import NOT_ALTERNATIVE_PROVISION, Route
from ..domain.placement import Placement
from ..domain.planned import routes_of
from ..domain.provider import Provider, split_kind
from ..forms.facts import recorded
from ..forms.form import Noun, reference
from ..forms.text import shortened
from ..forms.yes_no import read_yes_or_no
from .import_history import History
from .import_known import Known, read_known
from .import_matching import unknown, whose_references
from .import_sites import has_site, moved_site, typed_addresses
from .import_told import Told, name_record
from .import_values import (
    ANOTHER,
    NAMESAKE,
    Decisions,
    MovedSite,
    NewName,
    SameProvider,
    Step,
    WhichCommissioner,
    Wrong,
)
from .records import REFERENCE as REFERENCE_SHAPE

OTHERS_REFERENCE = "its reference is not that of this provider here: found by its name"
"""What is noted of a row whose provider has a name that its reference contradicts."""

FOUND_BY_NAME = "its provider is found by its name: if it is another, add the address of each"
"""What is noted of a row that says that its provider is a new one, and has no address."""

NO_COMMISSIONER = "nobody is said to commission it, and ap has several commissioners: it has none"
"""What is noted of a new placement without one."""

THE_ONLY_COMMISSIONER = (
    "“{}” is taken for its commissioner, the only one in ap: ap placement edit --commissioner"
    " names another"
)
"""What is noted of a new placement of another store without one."""


class ProviderFinder:
    """Finds which provider a row means: by reference, URN or name.

    `noted` has what a person should know of how it was found. `sheet_of` is the placement of a
    sheet that came back, on which no reference can be written.
    """

    def __init__(
        self,
        known: Known,
        told: Told,
        decisions: Decisions,
        history: History,
        sheet_of: Placement | None = None,
    ) -> None:
        self.history = history
        self.known, self.told, self.decisions = known, told, decisions
        self.sheet_of = sheet_of
        self.noted: list[str] = []

    def find(self, answers: dict[str, object]) -> int:
        """Return a provider's number, 0 for a new one.

        Raise Wrong if the name is only nearly one, or that of several.
        """
        name, urn = str(answers.get("name") or ""), str(answers.get("urn") or "")
        id = answers.pop(REFERENCE, None)
        self.is_another = id == ANOTHER
        if id and self.decisions.own_references is not False:
            return self._by_reference(int(str(id)), answers, name, urn)
        if urn and urn in self.known.urns:
            answers.pop("name", None)
            return self.known.urns[urn]
        if not name:
            raise Wrong("say which provider it is: its name or its reference")
        return self._by_name(answers, name, urn)

    def _by_name(self, answers: dict[str, object], name: str, urn: str) -> int:
        spelt = self.decisions.providers.get(provider_key(name))
        if spelt:
            answers["name"] = name = spelt
        key = provider_key(name)
        same = self.known.providers.get(key, ())
        if self.sheet_of is not None and same and self.sheet_of.provider not in same:
            raise Wrong(describe_other_provider(self.sheet_of))
        if self._is_namesake(same, answers):
            return ANOTHER
        if len(same) > 1:
            same = self._at_address(same, answers)
        if same:
            self._refuse_other_urn(same[0], urn)
            answers.pop("name", None)
            return same[0]
        once = () if self.is_another else self.history.providers(key)
        if len(once) == 1:
            self._refuse_other_urn(once[0], urn)
            return once[0]
        near = self.known.providers_nearly(key) if spelt is None else ()
        if near and not self.is_another:
            alike, there = "write its name alike in all rows", "in a column “Provider ref”"
            if not any(self.known.is_new(Provider, id) for id in near):
                alike = f"write its name as ap has it, or its reference {there}"
                there = "there"
            raise Wrong(
                f"“{shortened(name)}” may be {self._name(near, ' or ')}: {alike}; if it is another,"
                f" write “{ANOTHER_WORD}” {there}",
                asks=SameProvider(name, tuple(self.known.provider_names[id] for id in near)),
            )
        return ANOTHER

    def _is_namesake(self, same: Sequence[int], answers: dict[str, object]) -> bool:
        """Tell whether a row is said to be of another provider than those of its name.

        It is known again by its address, or its URN; without them it is found by its name.
        """
        typed = typed_addresses(answers)
        asked = [self._moved(id, typed[0]) for id in same] if len(typed) == 1 else []
        if not (self.is_another or NAMESAKE in map(self.decisions.moved.get, asked)):
            return False
        if same and not (typed or answers.get("urn")):
            self.noted.append(FOUND_BY_NAME)
            return False
        return not any(self._is_at(id, typed) for id in same)

    def _moved(self, id: int, typed: str) -> MovedSite:
        """Return the question whether an address is that of a provider of the name."""
        return moved_site(read_known(self.known, Provider, id), typed)

    def _is_at(self, id: int, typed: Sequence[str]) -> bool:
        """Tell whether a provider has, or had, one of some addresses."""
        provider = read_known(self.known, Provider, id)
        addresses = [split_kind(one)[0] for one in typed]
        if any(has_site(one, provider) for one in addresses):
            return True
        return any(self.history.was(provider, partial(has_site, one)) for one in addresses)

    def _at_address(self, same: Sequence[int], answers: dict[str, object]) -> tuple[int, ...]:
        """Return the only provider of a name at the address of a row; raise Wrong if none is."""
        typed = typed_addresses(answers)
        there = tuple(id for id in same if typed and self._is_at(id, typed))
        if len(there) != 1:
            raise Wrong(
                f"{self._name(same, ' and ')} are both called so: write the address as ap has it,"
                " or the reference in a column “Provider ref”"
            )
        return there

    def _name(self, ids: Sequence[int], between: str) -> str:
        """Name providers in a row: “PR-0001 or the new provider of row 2”."""
        return between.join(name_record(self.known, self.told, Provider, id) for id in ids)

    def _by_reference(self, id: int, answers: dict[str, object], name: str, urn: str) -> int:
        """Return the provider of a reference, or the one of the name if they contradict.

        A name that is nearly the same is its new one, and so is another URN beside the same name.
        """
        on_record, key = self.known.provider_names.get(id), provider_key(name)
        named = self.known.providers.get(key, ()) if name else ()
        if len(named) == 1 and named[0] != id and not self.decisions.own_references:
            self._refuse_other_urn(named[0], urn)
            self.noted.append(OTHERS_REFERENCE)
            answers.pop("name", None)
            return named[0]
        if on_record is None:
            raise unknown(self.known, Provider, id, self.decisions)
        self._refuse_others_urn(id, urn)
        if name and key != provider_key(on_record) and not self._is_nearly(id, key, urn):
            self._settle_name(id, on_record, answers, name, urn)
        return id

    def _is_nearly(self, id: int, key: str, urn: str) -> bool:
        has_other_urn = bool(urn and self.known.urn_of.get(id, urn) != urn)
        return id in self.known.providers_nearly(key) and not has_other_urn

    def _settle_name(
        self, id: int, on_record: str, answers: dict[str, object], name: str, urn: str
    ) -> None:
        """Take a name as that of a provider that is called otherwise, if a person says so.

        Raise Wrong if nobody did.
        """
        if self.decisions.providers.get(provider_key(name)) == on_record:
            answers.pop("name", None)
            return
        asked = NewName(id, on_record, name)
        if asked in self.decisions.renamed:
            return
        is_sure = self.decisions.own_references or bool(urn and self.known.urn_of.get(id) == urn)
        raise Wrong(
            f"{reference(Provider.PREFIX, id)} has another name: check the reference",
            asks=asked if is_sure else whose_references(self.decisions),
        )

    def _refuse_others_urn(self, id: int, urn: str) -> None:
        owner = self.known.urns.get(urn)
        if owner is not None and owner != id:
            whose, ref = reference(Provider.PREFIX, owner), reference(Provider.PREFIX, id)
            raise Wrong(
                f"this URN is that of {whose}, and not of {ref}: check the reference",
                asks=whose_references(self.decisions),
            )

    def _refuse_other_urn(self, id: int, urn: str) -> None:
        """Raise Wrong if a row has the name of a provider and another URN than it has."""
        on_record = self.known.urn_of.get(id)
        if urn and on_record and urn != on_record:
            told = f"{self._name([id], '')} is called so and has another URN"
            if self.known.is_new(Provider, id):
                raise Wrong(f"{told}: check both rows")
            raise Wrong(f"{told}: check both; if it is meant, write it in a column “Provider ref”")


def say_other(before: Placement | None, pupil: Step | None, provider: Step | None) -> str:
    """Say that a row names a placement of another pupil, or at another provider; else nothing."""
    if before is None:
        return ""
    if pupil is not None and pupil.after.id != before.pupil:
        return f"{before.ref} is another pupil's: correct the pupil or the placement"
    if provider is not None and provider.after.id != before.provider:
        return describe_other_provider(before)
    return ""


def describe_other_provider(placement: Placement) -> str:
    """Say that a placement is at another provider, and what a move is."""
    return (
        f"{placement.ref} is at {reference(Provider.PREFIX, placement.provider)}: correct the"
        f" provider, or end {placement.ref} and plan one at the other with ap placement new"
    )


def name_them(noun: type[Noun], ids: Sequence[int], between: str = " and ") -> str:
    """Return the references of records in a row: “PR-0001 and PR-0002”."""
    return between.join(reference(noun.PREFIX, id) for id in ids)


def settle_commissioner(
    answers: dict[str, object], known: Known, decisions: Decisions, is_filled: bool
) -> None:
    """Write a commissioner among a placement's answers as a reference; raise Wrong if unknown.

    A reference is that of this store if somebody here has said it: `is_filled` is whether the
    answer is theirs for all rows.
    """
    text = str(answers["commissioner"])
    decided = decisions.commissioners.get(provider_key(text))
    name = decided or text
    is_ours = is_filled or decided is not None or not decisions.is_from_another
    if is_ours and is_reference(Commissioner, name):
        answers["commissioner"] = name
        return
    ids = known.commissioners.get(provider_key(name), ())
    if len(ids) > 1:
        called = tuple(
            one for one in known.commissioner_names if provider_key(one[1]) == provider_key(name)
        )
        raise Wrong(
            f"{name_them(Commissioner, ids)} are both called so: write the reference",
            asks=WhichCommissioner(text, called),
        )
    if not ids:
        raise Wrong(
            f"“{shortened(text)}” is no commissioner in ap: add it with ap init --commissioner",
            asks=WhichCommissioner(text, known.commissioner_names),
        )
    answers["commissioner"] = reference(Commissioner.PREFIX, ids[0])


def list_routes(answers: Mapping[str, object], known: Known) -> tuple[str, ...]:
    """List the routes that those have who may commission a placement; none if nobody is known."""
    found = REFERENCE_SHAPE.fullmatch(str(answers.get("commissioner", "")).strip())
    kind = known.commissioner_kinds.get(int(found[2])) if found else None
    kinds = [kind] if kind else known.commissioner_kinds.values()
    for_the_council = read_yes_or_no(str(answers.get("for_authority", ""))) is True
    open_to = {route for kind in kinds for route in routes_of(kind, for_the_council)}
    return tuple(route for route in Route if route in open_to)


def say_route(before: Placement | None, placement: Placement, known: Known) -> Iterator[str]:
    """Yield that who commissions a placement does not have its route, if that is a new one."""
    route, id = placement.route, placement.commissioner
    if not recorded(id) or route in NOT_ALTERNATIVE_PROVISION:
        return
    if before is not None and route == before.route:
        return
    who = read_known(known, Commissioner, id)
    if route in routes_of(who.kind, placement.for_authority is True):
        return
    name = shortened(who.name)
    told = f"“{name}” places nobody by this route"
    if route is Route.OFF_SITE_DIRECTION:
        told = f"only a school directs a child off site, and “{name}” commissions it"
    yield f"{told} (rule AP107): name the school in a column “commissioner”, or correct the route"


def is_reference(noun: type[Noun], text: str) -> bool:
    """Tell whether a text is a reference of a kind of record."""
    found = REFERENCE_SHAPE.fullmatch(text.strip())
    return found is not None and found[1].upper() == noun.PREFIX
