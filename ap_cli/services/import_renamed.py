"""Whether a row is of a child on record whose name it corrects, or of another, such as a twin."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from ..domain.identifiers import is_temporary
from ..domain.imported import REFERENCE, Answered, ImportedRow
from ..domain.likeness import name_key, provider_key
from ..domain.pupil import Pupil
from ..domain.readers import answer
from ..forms.facts import recorded
from ..forms.form import Noun, question
from .import_known import Known, read_known
from .import_near import MOST_NEAR
from .import_schools import HOME_SCHOOL

Identity = tuple[object, ...]


class ChildrenInFile:
    """The children whom the rows of a file name. All rows are read for it, once, if it is asked.

    References count if they are those of this store for sure.
    """

    def __init__(
        self, rows: Iterable[ImportedRow], today: date, own_references: bool | None
    ) -> None:
        self._rows, self._today, self._own_references = rows, today, own_references
        self._there: set[int] | None = None

    def names(self, pupil: Pupil) -> bool:
        """Tell whether a row names a pupil by name and birth date, by UPN or by reference."""
        return self._has_any(list_identities(pupil))

    def has_upn(self, pupil: Pupil) -> bool:
        """Tell whether a row has a UPN of a pupil."""
        return self._has_any([("upn", upn) for upn in pupil.upns])

    def _has_any(self, identities: Iterable[Identity]) -> bool:
        if self._there is None:
            told = (self._today, self._own_references)
            self._there = {hash(one) for row in self._rows for one in identify(row.pupil, *told)}
        return any(hash(one) in self._there for one in identities)


def list_identities(pupil: Pupil) -> list[Identity]:
    """List all that tells of a row that it is about a pupil."""
    theirs: list[Identity] = [(name_key(pupil.name), pupil.born), (REFERENCE, pupil.id)]
    return [*theirs, *(("upn", upn) for upn in pupil.upns)]


def identify(answers: Answered, today: date, own_references: bool | None) -> Iterator[Identity]:
    """Yield all that a row tells of whom it is about; references only if they are our own."""
    born, upn = (read_fact(Pupil, name, answers, today) for name in ("born", "upn"))
    if born is not None and answers.get("name"):
        yield name_key(str(answers["name"])), born
    if upn is not None:
        yield "upn", upn
    if own_references and answers.get(REFERENCE):
        yield REFERENCE, answers[REFERENCE]


def read_fact(noun: type[Noun], name: str, answers: Answered, today: date) -> object:
    """Return what a row says of a fact; None if it says nothing, or what cannot be read."""
    asked = question(noun, name)
    try:
        return answer(asked, answers, today) if asked else None
    except ValueError:  # whoever plans the row says what is wrong with it
        return None


def list_renamed(
    known: Known, in_file: ChildrenInFile, answers: Mapping[str, object], born: date, upn: object
) -> tuple[int, ...]:
    """List the pupils on record who may be the child of a row under an earlier name.

    They have the birth date, and the surname or, in the same school, the first name. Twins have
    too: who is in the file as well, has another UPN or goes to another school is another child.
    """
    first, last = known.pupils_sharing(str(answers["name"]), born)
    found = []
    for id in (*last, *first):
        pupil = read_known(known, Pupil, id)
        is_there = in_same_school(pupil, answers.get(HOME_SCHOOL))
        fits = is_there if id in first else is_there is not False
        if fits and not has_other_upn(pupil, upn) and not in_file.names(pupil):
            found.append(id)
    return tuple(found[:MOST_NEAR])


def in_same_school(pupil: Pupil, school: object) -> bool | None:
    """Tell whether a pupil goes to a school; None if it is not known of both."""
    if not isinstance(school, str) or not recorded(pupil.home_school):
        return None
    return provider_key(school) == provider_key(pupil.home_school)


def has_other_upn(pupil: Pupil, upn: object) -> bool:
    """Tell whether a UPN tells a pupil from another child; a temporary one tells nobody apart."""
    if not (isinstance(upn, str) and recorded(pupil.upn)) or upn == pupil.upn:
        return False
    return not (is_temporary(upn) or is_temporary(pupil.upn))
