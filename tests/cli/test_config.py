"""A user's own settings: where each value comes from, what it changes, and what is refused."""

from __future__ import annotations

import os
import stat
import sys
import tomllib
from pathlib import Path

import pytest

from ..conftest import AP, POSIX, Program


def file_of(ap: Program) -> Path:
    return ap.folder / "config" / "ap" / "config.toml"


def write(ap: Program, text: str) -> Path:
    file = file_of(ap)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
    return file


def names(ap: Program, *args: str, **environment: str) -> tuple[str, str, str | None]:
    (row,) = ap.json("config", "get", "names", *args, **environment)
    return row["value"], row["from"], row["by"]


def dimensions(size: tuple[int, int]) -> dict[str, str]:
    """The size of a terminal for a program that asks before the terminal has it."""
    return {"LINES": str(size[0]), "COLUMNS": str(size[1])}


def on_a_terminal(ap: Program, *args: str, size: tuple[int, int] = (24, 80), **more: str) -> str:
    """What a command shows in a real terminal."""
    pexpect = pytest.importorskip("pexpect", reason="a pseudo-terminal is needed")
    shown, _ = pexpect.run(
        " ".join([*AP, *args]) if args[0] != "-c" else f"{sys.executable} {args[1]}",
        env=ap.environment | {"TERM": "xterm"} | dimensions(size) | more,
        cwd=str(ap.folder),
        dimensions=size,
        encoding="utf-8",
        withexitstatus=True,
        timeout=30,
    )
    return str(shown)


VIEW = """
import json
from pathlib import Path
from types import SimpleNamespace
from ap_cli.cli.options import COMMON
from ap_cli.cli.settings import read_settings
from ap_cli.render.result import Result
from ap_cli.render.showing import show_result

def lines(rows, view):
    yield json.dumps([view.width, view.height, view.names, view.color, settings.interactive])

root = SimpleNamespace(params=dict.fromkeys(COMMON) | {"names": NAMES, "out": OUT})
settings = read_settings(SimpleNamespace(find_root=lambda: root), {})
show_result(Result("x", [], lines=lines), settings)
"""
"""Shows how a command would show its result: columns, rows, names, colour, and whether it asks."""


def view(
    ap: Program, flag: bool | None = None, out: str | None = None, **more: str
) -> list[object]:
    """How a result is shown in a terminal of 20 rows and 60 columns; with `out`, in that file."""
    import json

    program = ap.folder / "view.py"
    program.write_text(VIEW.replace("NAMES", repr(flag)).replace("OUT", repr(out)), "utf-8")
    root = str(Path(__file__).parents[2])
    shown = on_a_terminal(ap, "-c", str(program), size=(20, 60), PYTHONPATH=root, **more)
    return json.loads(Path(ap.folder / out).read_text() if out else shown.splitlines()[-1])


def test_a_flag_beats_the_environment_that_beats_the_file_that_beats_the_default(
    ap: Program,
) -> None:
    assert names(ap) == ("short", "default", None)
    assert ap.ok("config", "set", "names", "never").out == "never\n"
    assert names(ap) == ("never", "config file", str(file_of(ap)))
    assert names(ap, AP_NAMES="short") == ("short", "environment", "AP_NAMES")
    assert names(ap, "--names", AP_NAMES="short") == ("full", "flag", "--names")


@pytest.mark.plain_store("lists the settings, of which the key file is one")
def test_the_list_has_each_setting_with_its_value_and_where_it_comes_from(ap: Program) -> None:
    ap.ok("config", "set", "color", "never")
    found = ap.ok("config", "list", "--no-input", CI="1")
    assert found.out.splitlines() == [
        "names              short    (default)",
        "prompts            never    (--no-input)",
        "color              never    (config file)",
        f"db                 {ap.store} (AP_DB)",
        "key-file           none     (default)",
        "user               tester   (AP_USER)",
        "backups            7d 8w 12m (default)",
        "retention-pupil    25       (default)",
        "retention-sen      31       (default)",
        "retention-register 6        (default)",
        "retention-drafts   90       (default)",
        "me                 none     (default)",
        "letterhead         none     (default)",
        "letterhead-address none     (default)",
        "letterhead-phone   none     (default)",
        "letterhead-email   none     (default)",
        "letterhead-logo    none     (default)",
    ]
    assert str(file_of(ap)) in found.err


def test_the_file_can_be_named_and_its_absence_is_no_mistake(ap: Program) -> None:
    mine = ap.folder / "deep" / "mine.toml"
    assert "none yet" in ap.ok("config", "list", AP_CONFIG=str(mine)).err
    ap.ok("config", "set", "names", "full", AP_CONFIG=str(mine))
    assert tomllib.loads(mine.read_text("utf-8")) == {"names": "full"}
    assert not file_of(ap).exists()
    assert names(ap, AP_CONFIG=os.devnull) == ("short", "default", None)


