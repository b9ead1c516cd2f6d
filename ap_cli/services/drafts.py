"""Unfinished forms, saved as drafts; no rule looks at them."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

from msgspec import Struct, convert
from msgspec.json import decode, encode
from msgspec.structs import replace

from ..domain.pupil import short_name
from ..errors import ApError, NotFound, StoreProblem
from ..forms.filling import NOT_KNOWN, SKIPPED
from ..forms.form import reference
from ..forms.text import echo, shortened
from ..store import soundness
from ..store.author import Author
from ..store.damage import UNREADABLE
from ..store.opening import Store
from ..store.queries import drafts as stored
from ..store.queries.drafts import SEVERAL as SEVERAL
from ..store.queries.owners import owner_of
from ..store.queries.placements import pupils_by_placement
from ..store.queries.pupils import names_by_number

RECORD = "record "
"""How the form of a kind of entry begins: "record review"."""

LABELS = {
    "placement new": "new placement",
    "placement edit": "missing answers for",
    "pupil edit": "changes to",
    "provider edit": "changes to",
    "placement end": "end of",
    "placement end --correct": "corrected end of",
    "provider add": "new provider",
    "pupil add": "new pupil",
    "init": "new commissioner",
    "record edit": "correction of",
}
"""What a draft of each form is called, before the record that it is about."""


class OpenForm(Struct, frozen=True):
    """A form that is being filled in: its command, and the reference that it is about, if any.

    One that is recorded for several has all their references: "PL-0001, PL-0002".
    """

    form: str
    about: str = ""

    @property
    def refs(self) -> tuple[str, ...]:
        """The references that it is about."""
        return tuple(filter(None, self.about.split(SEVERAL)))

    @property
    def label(self) -> str:
        """What it is called: "review of PL-0001"."""
        named = LABELS.get(self.form) or f"{self.form.removeprefix(RECORD).replace('-', ' ')} of"
        return f"{named} {self.about}" if self.about else named


NEW_PLACEMENT = OpenForm("placement new")

ADDING = {
    "provider": OpenForm("provider add"),
    "pupil": OpenForm("pupil add"),
    "commissioner": OpenForm("init"),
}
"""The form that adds a record, by its noun."""

NAMED_BY_ANSWER = {"provider add": "name", "init": "commissioner"}
"""Forms whose draft is called by the name that was typed, as it is not a child's."""


AS_READ = "as_read"
"""The key under which a stored draft has what its form had read: no question has it."""


class Draft(Struct, frozen=True):
    """An unfinished form: its answers so far, who began it and when it was last saved.

    One that corrects a record has what it had read of the fields that it answers.
    """

    id: int
    answers: dict[str, Any]
    who: str
    at: datetime
    open: OpenForm = NEW_PLACEMENT
    read: dict[str, Any] = {}

    @property
    def ref(self) -> str:
        """Return its reference: `D-0001`."""
        return reference("D", self.id)

    @property
    def about(self) -> str:
        """Return the reference that it is about: a new placement is about its pupil."""
        if self.open == NEW_PLACEMENT:
            return str(self.answers.get("pupil") or "").upper()
        return self.open.about


class Unfinished(Struct, frozen=True):
    """A draft with the child it is about: the pupil's reference and name, empty if there is none.

    A new pupil has a name and no reference yet.
    """

    draft: Draft
    pupil: str = ""
    name: str = ""

    def describe(self, names: str = "never") -> str:
        """Say what it is and whom it is about: "review of PL-0001 (P-0001 Test P.)".

        `names` is "full", "short" or "never".
        """
        open = self.draft.open
        name = ""
        if names != "never" and self.name:
            name = shortened(self.name if names == "full" else short_name(self.name), 30)
        if open.form in NAMED_BY_ANSWER:
            name = shortened(self.draft.answers.get(NAMED_BY_ANSWER[open.form]) or "", 30)
        if open == NEW_PLACEMENT:
            return " ".join(filter(None, (open.label, self.pupil and f"for {self.pupil}", name)))
        child = " ".join(filter(None, (self.pupil if self.pupil != open.about else "", name)))
        return f"{open.label} ({child})" if child else open.label


def says_something(answers: Mapping[str, Any], apart: Container[str] = ()) -> bool:
    """Return whether answers are worth keeping: somebody gave one, not known yet included.

    `apart` are the keys of answers that the program gave by itself.
    """
    return any(
        value not in (None, [], ()) and key != SKIPPED and key not in apart
        for key, value in answers.items()
    )


def keep(
    store: Store,
    answers: Mapping[str, Any],
    author: Author,
    before: Draft | None = None,
    open: OpenForm = NEW_PLACEMENT,
    read: Mapping[str, Any] = MappingProxyType({}),
) -> Draft:
    """Save the answers so far, and what the form had `read`, over the draft as it was last saved.

    Use a new number if there was no draft, or if somebody else has saved, finished or dropped it
    meanwhile, so that nobody's answers are overwritten. Drafts have no audit, as no rule looks at
    them.
    """
    now = datetime.now(UTC)
    saved = Draft(0, dict(answers), author.who, now, open, dict(read))
    whole = {**answers, AS_READ: dict(read)} if read else dict(answers)
    values = (
        encode(whole, enc_hook=str).decode(),
        author.who,
        now.isoformat(),
        owner_of(store, str(answers.get("commissioner") or saved.about)),
    )
    with soundness.kept(store):
        if before is not None and stored.replace_draft(
            store, before.id, *values, saved_before=before.at.isoformat()
        ):
            id = before.id
        else:
            id = stored.add_draft(store, open.form, open.about or None, *values)
    return replace(saved, id=id)


