"""What of a file is older news: it says what the record said before somebody changed it here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import partial
from typing import Any, TypeVar

from msgspec.structs import replace

from ..domain.provider import Sites
from ..domain.readers import answer
from ..errors import StoreProblem
from ..forms.form import Noun, Question, questions
from ..store.earlier import Version, list_versions
from ..store.opening import Store
from .import_formerly import Formerly
from .import_same import is_same, says_the_same
from .import_values import Kept, Wrong
from .records import changes, same

N = TypeVar("N", bound=Noun)

BY_IMPORT = "import "
"""With what the name of a unit of work begins that is an import."""


class History:
    """Tells from the log what records said earlier, and who changed them.

    `kept` has what of a row is older than the record, and stays as it is. A sheet that is known to
    be `made` on some day is not judged so: what is older on it is known from that.
    """

    def __init__(
        self, store: Store, today: date, formerly: Formerly | None = None, made: bool = False
    ) -> None:
        self._store, self._today, self._made = store, today, made
        self.formerly = None if made else formerly
        self.kept: list[Kept] = []

    def only_news(self, before: Noun, given: Mapping[str, object]) -> dict[str, object]:
        """Return answers without those that say what is recorded, or what was before a correction.

        Raise Wrong for a yes or a no that would wipe out since when something holds, or held.
        """
        asked = {one.key: one for one in questions(type(before))}
        return {
            key: value
            for key, value in given.items()
            if key not in asked or self._is_news(before, asked[key], value)
        }

    def _is_news(self, before: Noun, asked: Question, value: object) -> bool:
        problem: Wrong | None = None
        try:
            if says_the_same(asked, value, before, self._today):
                return False
        except Wrong as found:
            problem = found
        if self._made or is_same(asked, value, before, self._today):
            return True
        said = partial(self._said, asked, value)
        if self.keeps(before, asked.name, self._read(asked, value, before), said):
            return False
        if problem is not None:
            raise problem
        return True

    def _said(self, asked: Question, value: object, then: Noun) -> bool:
        return is_same(asked, value, then, self._today)

    def _read(self, asked: Question, value: object, before: Noun) -> Any:
        """Return an answer as it is shown: a fact, or the text where it is none."""
        fact = getattr(before, asked.name)
        try:
            found = answer(asked, {asked.key: value}, self._today)
        except ValueError:
            found = None
        return value if found is None or isinstance(fact, Sites) else found

    def keep_newer(self, before: N, after: N) -> N:
        """Return what a row makes of a record, without what it only says as it was earlier.

        Who changes an answer after an import knows more than the file that still has the old one.
        What an import wrote last, another import may change back.
        """
        older = {}
        for name, given in changes(before, after).items():
            if self.keeps(before, name, given, partial(has_fact, name, given)):
                older[name] = getattr(before, name)
        return replace(after, **older) if older else after

    def keeps(
        self,
        before: Noun,
        name: str,
        given: Any,
        is_it: Callable[[Any], bool],
        whoever: bool = False,
    ) -> bool:
        """Tell whether a fact stays, as it was what a row gives before somebody changed it.

        `is_it` tells of an earlier state of the record whether it has what the row gives. What an
        import wrote last does not stay, unless it counts `whoever` wrote it.
        """
        newer, joined = self._find_newer(before, name, is_it, whoever), ""
        if newer is None:
            newer, joined = self._find_joined(before, is_it)
        if newer is None:
            return False
        now, who, day = getattr(before, name), newer.who, newer.day
        self.kept.append(Kept(type(before), before.ref, name, now, given, who, day, joined))
        return True

    def _find_newer(
        self, before: Noun, name: str, is_it: Callable[[Any], bool], whoever: bool
    ) -> Version | None:
        """Return who changed a fact by hand, if it was something before; None if it was not.

        Where the log does not tell what it was before, it may have been that.
        """
        newer: Version | None = None
        try:
            for version in self._versions(before):
                if version.before is None or version.record is None:
                    continue
                if same(getattr(version.record, name), getattr(version.before, name)):
                    continue
                newer = newer or version
                if newer.what.startswith(BY_IMPORT) and not whoever:
                    return None
                if is_it(version.before):
                    return newer
        except StoreProblem:
            return newer
        return None

    def _find_joined(self, now: Noun, is_it: Callable[[Any], bool]) -> tuple[Version | None, str]:
        """Return who joined another record with this one that was as a row has it, and which."""
        ids = self.formerly.joined(type(now), now.id) if self.formerly else ()
        for id in ids:
            versions = list_versions(self._store, type(now), id, self._today)
            try:
                merge = next(versions, None)
                if merge is None or merge.before is None:
                    continue
                if is_it(merge.before) or any(is_it(one.before) for one in versions if one.before):
                    return merge, merge.before.ref
            except StoreProblem:
                continue
        return None, ""

    def pupils(self, name: str, born: date | None) -> tuple[int, ...]:
        """List the pupils who had a name and birth date once."""
        return self.formerly.pupils(name, born) if self.formerly else ()

    def owners(self, upn: str) -> tuple[int, ...]:
        """List the pupils who had a UPN once that is nobody's now."""
        return self.formerly.owners(upn) if self.formerly else ()

    def providers(self, key: str) -> tuple[int, ...]:
        """List the providers that had a name once."""
        return self.formerly.providers(key) if self.formerly else ()

    def placements(self, pupil: int, provider: int, starts: date) -> tuple[int, ...]:
        """List the placements that once began on a day, were of a pupil, or at a provider."""
        return self.formerly.placements(pupil, provider, starts) if self.formerly else ()

    def was(self, now: N, is_it: Callable[[N], bool]) -> bool:
        """Tell whether a record was once as a row has it."""
        return any(map(is_it, self.earlier(now)))

    def earlier(self, now: N) -> list[N]:
        """List a record as it was before each of its changes; nothing if the log does not tell."""
        try:
            found = [version.before for version in self._versions(now)]
        except StoreProblem:
            return []
        return [before for before in found if isinstance(before, type(now))]

    def without_older(self, before: Noun, facts: Mapping[str, Any]) -> dict[str, Any]:
        """Return facts about a record without those that only say what it was earlier."""
        after = replace(before, **facts)
        left = changes(before, self.keep_newer(before, after))
        unchanged = {name for name in facts if same(getattr(before, name), facts[name])}
        return {name: fact for name, fact in facts.items() if name in {*left, *unchanged}}

    def _versions(self, record: Noun) -> Iterator[Version]:
        if self._made:
            return iter(())
        return list_versions(self._store, type(record), record.id, self._today)


def has_fact(name: str, given: Any, record: Noun) -> bool:
    """Tell whether a fact of a record is what a row gives."""
    return same(given, getattr(record, name))
