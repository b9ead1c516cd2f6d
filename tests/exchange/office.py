"""An invented workbook of 120 rows as an office keeps it: nothing in it is a real child's."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import xlsxwriter

ROWS = 120
FIRST_NAMES = ("Test", "Adam", "Ada", "Ida", "Bea", "Leo", "Mia", "Kai", "Joe", "Zoë")
SURNAMES = ("Pupil", "Example", "Sample", "Specimen", "Invented", "O'Test", "Made-Up", "Trial")
SPELT = {
    "Hollow Oak Farm": ("Hollow Oak Farm", "Hollow Oak", "Holow Oak Farm"),
    "Juniper Works": ("Juniper Works",),
    "Testford PRU": ("Testford PRU",),
    "Elm Online Tuition": ("Elm Online Tuition",),
}
KINDS = {
    "Hollow Oak Farm": "Non-school AP",
    "Juniper Works": "",
    "Testford PRU": "PRU",
    "Elm Online Tuition": "Online",
}
SCHOOLS = ("Elm Academy", "Oak School", "Ash High")
PLANS = ("Y", "N", "EHCP", "EHCP applied for", "", "K")
CARE = ("", "LAC", "CP", "CIN", "N")
DAYS = ("Mon/Tue", "M T W", "Wed - Fri", "5 days", "Thu, Fri am")
HOURS = {
    "Mon/Tue": "10 hrs",
    "M T W": 15,
    "Wed - Fri": "15 hours",
    "5 days": 24.5,
    "Thu, Fri am": "7.5",
}
HEADS = (
    *("Surname", "First name", "D.O.B.", "Yr", "School", "EHCP?", "LAC/CP/CIN", "AP", "Type of AP"),
    *("Start date", "End date", "Days", "Hrs per week", "Basis", "Notes"),
)
ENDS = ("ongoing", "TBC", "17/07/2026", date(2026, 7, 17))


def born(at: int) -> date:
    return date(2010, 9, 1) + timedelta(days=11 * at)


def day_as_kept(day: date, at: int) -> object:
    """A day in one of three styles: a real date, figures, words."""
    return (day, f"{day:%d/%m/%Y}", f"{day.day} {day:%B} {day.year}")[at % 3]


def office_row(at: int) -> tuple[object, ...]:
    """One row; rows 10 and 11 are twins."""
    twin = at in (10, 11)
    provider = list(SPELT)[at % 4]
    spellings = SPELT[provider]
    day = DAYS[at % 5]
    return (
        "Sample" if twin else f"{SURNAMES[at % 8]} {'ABCDEFGHIJKLMNO'[at // 8]}",
        ("Ada", "Ida")[at % 2] if twin else FIRST_NAMES[at % 10],
        day_as_kept(born(10 if twin else at), at),
        9 + at % 3,
        SCHOOLS[at % 3],
        PLANS[at % 6],
        CARE[at % 5],
        spellings[at // 4 % len(spellings)],
        KINDS[provider],
        day_as_kept(date(2026, 1, 5) + timedelta(days=7 * (at % 6)), at + 1),
        ENDS[at % 4],
        day,
        HOURS[day],
        ("off-site direction", "school arranged")[at % 2],
        "see file; mum rang 3/2" if at % 7 == 0 else None,
    )


def office_workbook(file: Path) -> Path:
    """The workbook: merged heads, empty rows, notes and colours in cells, and a row of totals."""
    with xlsxwriter.Workbook(file, {"default_date_format": "dd/mm/yyyy"}) as book:
        sheet = book.add_worksheet("AP 2025-26")
        bold, red = book.add_format({"bold": True}), book.add_format({"bg_color": "#ff9999"})
        sheet.merge_range("A1:O1", "Alternative provision 2025-26 (DO NOT SORT)", bold)
        sheet.merge_range("A3:G3", "Pupil", bold)
        sheet.merge_range("H3:O3", "Placement", bold)
        sheet.write_row(3, 0, HEADS, bold)
        line = 4
        for at in range(ROWS):
            if at in (40, 80):
                line += 1
            sheet.write_row(line, 0, office_row(at), red if at == 50 else None)
            if at == 20:
                sheet.write_comment(line, 3, "summer born")
            line += 1
        sheet.write_row(line, 0, ("Total", None, None, ROWS))
    return file
