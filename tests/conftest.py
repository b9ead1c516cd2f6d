"""What every test starts from: a store of its own, and the program as it is installed."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import hypothesis
import pytest

from ap_cli.store.address import Address
from ap_cli.store.connection import begin_with_key
from ap_cli.store.key import draw_key
from ap_cli.store.key_file import add_to_file
from ap_cli.store.keys import find_key, look_in
from ap_cli.store.opening import Store, build, open_store

from .forked import AT_START, Forking

# a busy machine makes a test slow and not wrong
hypothesis.settings.register_profile("ap", deadline=None)
hypothesis.settings.load_profile("ap")

ENCRYPTED = os.environ.get("AP_TEST_STORE") == "encrypted"
"""Whether the tests run on encrypted stores, but for those that are about plain ones."""


class Stores:
    """What the stores of the test that runs now are: encrypted, or plain files."""

    are_encrypted = ENCRYPTED


PLAIN_STORE, ON_FILES = "plain_store", "on_files"
"""The mark of a test, or of a module, that is about plain files; what it is given says why."""

KEY = draw_key()
KEYS = tempfile.TemporaryDirectory()
KEY_FILE = Path(KEYS.name) / "ap.key"
if ENCRYPTED:
    add_to_file(KEY_FILE, KEY)


CONNECT = sqlite3.connect


def connect_with_key(database: Any, *args: Any, **options: Any) -> Any:
    """Connect as tests do that look into a store themselves, with its key if it is encrypted."""
    key = find_key(database)
    return (
        open_encrypted(str(database), key, **options)
        if key
        else CONNECT(database, *args, **options)
    )


if ENCRYPTED:
    from ap_cli.store.encrypted import open_encrypted

    sqlite3.connect = connect_with_key  # type: ignore[assignment]


def key_file() -> Path | None:
    """The key file of the stores of tests, if they are encrypted."""
    return KEY_FILE if Stores.are_encrypted else None


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Before any fixture of a test: let its stores be what it is about."""
    Stores.are_encrypted = ENCRYPTED and item.get_closest_marker(PLAIN_STORE) is None


@pytest.fixture(autouse=True)
def _looks_for_keys() -> None:
    look_in(key_file)


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main(config: pytest.Config) -> None:
    """Run on all cores if xdist is there and nothing else is asked for; plain pytest works without."""
    is_a_worker = hasattr(config, "workerinput")  # a worker that started workers would never end
    if is_a_worker or not config.pluginmanager.hasplugin("xdist"):
        return
    option = config.option
    if option.numprocesses is None and not option.collectonly and not option.usepdb:
        option.numprocesses = "auto"
    if option.numprocesses and option.dist == "no":
        option.dist = "worksteal"


AP = [sys.executable, "-m", "ap_cli"]
COMPLETE = (
    *("--objectives-met", "--attending", "--safe", "--needs-met"),
    *("--decided", "continue", "--until", "2026-07-10"),
)
"""The answers of a review at which all is well and the placement goes on."""


def extending(until: str) -> tuple[str, ...]:
    """The arguments that record a review of PL-0001 which extends it until a day."""
    answers = (*COMPLETE[:4], "--decided", "extend", "--extend-to", until)
    return ("record", "review", "PL-0001", *answers)


POSIX = pytest.mark.skipif(os.name != "posix", reason="needs the shell, pipes and devices of Unix")


@dataclass(frozen=True)
class Ran:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> list[dict[str, Any]]:
        return json.loads(self.out)["data"]


def assert_answered_or_named(found: Ran) -> None:
    """A command that only reads ends with 5 exactly if it named what cannot be read."""
    assert found.code == (5 if "cannot be read" in found.err else 0), found


@dataclass(frozen=True)
class Program:
    """The program on a store of its own, as a user would run it."""

    folder: Path
    on: str = "2026-03-02"

    @property
    def store(self) -> Path:
        return self.folder / "ap.db"

    def opened(self) -> Store:
        """Its store, opened as a command opens it."""
        return open_store(Address(self.store))

    @property
    def there(self) -> str:
        """The address of the store, as it is typed."""
        return str(self.store)

    @property
    def environment(self) -> dict[str, str]:
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith("AP_") and name not in ("NO_COLOR", "CI")
        }
        keys = {"AP_KEY_FILE": str(KEY_FILE)} if Stores.are_encrypted else {}
        return (
            kept
            | keys
            | {
                "AP_DB": self.there,
                "AP_USER": "tester",
                "HOME": str(self.folder),
                "XDG_DATA_HOME": str(self.folder / "data"),
                "XDG_CONFIG_HOME": str(self.folder / "config"),
                "PYTHONWARNINGS": "",
            }
        )

    def __call__(self, *args: str, on: str | None = None, **environment: str) -> Ran:
        at_once = threading.current_thread() is not threading.main_thread()
        whole = (
            at_once
            or not hasattr(os, "fork")
            or any(name.startswith(AT_START) for name in environment)
        )
        found = (in_whole if whole else in_fork)(
            ["--on", on or self.on, *args], self.environment | environment, self.folder
        )
        assert "Traceback" not in found.err, found.err
        return found

    def ok(self, *args: str, **options: Any) -> Ran:
        """A command that must succeed."""
        found = self(*args, **options)
        assert found.code == 0, (args, found)
        return found

    def json(self, *args: str, **options: Any) -> list[dict[str, Any]]:
        """What a command answers in JSON, whatever its exit code."""
        found = self(*args, "--json", **options)
        assert found.out, found.err
        return found.data


