"""The full names behind the short forms of sources."""

from __future__ import annotations

from collections.abc import Mapping

SOURCES = {
    "HB": "The Alternative Provision Handbook, Leicestershire, by section",
    "AP guide": "Arranging alternative provision, DfE, February 2025 (statutory guidance)",
    "KCSIE": "Keeping children safe in education, DfE, the edition in force (statutory guidance)",
    "WTISA": (
        "Working together to improve school attendance, DfE, in force from 19 August 2024 "
        "(statutory guidance)"
    ),
    "S&PE": (
        "Suspension and permanent exclusion from maintained schools, academies and pupil referral "
        "units in England, DfE, the edition in force (statutory guidance)"
    ),
    "Health needs": (
        "Arranging education for children who cannot attend school because of health needs, DfE, "
        "December 2023 (statutory guidance)"
    ),
    "LAC guide": (
        "Promoting the education of looked-after and previously looked-after children, DfE, "
        "February 2018 (statutory guidance)"
    ),
    "OEAS": "Online education accreditation scheme, DfE (voluntary)",
    "EA 1996": "Education Act 1996",
    "EA 2002": "Education Act 2002",
    "EIA 2006": "Education and Inspections Act 2006",
    "ESA 2008": "Education and Skills Act 2008",
    "CFA 2014": "Children and Families Act 2014",
    "CWSA 2026": "Children's Wellbeing and Schools Act 2026",
    "SI 2024/208": "School Attendance (Pupil Registration) (England) Regulations 2024",
    "SI 2007/1870": (
        "Education (Provision of Full-Time Education for Excluded Pupils) (England) "
        "Regulations 2007"
    ),
    "SI 2012/1033": (
        "School Discipline (Pupil Exclusions and Reviews) (England) Regulations 2012, as amended"
    ),
    "SI 2010/1156": "Education (Educational Provision for Improving Behaviour) Regulations 2010",
    "SI 1998/1607": "Education (Start of Compulsory School Age) Order 1998",
    "SI 1997/1970": "Education (School Leaving Date) Order 1997",
    "ap": "this program's own judgement",
}


def full(cite: str, own: Mapping[str, str] = {}) -> str:
    """Return a citation with its source's full name, by a county's `own` sources as well.

    It stays as it is if its source is unknown.
    """
    known = {
        **SOURCES,
        **{short: name for short, name in own.items() if short not in SOURCES or short == "HB"},
    }
    short = max(
        (source for source in known if cite == source or cite.startswith(f"{source} ")),
        key=len,
        default="",
    )
    return f"{cite} ({known[short]})" if short else cite
