"""What happens on a day to a placement, a pupil or a provider: one form for each kind."""

from __future__ import annotations

from collections.abc import Iterable
from types import ModuleType

from . import after, before, during, excluded, health, papers, waiting
from .entry import Entry

MODULES = (before, excluded, health, during, waiting, after, papers)
"""Where the kinds are written, in the order in which they are listed."""


def collect_kinds(modules: Iterable[ModuleType]) -> dict[str, type[Entry]]:
    """Collect every kind of entry in these modules by name; raise ValueError if two share one."""
    kinds: dict[str, type[Entry]] = {}
    for module in modules:
        for form in entry_classes(module):
            if form.KIND in kinds:
                raise ValueError(
                    f"two kinds of entry are called {form.KIND}: "
                    f"{kinds[form.KIND].__name__} and {form.__name__}; give one of them "
                    "another KIND"
                )
            kinds[form.KIND] = form
    return kinds


def entry_classes(module: ModuleType) -> list[type[Entry]]:
    """List the classes of entries that a module defines itself."""
    return [
        value
        for value in vars(module).values()
        if isinstance(value, type)
        and issubclass(value, Entry)
        and value.__module__ == module.__name__
        and value.KIND
    ]


KINDS = collect_kinds(MODULES)
"""Every kind of entry by its name: a class in one of the modules is all that a new kind needs."""
