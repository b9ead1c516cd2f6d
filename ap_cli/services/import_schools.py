"""Home schools as an import finds them: one that is spelt in two ways is not made two."""

from __future__ import annotations

from collections.abc import Mapping

from ..domain.likeness import provider_key, school_key
from ..store.opening import Store
from ..store.queries import importing
from .import_near import names_near
from .import_values import SameSchool

HOME_SCHOOL = "home_school"
SPELT_OTHERWISE = "its home school is nearly spelt as another: it is kept as it stands"
MOST_SCHOOLS = 500
"""Up to how many schools one is compared with the others."""


class Schools:
    """The home schools of pupils, by name, with those that rows add."""

    def __init__(self, store: Store) -> None:
        self._names: dict[str, str] = {}
        self._near: dict[str, tuple[str, ...]] = {}
        self._open: dict[str, SameSchool] = {}
        for name in importing.home_schools(store):
            self.add(name)

    def add(self, name: str) -> None:
        """Make a school known by its name."""
        if self._names.setdefault(provider_key(name), name) is name:
            self._near.clear()

    def settle(self, answers: dict[str, object], spelt_as: Mapping[str, str]) -> SameSchool | None:
        """Spell the home school among a pupil's answers as it is known; return what is open.

        `spelt_as` maps the name of a school to that in ap, to nothing if it is another school. One
        that differs in capitals, apostrophes and points alone is the same.
        """
        name = answers.get(HOME_SCHOOL)
        if not isinstance(name, str):
            return None
        key = provider_key(name)
        if spelt_as.get(key):
            answers[HOME_SCHOOL] = spelt_as[key]
        elif key in self._open:
            return self._open[key]  # by an earlier row it is known now, as it stands
        elif key in self._names:
            answers[HOME_SCHOOL] = self._names[key]
        elif key not in spelt_as and (near := self._list_near(name)):
            return self._open.setdefault(key, SameSchool(name, near))
        return None

    def _list_near(self, name: str) -> tuple[str, ...]:
        key = school_key(name)
        if len(self._names) > MOST_SCHOOLS:
            return ()
        if key not in self._near:
            known = list(self._names.values())
            found = names_near(dict(enumerate(map(school_key, known))), key)
            self._near[key] = tuple(known[at] for at in found)
        return self._near[key]
