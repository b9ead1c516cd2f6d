"""Which site of a provider an address in a spreadsheet means: one on record, or a new one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial

from ..domain.imported import ANOTHER_WORD
from ..domain.provider import Provider, Site, Sites, split_kind
from ..forms.facts import recorded
from ..forms.form import Noun
from .import_history import History
from .import_values import Decisions, MovedSite, Wrong
from .meant import fold


def settle_sites(
    answers: dict[str, object], before: Provider, decisions: Decisions, history: History
) -> None:
    """Tell whether a new address among a provider's answers is one more site or one that moved.

    It is one more if an address on record stands beside it. One of before somebody corrected it
    here is left out. Raise Wrong if nobody says so.
    """
    typed = typed_addresses(answers)
    sites = list_sites(before)
    there = {fold_words(site.address): site for site in sites}
    is_numbered = any(re.match(r"\d{1,3}\s*:", one) for one in typed)
    if not sites or is_numbered:
        return
    left = [one for one in typed if not is_older(one, before, history)]
    if len(left) < len(typed):
        answers["address"] = left
    if not left:
        answers.pop("address")
    if not left or len(typed) > 1:
        return
    address, kind = split_kind(typed[0])
    if fold_words(address) in there:
        if kind is None or kind is there[fold_words(address)].kind:
            answers.pop("address")
        return
    asked = moved_site(before, typed[0])
    if asked not in decisions.moved:
        number, ref = sites[0].number, before.ref
        raise Wrong(
            f"{ref} has another address: write “{number}: ” before the new one if it moved, the"
            " old one in a line above it if there is one more, or, if it is another provider of"
            f" that name, “{ANOTHER_WORD}” in a column “Provider ref”",
            asks=asked,
        )
    if number := decisions.moved[asked]:
        answers["address"] = [f"{number}: {typed[0]}"]


def is_older(typed: str, provider: Provider, history: History) -> bool:
    """Tell whether an address is that of a site before it moved, whoever wrote that."""
    address = split_kind(typed)[0]
    if has_site(address, provider):
        return False
    return history.keeps(provider, "sites", address, partial(has_site, address), whoever=True)


def typed_addresses(answers: Mapping[str, object]) -> tuple[str, ...]:
    """Return the addresses that a row gives a provider."""
    given = answers.get("address") or ()
    return tuple(map(str, given)) if isinstance(given, list | tuple) else (str(given),)


def moved_site(provider: Provider, typed: str) -> MovedSite:
    """Return the question whether an address is a new one of a provider's sites."""
    there = tuple((site.number, site.address) for site in list_sites(provider))
    return MovedSite(provider.id, provider.name, typed, there)


def has_site(address: str, provider: Provider) -> bool:
    """Tell whether an address is that of a site of a provider."""
    return bool(numbers_at(address, provider))


def numbers_at(address: str, provider: Provider) -> list[int]:
    """List the numbers of a provider's sites at an address."""
    wanted = fold_words(address)
    return [site.number for site in list_sites(provider) if fold_words(site.address) == wanted]


def fold_words(address: str) -> str:
    """Return an address as it is compared: its words alone."""
    return " ".join(re.findall(r"\w+", address.casefold()))


def settle_site(answers: dict[str, object], provider: Noun, history: History) -> None:
    """Write a site among a placement's answers as its number; raise Wrong for an unknown one.

    An address that a site had before somebody corrected it is that of the site.
    """
    text, sites = str(answers["site"]), list_sites(provider)
    found = [site.number for site in sites if fold(text) in (fold(site.address), str(site.number))]
    if not found and isinstance(provider, Provider) and sites:
        numbers = {site.number for site in sites}
        then = (numbers_at(text, one) for one in history.earlier(provider))
        found = [one for there in then for one in there if one in numbers]
    if not found:
        raise Wrong(
            "the provider has no such site: write its address as ap has it, or add it in a column"
            " “address of provider”"
        )
    answers["site"] = str(found[0])


def list_sites(provider: Noun) -> tuple[Site, ...]:
    """List the sites of a provider; none if it has none on record."""
    sites = sites_of(provider)
    return tuple(sites.all) if sites else ()


def sites_of(provider: Noun) -> Sites | None:
    """Return the sites of a provider, None if it has none on record."""
    if isinstance(provider, Provider) and recorded(provider.sites):
        return provider.sites
    return None