FORKING = Forking()


def in_fork(args: list[str], environment: dict[str, str], folder: Path) -> Ran:
    """A command in a process of its own that has the libraries loaded."""
    return Ran(*FORKING.run(args, environment, folder))


def in_whole(args: list[str], environment: dict[str, str], folder: Path) -> Ran:
    """A command in a process of its own from its start."""
    found = subprocess.run(
        [*AP, *args],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        stdin=subprocess.DEVNULL,
        cwd=folder,
    )
    return Ran(found.returncode, found.stdout, found.stderr)


@pytest.fixture(scope="session", autouse=True)
def _forking_ends() -> Iterator[None]:
    yield
    FORKING.end()


def begin(folder: Path) -> Program:
    """The program in a folder without a store, or with an empty one that is encrypted."""
    ap = Program(folder)
    if Stores.are_encrypted:
        look_in(key_file)
        begin_with_key(ap.store, KEY)
        build(ap.store)
    return ap


ON_SERVER = os.environ.get("AP_TEST_STORE") == "postgresql"
"""Whether each test has a store on a server; one that looks into the file of a store is skipped."""


@pytest.fixture(scope="session")
def cluster() -> Iterator[Any]:
    """A PostgreSQL server; tests that need one are skipped where it is not installed."""
    from .server.cluster import start_cluster

    made = start_cluster()
    yield made
    made.remove()


def is_about_files(item: pytest.Item) -> bool:
    """Whether a test is about the files of stores, and so on no server."""
    return any(item.get_closest_marker(mark) for mark in (PLAIN_STORE, ON_FILES))


@pytest.fixture
def ap(tmp_path: Path, request: pytest.FixtureRequest) -> Program:
    if not ON_SERVER or is_about_files(request.node):
        return begin(tmp_path)
    from .server.cluster import ServerProgram

    cluster = request.getfixturevalue("cluster")
    return ServerProgram(tmp_path, server=cluster.create("test"))


@pytest.fixture(scope="session")
def _placed_once(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Path]:
    """A function that returns a store with a placement, of the kind that the test is about."""
    made: dict[bool, Path] = {}

    def make() -> Path:
        if Stores.are_encrypted not in made:
            ap = begin(tmp_path_factory.mktemp("placed"))
            place(ap)
            made[Stores.are_encrypted] = ap.store
        return made[Stores.are_encrypted]

    return make


@pytest.fixture(scope="session")
def _placed_there(cluster: Any, tmp_path_factory: pytest.TempPathFactory) -> str:
    from .server.cluster import ServerProgram

    place(ServerProgram(tmp_path_factory.mktemp("placed"), server=cluster.create("placed")))
    return "placed"


def place(ap: Program) -> None:
    """Record a provider, a pupil and a placement."""
    ap.ok(
        "provider",
        "add",
        "Hollow Oak Farm",
        "--kind",
        "non-school",
        "--not-registered",
        "--address",
        "1 Example Lane, Testford",
    )
    ap.ok("pupil", "add", "Test Pupil", "--born", "2010-06-27", "--ehcp", "2024-09-01")
    ap.ok("placement", "new", "--pupil", "P-0001", "--provider", "PR-0001", "--route", "off-site-direction",
          "--starts", "2026-01-06", "--ends", "2026-12-18", "--hours", "19")  # fmt: skip


@pytest.fixture
def placed(ap: Program, request: pytest.FixtureRequest) -> Program:
    """A store with an unregistered provider, a pupil with an EHC plan, and a placement of 19 hours a week."""
    if ON_SERVER and not is_about_files(request.node):
        template = request.getfixturevalue("_placed_there")
        request.getfixturevalue("cluster").create("test", template)
    else:
        shutil.copy(request.getfixturevalue("_placed_once")(), ap.store)
    return ap
