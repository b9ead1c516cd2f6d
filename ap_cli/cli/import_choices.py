"""What a call of `ap import` says of the file, or has said before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from msgspec import Struct

from ..domain.commissioner import COMMISSIONER, Commissioner
from ..domain.likeness import provider_key
from ..errors import ApError
from ..exchange.cells import read_cell
from ..exchange.columns import IGNORED, find_field
from ..exchange.fields import AS_WRITTEN, all_fields, fold_heading
from ..forms.form import Noun
from ..forms.text import echo, first_of, join_words, shortened
from ..services.import_values import Decisions
from ..services.records import REFERENCE
from ..store.queries.records import readable_nouns
from .import_mappings import KeptMapping, check_name
from .settings import Settings

NOUNS_OF = {
    "pupils": ("pupil",),
    "providers": ("provider",),
    "placements": ("pupil", "provider", "placement"),
}
"""The records that are read of each kind of file."""


class Choices(Struct):
    """What is chosen for an import: by the call, by a kept mapping, or by a person.

    `told` maps headings to fields, `fills` fields to the text that stands for an empty cell, and
    `providers`, `schools` and `commissioners` the spelling of a name to the name in ap, and `kinds`
    the name of a new provider to its kind. `nouns` are the records that
    are read, none if the columns tell. `is_kept` is whether a kept mapping has said something.
    `turned` is whether names begin with the surname, None if their commas tell.
    `kept_as` is the name of that mapping, and `kept_for` the identity of its store. `foreign` has
    the headings that name another store, whose references are not read. `once` has the fields whose
    answer is for one row of this file, and is not kept. `usual` has the answers for rows without
    one that are kept and are offered to a person. `is_list` is whether somebody said that the file
    is a list, whatever it looks like.
    """

    nouns: tuple[str, ...]
    told: dict[str, str]
    fills: dict[str, str]
    sheets: tuple[str, ...]
    by_school: bool
    with_hidden: bool
    mapping: str | None
    providers: dict[str, str]
    schools: dict[str, str]
    commissioners: dict[str, str]
    kinds: dict[str, str]
    is_kept: bool = False
    turned: bool | None = None
    kept_as: str = ""
    kept_for: str = ""
    foreign: tuple[str, ...] = ()
    once: frozenset[str] = frozenset()
    is_list: bool = False
    usual: dict[str, str] = {}

    def leave_out(self, headings: Iterable[str], called: Mapping[str, str]) -> None:
        """Leave columns of another store's references unread, unless the call itself says more."""
        told = {fold_heading(heading) for heading in called}
        self.foreign = tuple(one for one in headings if fold_heading(one) not in told)
        self.told = self.told | dict.fromkeys(self.foreign, IGNORED)

    @property
    def say_what_it_is(self) -> bool:
        """Return whether somebody said what the file has, or what its columns hold."""
        return self.is_list or self.is_kept or bool(self.nouns or self.told)

    @property
    def habits(self) -> dict[str, str]:
        """Return the answers for rows without one that are kept for other files."""
        return {name: text for name, text in self.fills.items() if name not in self.once}

    def note(
        self, decisions: Decisions, fills: Mapping[str, str], once: Iterable[str] = ()
    ) -> None:
        """Note what a person has decided of the rows, as far as another file may have it too."""
        self.fills |= fills
        self.once |= frozenset(once)
        self.providers, self.schools = dict(decisions.providers), dict(decisions.schools)
        self.commissioners, self.kinds = dict(decisions.commissioners), dict(decisions.kinds)

    def add(self, name: str, kept: KeptMapping) -> None:
        """Add what was kept under a name, where the call says nothing else.

        What stands for empty cells is taken if the call names the mapping: a route is no habit. Who
        commissions is one.
        """
        self.is_kept, self.kept_as = True, name
        self.kept_for = kept.store
        self.told = {**kept.fields, **self.told}
        fills = self.usual = kept.fills
        if self.mapping is None:
            fills = {name: text for name, text in fills.items() if name == COMMISSIONER}
        self.fills = {**fills, **self.fills}
        self.providers = {**kept.providers, **self.providers}
        self.schools = {**kept.schools, **self.schools}
        self.commissioners = {**kept.commissioners, **self.commissioners}
        self.kinds = {**kept.kinds, **self.kinds}
        self.turned = kept.turned if self.turned is None else self.turned
        self.nouns = self.nouns or tuple(kept.nouns)
        self.by_school = self.by_school or kept.by_school


