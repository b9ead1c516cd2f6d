"""The libraries that the program needs, and those that are installed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import metadata

REQUIREMENT = re.compile(r"([\w.-]+)([<>=!~,.\d ]*)")
"""A library with the versions that fit: "typer<0.29,>=0.28"."""


def list_requirements() -> Iterator[tuple[str, str]]:
    """The libraries that the program needs, each with the versions that fit.

    None if the program is not installed but run from a folder.
    """
    try:
        wanted = metadata.requires("ap-cli") or []
    except metadata.PackageNotFoundError:
        return
    for each in wanted:
        found = REQUIREMENT.match(each)
        if found and "extra ==" not in each:
            yield found[1], found[2].strip()


def version_of(library: str) -> str | None:
    """The version of a library that is installed; None if it is not."""
    try:
        return metadata.version(library)
    except metadata.PackageNotFoundError:
        return None


def installed() -> dict[str, str | None]:
    """Each library that the program needs, with the version that is installed."""
    return {library: version_of(library) for library, _ in list_requirements()}


def list_unfit() -> list[str]:
    """The requirements that are not met: a library is missing, or too old, or too new."""
    return [
        f"{library}{versions}"
        for library, versions in list_requirements()
        if not fits(version_of(library), versions)
    ]


def fits(version: str | None, versions: str) -> bool:
    """Whether a version is one of those that fit; no version never does."""
    if version is None:
        return False
    have = numbers(version)
    for limit in filter(None, versions.split(",")):
        wanted = numbers(limit)
        if limit.strip().startswith(">=") and have < wanted:
            return False
        if limit.strip().startswith("<") and have >= wanted:
            return False
    return True


def numbers(version: str) -> tuple[int, ...]:
    """The numbers of a version, to compare: "0.28.1" is (0, 28, 1)."""
    return tuple(map(int, re.findall(r"\d+", version)))[:3]
