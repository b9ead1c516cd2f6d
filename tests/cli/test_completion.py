"""Completion in a real shell: commands, options, choices and references, and never a name."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ap_cli.cli.completion import SHELLS, make_script

from ..conftest import Program
from ..generated import ROOT

BASH = """
source {script}
COMP_WORDS=({words})
COMP_CWORD=$(( ${{#COMP_WORDS[@]}} - 1 ))
_ap_completion ap "${{COMP_WORDS[COMP_CWORD]}}"
printf '%s\\n' "${{COMPREPLY[@]}}"
"""


def bash(ap: Program, *words: str) -> list[str]:
    """What bash offers after these words, the last of which is being typed."""
    script = BASH.format(
        script=ROOT / "completions" / "ap.bash", words=" ".join(f"'{word}'" for word in words)
    )
    path = f"{Path(sys.executable).parent}:{ap.environment['PATH']}"
    found = subprocess.run(
        ["bash", "-c", script],
        env=ap.environment | {"PATH": path},
        capture_output=True,
        text=True,
        timeout=30,
    )
    assert found.returncode == 0, found.stderr
    return found.stdout.split()


@pytest.mark.skipif(not shutil.which("bash"), reason="bash is not installed")
@pytest.mark.parametrize(
    ("words", "offered"),
    [(("ap", "pl"), ["placement"]), (("ap", "reviews", ""), ["due", "ics"]), (("ap", "placement", "show", ""), ["PL-0001"]), (("ap", "pupil", "show", "P"), ["P-0001"]),
     (("ap", "check", "P"), ["PL-0001", "P-0001", "PR-0001"]), (("ap", "check", "--fail"), ["--fail-on"]),
     (("ap", "provider", "add", "--kind", "non"), ["non-school"]), (("ap", "record", "rev"), ["review"]), (("ap", "placement", "new", "--pupil", ""), ["P-0001"]), (("ap", "record", "review", "--decided", "e"), ["extend", "end"])],
)  # fmt: skip
def test_bash_completes(placed: Program, words: tuple[str, ...], offered: list[str]) -> None:
    assert bash(placed, *words) == offered


@pytest.mark.skipif(not shutil.which("bash"), reason="bash is not installed")
def test_no_name_is_ever_completed(placed: Program) -> None:
    for words in (
        ("ap", "pupil", "show", ""),
        ("ap", "check", ""),
        ("ap", "placement", "new", "--pupil", ""),
        ("ap", "pupil", "list", ""),
    ):
        assert "Test" not in " ".join(bash(placed, *words))


@pytest.mark.skipif(not shutil.which("zsh"), reason="zsh is not installed")
def test_zsh_autoloads_the_completion(placed: Program, tmp_path: Path) -> None:
    pytest.importorskip("termios", reason="the terminal of this test is one of Unix")
    import pexpect

    path = f"{Path(sys.executable).parent}:{placed.environment['PATH']}"
    shell = pexpect.spawn(
        "zsh",
        ["-f"],
        env=placed.environment | {"PATH": path, "TERM": "dumb"},
        encoding="utf-8",
        timeout=30,
        dimensions=(40, 160),
    )
    shell.sendline(
        f"PS1='> '; fpath=({ROOT / 'completions'} $fpath); autoload -Uz compinit; compinit -u -d {tmp_path}/zcompdump"
    )
    shell.send("ap reviews d\t")
    shell.expect("ap reviews due")
    shell.send("\x03")
    shell.send("ap placement show P\t")
    shell.expect("PL-0001")
    shell.close(force=True)


def fish(ap: Program, typed: str, *options: str, before: str = "") -> set[str]:
    """What fish offers after what is typed; with its own settings unless an option says otherwise."""
    path = f"{Path(sys.executable).parent}:{ap.environment['PATH']}"
    found = subprocess.run(
        ["fish", *options, "-c", f"{before}complete -C '{typed}'"],
        env=ap.environment | {"PATH": path},
        capture_output=True,
        text=True,
        timeout=30,
        cwd=ap.folder,
    )
    assert found.returncode == 0, found.stderr
    return {line.split("\t")[0] for line in found.stdout.splitlines()}


def fish_with_script(ap: Program, typed: str) -> set[str]:
    """What fish offers once it has read the script of `completions`."""
    script = ROOT / "completions" / "ap.fish"
    return fish(ap, typed, "--no-config", before=f"source {script}; ")


FISH = pytest.mark.skipif(not shutil.which("fish"), reason="fish is not installed")


@FISH
@pytest.mark.parametrize(
    ("typed", "offered"),
    [("ap placement show ", {"PL-0001"}), ("ap reviews ", {"due", "ics"}), ("ap help exit", {"exit-codes"})],
)  # fmt: skip
def test_fish_completes(placed: Program, typed: str, offered: set[str]) -> None:
    assert fish_with_script(placed, typed) == offered


@FISH
@pytest.mark.parametrize(
    "typed",
    ["ap terms import ", "ap terms import te", "ap --out ", "ap check --out te", "ap county set ", "ap record evidence PR-0001 --file "],
)  # fmt: skip
def test_fish_completes_the_names_of_files(placed: Program, typed: str) -> None:
    (placed.folder / "terms.csv").touch()
    assert "terms.csv" in fish_with_script(placed, typed)


@FISH
def test_fish_offers_no_files_where_something_else_is_wanted(placed: Program) -> None:
    (placed.folder / "PL-file").touch()
    assert fish_with_script(placed, "ap placement show PL") == {"PL-0001"}


@pytest.mark.plain_store("begins without a store")
@pytest.mark.parametrize("shell", SHELLS)
def test_the_command_prints_the_script_that_ships(ap: Program, shell: str) -> None:
    found = ap.ok("completion", shell)
    assert found.out == (ROOT / "completions" / SHELLS[shell].file).read_text("utf-8")
    assert not ap.store.exists()


def test_the_script_is_data_as_well(ap: Program) -> None:
    [row] = ap.json("completion", "bash")
    assert set(row) == {"shell", "script"}


def test_an_unknown_shell_is_refused_with_those_that_there_are(ap: Program) -> None:
    found = ap("completion", "tcsh")
    assert (found.code, found.out) == (2, "")
    assert found.err == "there is no completion for “…”: choose bash, zsh, fish or powershell\n"


def home(ap: Program) -> dict[str, str]:
    """An environment whose user's places are all in the program's folder."""
    folder = str(ap.folder)
    return {"HOME": folder, "USERPROFILE": folder, "XDG_DATA_HOME": "", "XDG_CONFIG_HOME": ""}


def place(ap: Program, shell: str) -> Path:
    return SHELLS[shell].place({}, ap.folder)


@pytest.mark.parametrize("shell", SHELLS)
def test_installing_writes_the_script_and_says_where_and_what_is_next(
    ap: Program, shell: str
) -> None:
    found = ap.ok("completion", shell, "--install", **home(ap))
    file = place(ap, shell)
    assert found.out == f"{file}  installed\n"
    assert "pen a new terminal" in found.err
    assert file.read_text("utf-8") == make_script(shell)


def test_a_dry_run_says_where_and_writes_nothing(ap: Program) -> None:
    found = ap.ok("completion", "fish", "--install", "--dry-run", **home(ap))
    assert found.out == f"{place(ap, 'fish')}  would be installed\n"
    assert not place(ap, "fish").exists()


def test_an_older_script_of_ours_is_replaced_and_one_that_is_current_stays(ap: Program) -> None:
    file = place(ap, "fish")
    file.parent.mkdir(parents=True)
    file.write_text("complete --command ap --arguments '(env _AP_COMPLETE=complete_fish ap)'")
    assert "replaced" in ap.ok("completion", "fish", "--install", **home(ap)).out
    assert "already there" in ap.ok("completion", "fish", "--install", **home(ap)).out


def test_a_file_that_somebody_else_wrote_stays_as_it_is(ap: Program) -> None:
    file = place(ap, "fish")
    file.parent.mkdir(parents=True)
    file.write_text("complete --command ap --arguments 'my own'")
    found = ap("completion", "fish", "--install", **home(ap))
    assert (found.code, found.out) == (2, "")
    assert found.err == f"{file} is there already, and ap did not write it: move it away first\n"
    assert file.read_text() == "complete --command ap --arguments 'my own'"


def test_a_place_that_cannot_be_written_is_named(ap: Program) -> None:
    (ap.folder / ".config").write_text("a file where a folder is wanted")
    found = ap("completion", "fish", "--install", **home(ap))
    assert found.code == 2 and found.err.startswith(f"{place(ap, 'fish')} cannot be written")


def test_places_follow_what_the_user_says_about_folders(tmp_path: Path) -> None:
    folders = {"XDG_DATA_HOME": "/data", "XDG_CONFIG_HOME": "/settings"}
    assert SHELLS["bash"].place(folders, tmp_path) == Path("/data/bash-completion/completions/ap")
    assert SHELLS["fish"].place(folders, tmp_path) == Path("/settings/fish/completions/ap.fish")


@FISH
def test_fish_finds_the_script_where_it_was_installed(placed: Program) -> None:
    environment = {"XDG_CONFIG_HOME": str(placed.folder / ".config")}
    placed.ok("completion", "fish", "--install", **environment)
    before = f"set -p fish_complete_path {place(placed, 'fish').parent}; "
    assert fish(placed, "ap reviews ", "--no-config", before=before) == {"due", "ics"}