@POSIX
def test_only_its_owner_can_read_the_file(ap: Program) -> None:
    ap.ok("config", "set", "user", "A. Tester")
    assert stat.S_IMODE(file_of(ap).stat().st_mode) == 0o600
    file_of(ap).chmod(0o644)
    ap.ok("config", "set", "user", "B. Tester")
    assert stat.S_IMODE(file_of(ap).stat().st_mode) == 0o600
    assert [each.name for each in file_of(ap).parent.iterdir()] == ["config.toml"]


def test_a_change_leaves_all_else_in_the_file_as_it_is(ap: Program) -> None:
    before = '# mine\nnames = "full" # at home\n\nlater = 7\n[table]\nnames = "other"\n'
    file = write(ap, before)
    ap.ok("config", "set", "names", "never")
    assert file.read_text("utf-8") == before.replace('"full" # at home', '"never"')
    ap.ok("config", "set", "prompts", "never")
    assert tomllib.loads(file.read_text("utf-8")) == {
        "names": "never", "later": 7, "prompts": "never", "table": {"names": "other"},
    }  # fmt: skip
    ap.ok("config", "unset", "names")
    ap.ok("config", "unset", "prompts")
    assert file.read_text("utf-8") == before.replace('names = "full" # at home\n', "")
    assert "later" in ap.ok("config", "list").err


def test_what_cannot_be_changed_a_line_at_a_time_is_left_alone(ap: Program) -> None:
    before = 'names = """\nfull"""\n'
    file = write(ap, before)
    found = ap("config", "set", "names", "never")
    assert found.code == 2 and "change it there by hand" in found.err
    assert file.read_text("utf-8") == before


def test_a_change_that_changes_nothing_says_so(ap: Program) -> None:
    ap.ok("config", "set", "names", "full")
    assert "No change" in ap.ok("config", "set", "names", "FULL").err
    assert "No change" in ap.ok("config", "unset", "user").err


def test_a_change_that_the_environment_overrides_says_so(ap: Program) -> None:
    found = ap.ok("config", "set", "names", "full", AP_NAMES="never")
    assert found.out == "never\n" and "AP_NAMES comes first" in found.err


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("names", "sometimes"), "names: choose full, short or never, not …"),
        (("prompts", ""), "prompts: choose always or never"),
        (("color", "red"), "color: choose auto or never"),
        (("colour", "red"), "color: choose auto or never"),
        (("db", "."), "name a file in it, such as"),
        (("db", " "), "db: type the path of a file, such as ~/ap.db"),
        (("user", " "), "user: type a name of up to 80 letters"),
        (("user", "x" * 81), "user: type a name of up to 80 letters"),
        (
            ("zoo", "full"),
            "there is no setting …: choose names, prompts, color, db, key-file, user, backups",
        ),
    ],
)
def test_a_value_that_cannot_be_is_refused_in_one_sentence_that_says_what_works(
    ap: Program, args: tuple[str, str], words: str
) -> None:
    found = ap("config", "set", *args)
    assert found.code == 2 and words in found.err and len(found.err.splitlines()) == 1
    assert not file_of(ap).exists()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('color = "auto"\nnames = \n', "line 2 of"),
        ('names = "sometimes"\n', "names: choose full, short or never, not …"),
        ("names = true\n", "names: choose full, short or never, not …"),
        ("[names]\n", "names: choose full, short or never"),
        ("names = '\xff'\n", "is not UTF-8"),
    ],
)
def test_a_damaged_file_is_one_sentence_and_never_stops_what_does_not_need_it(
    placed: Program, text: str, words: str
) -> None:
    file = write(placed, "")
    file.write_bytes(text.encode("latin-1"))
    for args in (["config", "list"], ["config", "get", "names"]):
        found = placed(*args)
        assert found.code == 2 and words in found.err and str(file) in found.err
        assert len(found.err.splitlines()) == 1
    placed.ok("reviews", "due")


def test_a_wrong_value_can_be_set_right(ap: Program) -> None:
    write(ap, 'names = "sometimes"\ncolor = "red"\n')
    ap.ok("config", "set", "names", "full")
    assert names(ap)[0] == "full"


def test_a_setting_that_ap_does_not_know_can_be_taken_out(ap: Program) -> None:
    file = write(ap, 'names = "full"\nzoo = 1\n')
    found = ap.ok("config", "unset", "zoo")
    assert found.out == "" and "zoo is no longer in" in found.err
    assert file.read_text("utf-8") == 'names = "full"\n'
    assert ap("config", "unset", "zoo").code == 2


