"""Read, replace and reset the county's overlay of a store."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.json import encode

from ..domain.days import words
from ..domain.identifiers import read_urn
from ..domain.sessions import DAYS
from ..errors import BadAnswers, StoreProblem
from ..forms.form import check_year
from ..policy import overlay, overlay_figures
from ..policy.county import MADE, County, ProviderTerms, default
from ..policy.figures import lines
from ..policy.terms import overlap, plausible, too_many
from ..rules import RULES
from ..rules.overlay_mistakes import mistakes
from ..store.author import Author
from ..store.opening import Store
from ..store.queries import terms as stored

EXAMPLE = MADE.with_name("leicestershire.toml")
"""The overlay that ships, as a file: where another county begins."""

NAMED_ONCE = ("providers", "contacts")
"""The parts of an overlay of which no two have one name."""

LONGEST_ITEM_NAME = 40
"""The most letters that the name of an item can have."""


def in_force(store: Store) -> County:
    """Return the county whose overlay is in force; the store names one that cannot be read."""
    if problem := stored.overlay_problem(store):
        store.leave_out(StoreProblem(problem))
    return stored.county(store)


def text(store: Store) -> str:
    """Return the overlay in force as it was written."""
    return stored.overlay_text(store) or EXAMPLE.read_text("utf-8")


def is_own(store: Store) -> bool:
    """Tell whether a store has an overlay of its own, even one that cannot be read."""
    return stored.overlay_text(store) is not None or stored.overlay_problem(store) is not None


def read(text: str) -> County:
    """Parse an overlay; raise BadAnswers with each mistake and its line."""
    county, wrong = overlay.read(text)
    figures = lines(county) if not any(at and at[0] == "figures" for at, _ in wrong) else None
    said = [
        *wrong,
        *overlay_figures.own_mistakes(county),
        *mistakes(county, RULES, figures),
        *_half_terms(county),
        *_inset_days(county),
        *_items(county),
        *_names(county),
    ]
    if said:
        raise BadAnswers(overlay.in_lines(text, said))
    return county


def _half_terms(county: County) -> list[overlay.Mistake]:
    """List half terms whose days cannot be, and those that overlap an earlier one."""
    found: list[overlay.Mistake] = []
    for at, block in enumerate(county.half_terms):
        place = ("half_terms", at)
        try:
            plausible(block.name, check_year(block.first), check_year(block.last))
        except ValueError as problem:
            found.append((place, str(problem)))
        others = [other for other in county.half_terms[:at] if overlap(block, other)]
        found += [
            (place, f"{block.name} overlaps {other.name}: correct one of them") for other in others
        ]
    return found


def _inset_days(county: County) -> list[overlay.Mistake]:
    """List INSET days at a weekend, and school years with too many."""
    found: list[overlay.Mistake] = []
    for at, day in enumerate(county.inset_days):
        try:
            if check_year(day).weekday() > 4:
                raise ValueError(f"leave out {words(day, weekday=True)}: it is at a weekend")
        except ValueError as problem:
            found.append((("inset_days", at), f"inset_days: {problem}"))
    problems = too_many(county.inset_days)
    return found + [(("inset_days",), f"inset_days: {problem}") for problem in problems]


def _names(county: County) -> list[overlay.Mistake]:
    """List mistakes in names and numbers: empty, repeated, or a week with too many school days."""
    found: list[overlay.Mistake] = []
    if county.calendar and not county.calendar.strip():
        found.append((("calendar",), "calendar: name one, or leave it out"))
    for part in ("providers", "contacts", "half_terms"):
        names = [each.name for each in getattr(county, part)]
        found += _empty(part, "name", names)
        found += _repeated(part, names) if part in NAMED_ONCE else []
    found += _empty("rules", "title", [rule.title for rule in county.rules])
    for at, rule in enumerate(county.rules):
        if not all(cite.strip() for cite in rule.cites):
            found.append((("rules", at, "cites"), f"cites: fill in the empty source of {rule.id}"))
    for at, terms in enumerate(county.providers):
        found += _terms(at, terms)
    return found


def _empty(part: str, field: str, names: Sequence[str]) -> list[overlay.Mistake]:
    """List the parts of a kind whose name or title is empty."""
    problem = f"{part}: fill in the {field}"
    return [((part, at), problem) for at, name in enumerate(names) if not name.strip()]


def _repeated(part: str, names: Sequence[str]) -> list[overlay.Mistake]:
    """List the names that one before has as well, whatever their case; empty ones are left out."""
    plain = [name.casefold() for name in names]
    return [
        ((part, at, "name"), f"{part}: two are called {name}: rename one")
        for at, name in enumerate(names)
        if name.strip() and plain[at] in plain[:at]
    ]


def _terms(at: int, terms: ProviderTerms) -> list[overlay.Mistake]:
    """List mistakes in the terms of a provider: its days a week, and its URN."""
    found: list[overlay.Mistake] = []
    for key, days in (("days", terms.days), ("excluded_days", terms.excluded_days)):
        if days is not None and not 1 <= days <= len(DAYS):
            problem = f"write a number of days a week from 1 to {len(DAYS)}, not {days}"
            found.append((("providers", at, key), f"{key}: {problem}"))
    try:
        if terms.urn:
            read_urn(terms.urn)
    except ValueError as problem:
        found.append((("providers", at, "urn"), f"urn: {problem}"))
    return found


def _items(county: County) -> list[overlay.Mistake]:
    """List mistakes in the names of a checklist's items."""
    found: list[overlay.Mistake] = []
    names = [each.item for each in county.checklist]
    for at, name in enumerate(names):
        place = ("checklist", at, "item")
        if not is_item_name(name):
            letters = f"up to {LONGEST_ITEM_NAME} small letters, numbers and hyphens"
            problem = f"write it in {letters}, such as travel-plan, not {name!r:.20}"
            found.append((place, f"item: {problem}"))
        if name in names[:at]:
            found.append((place, f"item: two are called {name}: rename one"))
    return found


def is_item_name(name: str) -> bool:
    """Tell whether a text can be the name of an item: small letters, numbers and hyphens."""
    if name != name.lower() or len(name) > LONGEST_ITEM_NAME:
        return False
    return name.replace("-", "").isalnum()


def keep(store: Store, text: str | None, author: Author) -> County:
    """Put an overlay in force (None for the one that ships).

    Raise BadAnswers if it has mistakes; the store is then unchanged.
    """
    county = read(text) if text is not None else None
    from ..store import automatic, writing

    what = "county set" if county else "county reset"
    with writing.change(store, author, what, backup=automatic.COUNTY) as unit:
        rows = unit.find("overlay")
        values = {"text": text, "made": encode(county).decode() if county else None}
        if rows:
            unit.update("overlay", rows[0]["id"], values)
        else:
            unit.insert("overlay", values)
    return county or default()