def read_choices(
    settings: Settings,
    kind: str | None,
    told: Sequence[str],
    filled: Sequence[str],
    sheets: Sequence[str],
    by_school: bool,
    with_hidden: bool,
    mapping: str | None,
) -> Choices:
    """Return what the flags of a call say; raise ApError for what cannot be read of them."""
    pairs = dict(part_pair(one, "--map") for one in told)
    for ours in pairs.values():
        find_field(ours)
    fills: dict[str, str] = {}
    for ours, answer in (part_pair(one, "--fill") for one in filled):
        field = find_field(ours, "--fill")
        if field is None or field.question is None:
            raise ApError(f"--fill: {echo(ours)} is no question: ap help questions lists them")
        fills[field.name] = answer
    if COMMISSIONER in fills:
        fills[COMMISSIONER] = find_commissioner(settings, fills[COMMISSIONER]).ref
    read_fills(fills, settings.today)
    return Choices(
        nouns=NOUNS_OF[kind] if kind else (),
        told=pairs,
        fills=fills,
        sheets=tuple(sheets),
        by_school=by_school,
        with_hidden=with_hidden,
        mapping=check_name(mapping) if mapping is not None else None,
        providers={},
        schools={},
        commissioners={},
        kinds={},
    )


def find_commissioner(settings: Settings, text: str) -> Commissioner:
    """Return the commissioner of a name or reference; raise ApError unless there is one."""
    known = list(readable_nouns(settings.store, Commissioner, settings.today))
    found = [one for one in known if is_reference_of(one, text)] or [
        one for one in known if provider_key(one.name) == provider_key(text)
    ]
    if len(found) == 1:
        return found[0]
    if found:
        refs = join_words([one.ref for one in found], "and")
        raise ApError(
            f"--fill: {refs} are called so: write the reference, as in"
            f" “commissioner={found[0].ref}”"
        )
    names = (
        first_of([shortened(one.name) for one in known]) or "none is there yet: ap init adds one"
    )
    raise ApError(f"--fill: no commissioner is called {echo(text)}: choose one of {names}")


def is_reference_of(noun: Noun, text: str) -> bool:
    """Tell whether a text is the reference of a record: "C-0002", or "c-2"."""
    found = REFERENCE.fullmatch(text.strip())
    return found is not None and (found[1].upper(), int(found[2])) == (noun.PREFIX, noun.id)


def part_pair(text: str, flag: str) -> tuple[str, str]:
    """Part "theirs=ours" at its last "="; raise ApError if one of the two is missing."""
    theirs, equals, ours = text.rpartition("=")
    if not (theirs.strip() and equals and ours.strip()):
        raise ApError(f'{flag}: {echo(text)} has no “=” between two names: write "theirs=ours"')
    return theirs.strip(), ours.strip()


def read_fills(fills: Mapping[str, str], today: date) -> dict[str, object]:
    """Return the answers of rows without one, by field; raise ApError for a wrong one."""
    found: dict[str, object] = {}
    for name, text in fills.items():
        field = all_fields()[name]
        if field.question is None:
            continue
        if name in AS_WRITTEN:
            found[name] = text
            continue
        try:
            found[name] = read_cell(field.question, text, today)
        except ValueError as problem:
            raise ApError(f"--fill {name}: {problem}") from None
    return found
