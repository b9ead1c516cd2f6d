"""Which names are nearly another."""

from __future__ import annotations

import pytest

from ap_cli.services.import_near import names_near


@pytest.mark.parametrize(
    ("name", "key", "is_near"),
    [
        ("hollow oak farm", "holow oak farm", True),
        ("hollow oak farm", "hollow oak", True),
        ("hollow oak site 1", "hollow oak", True),
        ("hollow oak", "hollow oak site 1", True),
        ("hollow oak site 1", "holow oak site 1", True),
        ("hollow oak site 1", "hollow oak site 2", False),
        ("hollow oak 1 unit 2", "hollow oak 2 unit 1", False),
        ("hollow oak ap1", "hollow oak ap11", False),
    ],
)
def test_a_name_with_other_numbers_is_another(name: str, key: str, is_near: bool) -> None:
    assert names_near({4: name}, key) == ((4,) if is_near else ())
