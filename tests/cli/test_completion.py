"""Completion in a real shell: commands, options, choices and references, and never a name."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

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
    [(("ap", "pl"), ["placement"]), (("ap", "reviews", ""), ["due"]), (("ap", "placement", "show", ""), ["PL-0001"]), (("ap", "pupil", "show", "P"), ["P-0001"]),
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
    pexpect = pytest.importorskip("pexpect")
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


@pytest.mark.skipif(not shutil.which("fish"), reason="fish is not installed")
def test_fish_completes(placed: Program) -> None:
    path = f"{Path(sys.executable).parent}:{placed.environment['PATH']}"
    command = f"source {ROOT / 'completions' / 'ap.fish'}; complete -C 'ap placement show '; complete -C 'ap reviews '"
    found = subprocess.run(
        ["fish", "--no-config", "-c", command],
        env=placed.environment | {"PATH": path},
        capture_output=True,
        text=True,
        timeout=30,
    )
    assert {line.split("\t")[0] for line in found.stdout.splitlines()} >= {"PL-0001", "due"}, (
        found.stderr
    )
