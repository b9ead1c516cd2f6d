"""Read a damaged record as far as it can be read, so that it can be corrected."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TypeVar

from msgspec.structs import replace

from ...domain.provider import Provider, Sites
from ...forms.form import Noun
from ..opening import Store
from .impossible import NOT_KNOWN, impossible_fields
from .records import alias_of, all_sites, mapper, not_found, one, select

N = TypeVar("N", bound=Noun)


def one_to_mend(store: Store, record: type[N], id: int, on: date) -> tuple[N, Mapping[str, str]]:
    """Return a record and what is wrong with each field that holds something impossible.

    Those fields are gaps in it. Raise NotFound if there is no such record, and StoreProblem for
    damage that no field has. A damaged site of a provider has no address.
    """
    row = store.row(select(record, f"{alias_of(record)}.id = :id"), id=id, on=on)
    if row is None:
        raise not_found(store, record, id)
    wrong = impossible_fields(record, row)
    there = list(all_sites(store, id)) if record is Provider else []
    damaged = [problem for _, _, problem in there if problem]
    if not wrong and not damaged:
        return one(store, record, id, on), {}
    names = (*record.__struct_fields__, NOT_KNOWN)
    left = [None if name in wrong else value for name, value in zip(names, row, strict=True)]
    found: N = mapper(record, whole=False)(left)
    sites = tuple(site for _, site, _ in there if site.number)
    if damaged:
        wrong["sites"] = damaged[0]
    return (replace(found, sites=Sites(sites)) if sites else found), wrong
