"""The answers of one row of a sheet, as they are gathered from its cells."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from ..domain.commissioner import COMMISSIONER
from ..domain.days import words
from ..domain.identifiers import close_up, is_like_upn
from ..domain.imported import ANOTHER_WORD, REFERENCE, ImportedPlace, ImportedRow
from ..domain.options import Reason
from ..domain.placement import Placement, State
from ..domain.readers import answer
from ..errors import ApError
from ..forms.form import Question, question
from ..forms.yes_no import read_yes_or_no
from ..services.import_values import ANOTHER
from ..services.records import REFERENCE as REFERENCE_SHAPE
from .cell_words import (
    HOLDS,
    NO_PLAN_YET,
    READ_AS_A_WIDER_REASON,
    SEN_STATUS,
    TICKS,
    fold_words,
    is_ditto,
    say_why_not_in_care,
    says_no_address,
    says_no_provider,
    says_no_upn,
)
from .cells import HoursADay, as_text, is_blank, read_cell, split_list, week_of_days
from .fields import (
    AS_WRITTEN,
    COMPLETED,
    DAYS,
    FORENAME,
    HOURS_A_DAY,
    NOUNS,
    SEN,
    STATE,
    SURNAME,
    Field,
    all_fields,
)
from .leaving import read_left, settle_end
from .row_parts import (
    Given,
    holds_now,
    is_begun,
    is_known,
    is_number_of_days,
    number_of_days,
    part_contact,
    read_as,
)

OF_WHOM = (
    "pupil.name",
    f"pupil.{FORENAME}",
    f"pupil.{SURNAME}",
    "pupil.home_school",
    "provider.name",
    COMMISSIONER,
)
"""The fields in which “ditto” would become a name."""

NEVER_STARTED = fold_words(State.NEVER_STARTED)
"""The state of a placement that an import reads; the others follow from its days."""

NO_UPN = "its UPN is not there yet: it has none in ap"
NO_PLACE_YET = "no provider and no first day yet: the pupil alone is imported"
NO_PROVIDER_YET = "no provider yet, so it is no placement: the pupil alone is imported"
DAYS_UNREAD = "the number of days is not kept: ap keeps which days, such as mon, tue"
NO_REASON = f"the reason in words is not kept: ap keeps one of {', '.join(Reason)}"
NO_PLAN = "an EHC plan that is applied for, assessed, drafted or refused is kept as no plan"
"""What is noted of a row that is imported."""

OTHER_STATUS = (
    "the columns say otherwise of the EHC plan and SEN support: write E for a plan, K for SEN"
    " support, or N for neither"
)


class RowAnswers:
    """The answers of a row, as they are gathered from its cells.

    `columns` has the column of each field.
    """

    def __init__(self, today: date, columns: Mapping[str, str]) -> None:
        self._today, self._columns = today, columns
        self.wrong: list[str] = []
        self._pupil: Given = {}
        self._places: dict[int, dict[str, Given]] = {}
        self._first_names: dict[str, str] = {}
        self._without_provider: set[int] = set()
        self._awaited: set[int] = set()
        self._without_name: set[int] = set()
        self._noted: list[str] = []
        self._filled: set[tuple[int, str]] = set()

    def of(self, field: Field, group: int) -> Given:
        """Return the answers that a field's are among."""
        if field.noun == "pupil":
            return self._pupil
        place = self._places.setdefault(group, {"provider": {}, "placement": {}})
        return place[field.noun]

    def add(self, field: Field, group: int, cell: object) -> None:
        """Add the answer of a cell, if it has one; raise ValueError if it is wrong."""
        if self._is_without_name(field, group, cell) or self._is_blank(field, group, cell):
            return
        if field.question is None:
            self._add_part(field, group, cell)
            return
        if field.key == "name" and self._add_identity(field, group, as_text(cell)):
            return
        if self._add_left(field, group, cell):
            return
        if field.name in AS_WRITTEN:
            self.of(field, group)[field.key] = as_text(cell)
            return
        if field.name == "placement.at_provider" and is_number_of_days(cell):
            self.of(field, group)[DAYS] = number_of_days(cell)
            return
        if field.name == "placement.reason":
            cell = self._without_own_words(field.question, cell)
        value = read_cell(field.question, cell, self._today)
        if value is None or self._add_plan(field, str(value), cell):
            return
        if isinstance(value, HoursADay):
            field = all_fields()[f"placement.{HOURS_A_DAY}"]
        self._note_words(field, value, cell)
        self.of(field, group)[field.key] = value

    def _without_own_words(self, asked: Question, cell: object) -> object:
        """Return the reasons that are choices; what is said in own words is noted as not kept.

        Raise ValueError for a word that is nearly a choice.
        """
        kept = []
        for part in split_list(asked.item, cell):
            try:
                read_cell(asked, part, self._today)
                kept.append(str(part))
            except ValueError as problem:
                if "did you mean" in str(problem):
                    raise
                self._noted.append(NO_REASON)
        return "; ".join(kept) or None

    def _note_words(self, field: Field, value: object, cell: object) -> None:
        """Note what a cell says beyond what is kept: a narrower reason, and care before."""
        if field.name == "placement.reason":
            parts = map(fold_words, re.split(r"[;,\n&]|\band\b", as_text(cell)))
            self._noted += [read_as(part) for part in parts if part in READ_AS_A_WIDER_REASON]
        is_not = field.name == "pupil.looked_after" and value == "no"
        self._noted += say_why_not_in_care(fold_words(as_text(cell))) if is_not else ()

    def _add_plan(self, field: Field, value: str, cell: object) -> bool:
        """Add what a cell says of an EHC plan or SEN support; return whether it is about them.

        K stands for SEN support in the column of plans too.
        """
        if field.name not in ("pupil.ehcp", "pupil.sen_support"):
            return False
        said = fold_words(as_text(cell))
        if field.name == "pupil.ehcp" and value == "no" and NO_PLAN_YET.fullmatch(said):
            self._noted.append(NO_PLAN)
        says_support = said in HOLDS["sen_support"]
        self._add_status(({"sen_support": "yes"} if says_support else {}) | {field.key: value})
        return True

    def _add_status(self, said: Mapping[str, str]) -> None:
        """Add what a column says of a plan and of support; raise ValueError if another denies it.

        A day on which a plan began, or support, stays beside a bare yes.
        """
        for key, value in said.items():
            both = {holds_now(str(self._pupil.get(key, value))), holds_now(value)}
            if both == {True, False}:
                raise ValueError(OTHER_STATUS)
        for key, value in said.items():
            if key not in self._pupil or read_yes_or_no(value) is None:
                self._pupil[key] = value

    def _is_blank(self, field: Field, group: int, cell: object) -> bool:
        """Tell whether a cell stands for no answer, and note what is still to come."""
        if field.name == "pupil.upn" and says_no_upn(cell):
            self._noted.append(NO_UPN)
            return True
        if field.name == "provider.address" and says_no_address(cell):
            return True
        if not is_blank(cell):
            return False
        if field.name == "provider.name":
            (self._without_name if cell is None else self._awaited).add(group)
        return True

    def _is_without_name(self, field: Field, group: int, cell: object) -> bool:
        """Tell whether a cell says that there is no provider; raise ValueError for a “ditto”."""
        if not isinstance(cell, str) or field.name not in OF_WHOM:
            return False
        if is_ditto(cell):
            raise ValueError("write the name itself: “ditto” is another once rows are sorted")
        if field.name == "provider.name" and says_no_provider(cell):
            self._without_provider.add(group)
            return True
        return False

    def _add_identity(self, field: Field, group: int, text: str) -> bool:
        """Add a reference or a UPN that stands where a name could; return whether it is one."""
        found = REFERENCE_SHAPE.fullmatch(text.strip())
        if found and found[1].upper() == NOUNS[field.noun].PREFIX:
            self.of(field, group)[REFERENCE] = int(found[2])
            return True
        upn = close_up(text).upper()
        if field.noun == "pupil" and is_like_upn(upn):
            self._pupil["upn"] = upn
            return True
        return False

    def _add_left(self, field: Field, group: int, cell: object) -> bool:
        """Add what a cell says of an end that has come; return whether it is about one."""
        is_sure = field.name == "placement.ended"
        if not isinstance(cell, str) or not (is_sure or field.name == "placement.ends"):
            return False
        left = read_left(cell, self._today, is_sure)
        if left is None:
            return False
        placement = self.of(field, group)
        if placement.get("ended", left.day) != left.day:
            raise ValueError("another column says that it ended on another day: check both")
        placement["ended"] = left.day
        if left.reason:
            placement.setdefault("end_reason", left.reason)
        return True

    def _add_part(self, field: Field, group: int, cell: object) -> None:
        text = as_text(cell)
        if field.key == REFERENCE:
            if fold_words(text) == ANOTHER_WORD:
                self.of(field, group)[REFERENCE] = ANOTHER
            elif not self._add_identity(field, group, text):
                prefix = NOUNS[field.noun].PREFIX
                raise ValueError(f"write a reference such as {prefix}-0001")
        elif field.key in (FORENAME, SURNAME):
            self._first_names[field.key] = text
        elif field.key == SEN:
            self._add_sen(text, cell)
        else:
            self._add_part_of_placement(field, group, cell)

    def _add_part_of_placement(self, field: Field, group: int, cell: object) -> None:
        text = as_text(cell)
        if field.key == STATE:
            if fold_words(text) == NEVER_STARTED:
                self.of(field, group)["never_started"] = True
        elif field.key == COMPLETED:
            name, contact = part_contact(text)
            self.of(field, group)["completed_by"] = name
            if contact:
                self.of(field, group)["completed_contact"] = contact
        elif field.key == DAYS:
            self.of(field, group)[DAYS] = number_of_days(cell)
        elif field.key == HOURS_A_DAY:
            hours = question(Placement, "weekly_minutes")
            if hours is not None:
                self.of(field, group)[field.key] = read_cell(hours, cell, self._today)

    def _add_sen(self, text: str, cell: object) -> None:
        """Add what a pupil's SEN status says of a plan and of support."""
        found = SEN_STATUS.get(fold_words(text))
        if found is None:
            plan = all_fields()["pupil.ehcp"]
            if text.strip() in TICKS or "plan" in fold_words(text) or "ehc" in text.casefold():
                self.add(plan, 0, cell)
                return
            raise ValueError("write E for an EHC plan, K for SEN support, or N for neither")
        self._add_status(found)

    def fill(self, field: Field, value: object, groups: Sequence[int]) -> None:
        """Answer a field where the row leaves it empty and says something of that record."""
        for group in groups if field.noun != "pupil" else (0,):
            known = self._merged(group)[field.noun] if field.noun != "pupil" else self._pupil
            if known and field.key not in known:
                self.of(field, group)[field.key] = value
                self._filled.add((group, field.name))

    def _filled_in(self, group: int) -> frozenset[str]:
        """Return the fields of a place, of the pupil for 0, that an answer for all rows fills."""
        return frozenset(name for there, name in self._filled if there == group)

    def _merged(self, group: int) -> dict[str, Given]:
        """Return the answers of a place, with those that stand for all places of the row."""
        shared, own = (self._places.get(one, {}) for one in (0, group))
        if group and not any(own.values()):
            return {"provider": {}, "placement": {}}
        return {
            noun: {**shared.get(noun, {}), **own.get(noun, {})}
            for noun in ("provider", "placement")
        }

    def as_row(self, sheet: str, number: int, groups: Sequence[int]) -> ImportedRow:
        """Return the row that the answers make."""
        if self._first_names:
            parts = (self._first_names.get(key) for key in (FORENAME, SURNAME))
            self._pupil.setdefault("name", " ".join(filter(None, parts)))
        places = []
        for group in groups:
            place = self._merged(group)
            if self._is_at_none(group, place):
                continue
            if self._is_awaited(group, place):
                self._noted.append(NO_PROVIDER_YET if is_begun(place) else NO_PLACE_YET)
                continue
            if self._is_without_provider(group, place):
                continue
            self._settle_week(place["placement"])
            self._settle_end(place["placement"])
            if place["provider"] or place["placement"]:
                filled = self._filled_in(group)
                places.append(ImportedPlace(place["provider"], place["placement"], filled))
        noted = tuple(dict.fromkeys(self._noted))
        return ImportedRow(
            *(sheet, number, self._pupil, tuple(places), tuple(self.wrong)),
            noted=noted,
            filled=self._filled_in(0),
        )

    def _is_at_none(self, group: int, place: Mapping[str, Given]) -> bool:
        """Tell whether a place is none: its provider is “None”, and no day says that one began."""
        return group in self._without_provider and not is_begun(place)

    def _is_awaited(self, group: int, place: Mapping[str, Given]) -> bool:
        """Tell whether a place is still to be found: its provider is “TBC”, whatever its day."""
        return group in self._awaited and bool(self._pupil) and not is_known(place)

    def _is_without_provider(self, group: int, place: Mapping[str, Given]) -> bool:
        """Tell whether a place is none yet, as its provider's cell is empty; say so.

        What has begun is a placement, and its provider was forgotten.
        """
        if (
            group not in self._without_name
            or is_known(place)
            or not (self._pupil and place["placement"])
        ):
            return False
        begun = self._begun(place["placement"])
        if begun is None:
            self._noted.append(NO_PROVIDER_YET)
        else:
            self.wrong.append(
                f"it began on {words(begun)} and has no provider: name it, or empty the first day"
                " if the place is still to be found"
            )
        return True

    def _begun(self, placement: Given) -> date | None:
        """Return the first day of a placement if it has come."""
        asked = question(Placement, "starts")
        day = answer(asked, placement, self._today) if asked and "starts" in placement else None
        return day if isinstance(day, date) and day <= self._today else None

    def _settle_end(self, placement: Given) -> None:
        """Give the day of an end its year, if the cell has none."""
        try:
            if isinstance(placement.get("ended"), tuple):
                placement["ended"] = settle_end(placement, self._today)
        except ValueError as problem:
            self.wrong.append(f"{self._place('ended', 'ends')}: {problem}")

    def _place(self, *keys: str) -> str:
        """Return the column of an answer of a placement, or what it is called."""
        names = [f"placement.{key}" for key in keys]
        column = next((self._columns[name] for name in names if name in self._columns), "")
        return column or all_fields()[names[0]].label

    def _settle_week(self, placement: Given) -> None:
        """Make hours a day those of a week, by its days."""
        days = placement.pop(DAYS, None)
        hours = placement.pop(HOURS_A_DAY, None)
        if hours is None or "hours" in placement:
            if days is not None and "at_provider" not in placement:
                self._noted.append(DAYS_UNREAD)
            return
        try:
            sessions = question(Placement, "at_provider")
            week = answer(sessions, placement, self._today) if sessions else None
            placement["hours"] = week_of_days(
                str(hours), week, days if isinstance(days, int) else None
            )
        except (ValueError, ApError) as problem:
            self.wrong.append(f"{self._place(HOURS_A_DAY, 'hours')}: {problem}")