@POSIX
def test_a_link_to_the_file_stays_one_and_a_link_to_itself_is_one_sentence(ap: Program) -> None:
    kept, link, loop = (ap.folder / name for name in ("kept.toml", "link.toml", "loop"))
    link.symlink_to(kept)
    ap.ok("config", "set", "names", "full", AP_CONFIG=str(link))
    assert link.is_symlink() and tomllib.loads(kept.read_text("utf-8")) == {"names": "full"}
    loop.symlink_to(loop)
    found = ap("config", "set", "names", "full", AP_CONFIG=str(loop))
    assert found.code == 2 and "a link that leads nowhere" in found.err


def test_a_folder_in_the_files_place_is_one_sentence(ap: Program) -> None:
    found = ap("config", "set", "names", "full", AP_CONFIG=str(ap.folder))
    assert found.code == 2 and "is not an ordinary file" in found.err


def test_the_store_and_the_user_of_the_file_are_used(placed: Program) -> None:
    write(placed, f"db = '{placed.store}'\nuser = \"A. Tester\"\n")
    none = {"AP_DB": "", "AP_USER": ""}
    placed.ok("record", "contact", "PL-0001", "--said", "all well", **none)
    assert placed.json("log", **none)[-1]["who"] == "A. Tester"
    assert placed.json("config", "get", "db", **none)[0]["from"] == "config file"


def test_a_relative_path_is_taken_from_the_folder_it_is_typed_in(ap: Program) -> None:
    ap.ok("config", "set", "db", "school.db")
    assert tomllib.loads(file_of(ap).read_text("utf-8"))["db"] == str(ap.folder / "school.db")
    write(ap, 'db = "school.db"')
    refused = ap("config", "list", AP_DB="")
    assert refused.code == 2 and "type the whole path" in refused.err


@POSIX
def test_a_terminal_shows_first_names_unless_the_user_wants_otherwise(ap: Program) -> None:
    assert view(ap) == [60, 20, "short", True, True]
    for style in ("full", "never"):
        ap.ok("config", "set", "names", style)
        assert view(ap)[2] == style
    assert view(ap, AP_NAMES="short")[2] == "short"
    assert view(ap, flag=True)[2] == "full" == view(ap, AP_NAMES="1")[2]


@POSIX
def test_a_file_has_names_only_if_full_names_were_asked_for(ap: Program) -> None:
    ap.ok("config", "set", "names", "full")
    assert view(ap, out="out.txt")[2] == "never"
    assert view(ap, out="out.txt", AP_NAMES="full")[2] == "never"
    assert view(ap, out="out.txt", flag=True)[2] == "full"
    assert view(ap, out="out.txt", AP_NAMES="1")[2] == "full"


@POSIX
@pytest.mark.parametrize(
    "environment", [{"CI": "true"}, {"AP_PROMPT": "0"}, {"AP_PROMPT": "never"}, {"CI": "1", "AP_PROMPT": "1"}],
)  # fmt: skip
def test_nothing_is_asked_where_nobody_answers(ap: Program, environment: dict[str, str]) -> None:
    assert view(ap, **environment)[4] is False
    assert "still needed" in on_a_terminal(ap, "pupil", "show", **environment)


@POSIX
def test_prompts_can_be_turned_off_for_good(ap: Program) -> None:
    ap.ok("config", "set", "prompts", "never")
    assert "still needed" in on_a_terminal(ap, "pupil", "show")
    assert view(ap)[4] is False
    assert view(ap, AP_PROMPT="1")[4] is True
    assert view(ap, CI="false")[4] is False


@POSIX
def test_nothing_is_asked_if_standard_error_is_no_terminal(ap: Program) -> None:
    command = f"sh -c '{' '.join(AP)} pupil show 2> err'"
    pexpect = pytest.importorskip("pexpect")
    _, code = pexpect.run(
        command, env=ap.environment, cwd=str(ap.folder), withexitstatus=True, timeout=30
    )
    assert code == 4 and "still needed" in (ap.folder / "err").read_text("utf-8")


@POSIX
@pytest.mark.parametrize("environment", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_colour_can_be_turned_off(ap: Program, environment: dict[str, str]) -> None:
    assert view(ap, **environment)[3] is False
    ap.ok("config", "set", "colour", "never")
    assert view(ap)[3] is False


@pytest.mark.plain_store("sets and unsets the key file")
def test_a_setting_without_a_default_is_no_longer_set_once_it_is_taken_out(ap: Program) -> None:
    for name, value in (("key-file", "ap.key"), ("letterhead", "Elm Academy")):
        ap.ok("config", "set", name, value)
        taken = ap.ok("config", "unset", name)
        assert taken.err.strip() == f"{name} is no longer set"
    ap.ok("config", "set", "names", "full")
    assert ap.ok("config", "unset", "names").err.strip() == "names is now short, by the default"
