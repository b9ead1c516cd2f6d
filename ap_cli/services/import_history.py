"""What of a file is older news: it says what the record said before somebody changed it here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import partial
from typing import Any, TypeVar

from msgspec.structs import replace

from ..errors import StoreProblem
from ..forms.form import Noun
from ..store.earlier import Version, list_versions
from ..store.opening import Store
from .import_values import Kept
from .records import changes, same

N = TypeVar("N", bound=Noun)

BY_IMPORT = "import "
"""With what the name of a unit of work begins that is an import."""


class History:
    """Tells from the log what records said earlier, and who changed them.

    `kept` has what of a row is older than the record, and stays as it is. A sheet that is known to
    be `made` on some day is not judged so: what is older on it is known from that.
    """

    def __init__(self, store: Store, today: date, made: bool = False) -> None:
        self._store, self._today, self._made = store, today, made
        self.kept: list[Kept] = []

    def keep_newer(self, before: N, after: N) -> N:
        """Return what a row makes of a record, without what it only says as it was earlier.

        Who changes an answer after an import knows more than the file that still has the old one.
        What an import wrote last, another import may change back.
        """
        older = {}
        for name, given in changes(before, after).items():
            if self.keeps(before, name, given, partial(same, given)):
                older[name] = getattr(before, name)
        return replace(after, **older) if older else after

    def keeps(self, before: Noun, name: str, given: Any, is_it: Callable[[Any], bool]) -> bool:
        """Tell whether a fact stays, as it was what a row gives before somebody changed it.

        `is_it` tells of a value whether it is what the row gives.
        """
        newer = self._find_newer(before, name, is_it)
        if newer is not None:
            now, who, day = getattr(before, name), newer.who, newer.day
            self.kept.append(Kept(type(before), before.ref, name, now, given, who, day))
        return newer is not None

    def _find_newer(self, before: Noun, name: str, is_it: Callable[[Any], bool]) -> Version | None:
        """Return who changed a fact by hand, if it was something before; None if it was not.

        Where the log does not tell what it was before, it may have been that.
        """
        newer: Version | None = None
        try:
            for version in self._versions(before):
                was = getattr(version.before, name) if version.before else None
                if version.before is None or same(getattr(version.record, name), was):
                    continue
                newer = newer or version
                if newer.what.startswith(BY_IMPORT):
                    return None
                if is_it(was):
                    return newer
        except StoreProblem:
            return newer
        return None

    def was(self, now: N, is_it: Callable[[N], bool]) -> bool:
        """Tell whether a record was once as a row has it."""
        try:
            return any(
                is_it(version.before)
                for version in self._versions(now)
                if isinstance(version.before, type(now))
            )
        except StoreProblem:
            return False

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
