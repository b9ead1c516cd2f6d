"""A school or college as the public register has it (“Get information about schools”)."""

from __future__ import annotations

from datetime import date

from ..forms.form import Record
from .provider import ProviderKind, RegisterStatus

SPECIAL = ("07", "08", "12", "33", "36", "44")
SCHOOL_TYPES = ("10", "11", "14", "38", "42", "43", *SPECIAL)
"""The codes of types that are registered schools, of those that are told apart here."""

NO_SCHOOL_TYPES = ("18", "49")
"""Further education, and online providers, which are accredited and not registered."""

KINDS = {
    **dict.fromkeys(("10", "11"), ProviderKind.INDEPENDENT),
    "14": ProviderKind.PRU,
    **dict.fromkeys(("38", "42", "43"), ProviderKind.AP_ACADEMY),
    **dict.fromkeys(SPECIAL, ProviderKind.SPECIAL),
    "18": ProviderKind.FE_COLLEGE,
    "49": ProviderKind.ONLINE,
}
"""What kind of provider a type of the register is, by its code."""


class Establishment(Record, frozen=True):
    """What the register says of one establishment; empty where it says nothing."""

    urn: str
    name: str
    ukprn: str = ""
    type_code: str = ""
    type_name: str = ""
    status: str = ""
    address: str = ""
    postcode: str = ""
    opened: date | None = None
    closed: date | None = None

    @property
    def says(self) -> RegisterStatus | None:
        """What its status is, by name; None for one that is not known."""
        name = "-".join(self.status.lower().replace(",", "").split())
        return RegisterStatus(name) if name in list(RegisterStatus) else None

    @property
    def kind(self) -> ProviderKind | None:
        """What kind of provider it is; None if its type does not say so."""
        return KINDS.get(self.type_code.zfill(2))

    @property
    def is_open(self) -> bool:
        """Whether it is open, perhaps to close."""
        return self.says in (RegisterStatus.OPEN, RegisterStatus.OPEN_TO_CLOSE)

    @property
    def is_school(self) -> bool:
        """Whether its type is known to be one of registered schools."""
        return self.type_code.zfill(2) in SCHOOL_TYPES
