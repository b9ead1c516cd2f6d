"""Read, replace and reset the county's overlay of a store."""

from __future__ import annotations

from msgspec.json import encode

from ..domain.days import words
from ..domain.identifiers import read_urn
from ..domain.sessions import DAYS
from ..errors import BadAnswers
from ..forms.form import check_year
from ..policy import overlay
from ..policy.county import MADE, County, default
from ..policy.figures import lines
from ..policy.terms import overlap, plausible, too_many
from ..rules import RULES
from ..rules.overlay_mistakes import mistakes
from ..store.author import Author
from ..store.opening import Store
from ..store.queries import terms as stored

EXAMPLE = MADE.with_name("leicestershire.toml")
"""The overlay that ships, as a file: where another county begins."""


def in_force(store: Store) -> County:
    """Return the county whose overlay is in force in a store."""
    return stored.county(store)


def text(store: Store) -> str:
    """Return the overlay in force as it was written."""
    return stored.overlay_text(store) or EXAMPLE.read_text("utf-8")


def read(text: str) -> County:
    """Parse an overlay; raise BadAnswers with each mistake and its line."""
    county, wrong = overlay.read(text)
    figures = lines(county) if not any(at and at[0] == "figures" for at, _ in wrong) else None
    said = [
        *wrong,
        *overlay.figure_mistakes(county),
        *mistakes(county, RULES, figures),
        *_dates(county),
        *_items(county),
        *_names(county),
    ]
    if said:
        raise BadAnswers(overlay.in_lines(text, said))
    return county


def _dates(county: County) -> list[overlay.Mistake]:
    found: list[overlay.Mistake] = []
    for at, block in enumerate(county.half_terms):
        try:
            plausible(block.name, check_year(block.first), check_year(block.last))
        except ValueError as problem:
            found.append((("half_terms", at), str(problem)))
        found += [
            (("half_terms", at), f"{block.name} overlaps {other.name}: correct one of them")
            for other in county.half_terms[:at]
            if overlap(block, other)
        ]
    for at, day in enumerate(county.inset_days):
        try:
            if check_year(day).weekday() > 4:
                raise ValueError(f"leave out {words(day, weekday=True)}: it is at a weekend")
        except ValueError as problem:
            found.append((("inset_days", at), f"inset_days: {problem}"))
    return found + [
        (("inset_days",), f"inset_days: {told}") for told in too_many(county.inset_days)
    ]


def _names(county: County) -> list[overlay.Mistake]:
    """List mistakes in names and numbers: empty, repeated, or a week with too many school days."""
    found: list[overlay.Mistake] = []
    if county.calendar and not county.calendar.strip():
        found.append((("calendar",), "calendar: name one, or leave it out"))
    for part in ("providers", "contacts", "half_terms", "rules"):
        names = [each.title if part == "rules" else each.name for each in getattr(county, part)]
        for at, name in enumerate(names):
            if not name.strip():
                found.append(
                    ((part, at), f"{part}: fill in the {'title' if part == 'rules' else 'name'}")
                )
            elif part in ("providers", "contacts") and name.casefold() in (
                other.casefold() for other in names[:at]
            ):
                found.append(((part, at, "name"), f"{part}: two are called {name}: rename one"))
    for at, rule in enumerate(county.rules):
        if not all(cite.strip() for cite in rule.cites):
            found.append((("rules", at, "cites"), f"cites: fill in the empty source of {rule.id}"))
    for at, terms in enumerate(county.providers):
        for key, days in (("days", terms.days), ("excluded_days", terms.excluded_days)):
            if days is not None and not 1 <= days <= len(DAYS):
                found.append(
                    (
                        ("providers", at, key),
                        f"{key}: write a number of days a week from 1 to {len(DAYS)}, not {days}",
                    )
                )
        if terms.urn:
            try:
                read_urn(terms.urn)
            except ValueError as problem:
                found.append((("providers", at, "urn"), f"urn: {problem}"))
    return found


def _items(county: County) -> list[overlay.Mistake]:
    found: list[overlay.Mistake] = []
    names = [each.item for each in county.checklist]
    for at, name in enumerate(names):
        if not name.replace("-", "").isalnum() or name != name.lower() or len(name) > 40:
            found.append(
                (
                    ("checklist", at, "item"),
                    f"item: write it in up to 40 small letters, numbers and hyphens, "
                    f"such as travel-plan, not {name!r:.20}",
                )
            )
        if name in names[:at]:
            found.append((("checklist", at, "item"), f"item: two are called {name}: rename one"))
    return found


def keep(store: Store, text: str | None, author: Author) -> County:
    """Put an overlay in force (None for the one that ships).

    Raise BadAnswers if it has mistakes; the store is then unchanged.
    """
    county = read(text) if text is not None else None
    from sqlmodel import select

    from ..store import tables, writing

    with writing.change(store, author, "config overlay") as unit:
        row = unit.exec(select(tables.OverlayRow)).first()
        made = encode(county).decode() if county else None
        if row is None:
            unit.add(tables.OverlayRow(text=text, made=made))
        else:
            row.text, row.made = text, made
    return county or default()
