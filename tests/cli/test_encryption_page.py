"""What `ap help encryption` shows is what happens."""

from __future__ import annotations

import re
import shlex

import pytest

from ap_cli.store.keys import name_in

from ..conftest import Program
from ..generated import FOLDER

pytest.importorskip("sqlcipher3.dbapi2")
pytestmark = pytest.mark.plain_store("encrypts a plain store")
PAGE = (FOLDER / "encryption.md").read_text("utf-8")
BLOCKS = re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL)
ASKS = "ap db encrypt"
"""What only a terminal answers; tests of its own answer it."""


def test_the_commands_of_the_page_do_what_it_says(placed: Program) -> None:
    names = []
    for line in "".join(BLOCKS).splitlines():
        command, *args = shlex.split(line)
        if command == "ap" and line != ASKS:
            placed.ok(*args)
            names.append(name_in(placed.store))
    dry, encrypted, _, listed, rekeyed, decrypted = names
    assert (dry, decrypted) == (None, None)
    assert encrypted and encrypted == listed and rekeyed and rekeyed != encrypted
    assert placed(*shlex.split(ASKS)[1:]).code == 4
