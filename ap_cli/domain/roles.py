"""What those who share a store on a server may do with it."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What a user of a store on a server may do; each includes those before, but for REPORT."""

    REPORT = "report"
    READER = "reader"
    WRITER = "writer"
    ADMINISTRATOR = "administrator"


MAY = {
    Role.REPORT: "see the reports that were published, without names or references; no records",
    Role.READER: "see all records and the log, make lists and reports, and suppose; change nothing",
    Role.WRITER: "the same, and record, correct, import, undo, make documents, publish reports",
    Role.ADMINISTRATOR: "the same, and upgrade the store, erase, give and take access",
}
"""What each role may do, in words."""