def listed(store: Store) -> list[Draft]:
    """List every draft that can be read, in order."""
    return [row for row in _read_all(store) if isinstance(row, Draft)]


def list_damaged(store: Store) -> list[str]:
    """Say of each draft that cannot be read how it is deleted."""
    return [str(row) for row in _read_all(store) if isinstance(row, StoreProblem)]


def _read_all(store: Store) -> Iterator[Draft | StoreProblem]:
    for row in stored.drafts(store):
        try:
            yield _read(*row)
        except StoreProblem as problem:
            yield problem


def list_unfinished(store: Store) -> list[Unfinished]:
    """List every draft that can be read, with its child, in order."""
    drafts = listed(store)
    if not drafts:
        return []
    names = names_by_number(store)
    placements = pupils_by_placement(store)
    return [_with_child(store, draft, names, placements) for draft in drafts]


def _with_child(
    store: Store, draft: Draft, names: Mapping[int, str], placements: Mapping[int, int]
) -> Unfinished:
    if draft.open.form == "pupil add":
        return Unfinished(draft, name=str(draft.answers.get("name") or ""))
    if len(draft.open.refs) > 1:
        return Unfinished(draft)
    pupil = pupil_of(store, draft.about, placements)
    if pupil is None:
        return Unfinished(draft)
    return Unfinished(draft, reference("P", pupil), names.get(pupil, ""))


def list_with_pupils(store: Store) -> list[tuple[Draft, frozenset[int]]]:
    """List every draft that can be read with the numbers of all pupils it is about, in order."""
    placements = pupils_by_placement(store)
    found = []
    for draft in listed(store):
        refs = (*draft.open.refs, draft.about) if draft.open == NEW_PLACEMENT else draft.open.refs
        pupils = {pupil_of(store, ref, placements) for ref in refs}
        found.append((draft, frozenset(pupil for pupil in pupils if pupil is not None)))
    return found


def pupil_of(store: Store, about: str, placements: Mapping[int, int]) -> int | None:
    """Return the number of the pupil whom a reference is about; None if it is about none."""
    if about.startswith("E-"):
        about = stored.subject_of_entry(store, _number(about)) or ""
    prefix, _, _ = about.partition("-")
    if prefix == "P":
        return _number(about)
    return placements.get(_number(about)) if prefix == "PL" else None


def _number(ref: str) -> int:
    digits = ref.rpartition("-")[2]
    return int(digits) if digits.isdecimal() else 0


def _read(id: int, form: str, about: str | None, answers: str, who: str, at: str) -> Draft:
    try:
        read_back: dict[str, Any] = decode(answers, type=dict[str, Any])
        if not all(
            isinstance(key, str) for name in (SKIPPED, NOT_KNOWN) for key in read_back.get(name, ())
        ):
            raise ValueError("skipped and not_known are lists of questions")
        as_read = convert(read_back.pop(AS_READ, {}), dict[str, Any])
        opened = OpenForm(form, about or "")
        return Draft(id, read_back, who, datetime.fromisoformat(at), opened, as_read)
    except UNREADABLE:
        ref = reference("D", id)
        raise StoreProblem(f"{ref} is damaged. Delete it: ap draft drop {ref}") from None


def get(store: Store, id: int | None, form: str = "") -> Draft:
    """Return a draft by its number, or the latest, of one form if one is named.

    Raise NotFound if there is no such draft, and ApError if it is of another form.
    """
    rows = [row for row in stored.drafts(store) if id is not None or form in ("", row[1])]
    for row in reversed(rows):
        if id is None or row[0] == id:
            draft = _read(*row)
            return _refuse_other(draft, form)
    near = [reference("D", rows[-1][0])] if rows else []
    raise NotFound(f"draft {reference('D', id)}" if id else "draft", near)


def _refuse_other(draft: Draft, form: str) -> Draft:
    if form and draft.open.form != form:
        raise ApError(
            f"{draft.ref} is a draft of another form ({draft.open.label}): "
            f"go on with `ap draft resume {draft.ref}`"
        )
    return draft


def parse_draft_ref(ref: str) -> int:
    """Parse a draft's reference, `D-0001` or `d-1`; raise ApError if invalid."""
    matched = re.fullmatch(r"d-?0*([1-9]\d{0,8})", ref.strip(), re.ASCII | re.IGNORECASE)
    if not matched:
        raise ApError(
            f"“{echo(ref)}” is not a draft: type a reference like D-0001, "
            "as `ap draft list` lists them"
        )
    return int(matched[1])


def drop(store: Store, id: int) -> None:
    """Delete a draft; raise NotFound if there is no such draft."""
    if not stored.delete_draft(store, id):
        raise NotFound(f"draft {reference('D', id)}")


def drop_all(store: Store, ids: Iterable[int]) -> dict[str, str]:
    """Delete drafts, damaged ones as well; return what each was called, by reference.

    Raise NotFound, before any is deleted, if there is no such draft.
    """
    labels = {id: OpenForm(form, about or "").label for id, form, about, *_ in stored.drafts(store)}
    wanted = list(ids)
    for id in wanted:
        if id not in labels:
            near = [reference("D", max(labels))] if labels else []
            raise NotFound(f"draft {reference('D', id)}", near)
    for id in wanted:
        stored.delete_draft(store, id)
    return {reference("D", id): labels[id] for id in wanted}


def drop_own(store: Store, draft: Draft) -> None:
    """Delete a draft as it was last saved; one that somebody else has saved since stays."""
    stored.delete_draft(store, draft.id, draft.at.isoformat())


def drop_unneeded(store: Store, id: int | None) -> None:
    """Delete the draft of a form that changed nothing, if there is one."""
    if id is not None:
        stored.delete_draft(store, id)
