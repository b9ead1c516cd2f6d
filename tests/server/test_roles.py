"""Every command under each role: it answers, or says in one sentence that it may not."""

from __future__ import annotations

import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from ..cli.test_examples import BEFORE, EXAMPLES, LATER, begins, furnish
from ..conftest import Ran
from .cluster import Cluster, ServerProgram

OWNER, WRITER, READER, GOVERNOR = "role_owner", "role_writer", "role_reader", "role_governor"

OF_ADMINISTRATORS = {
    "pupil erase",
    "retention apply",
    "db upgrade",
    "access grant",
    "access revoke",
}
"""What only an administrator may do."""

OF_READERS = {
    *("status", "check", "eligible", "what-if", "show", "todo", "digest", "where", "timeline"),
    *("placement list", "placement show", "placement sheet", "placement readiness"),
    *("reviews due", "reviews ics", "report inspection", "report governors", "attendance show"),
    *(path for path in EXAMPLES if path.startswith("export ")),
    *("log", "pupil list", "pupil show", "pupil export", "provider list", "provider show"),
    *("retention report", "draft list", "age", "terms list", "county show", "county print"),
    *(path for path in EXAMPLES if path.startswith("rules ")),
    *("doctor", "db check", "db verify", "db seal", "db backup", "db backups", "db restore"),
    *("db encrypt", "db decrypt", "db rekey", "db unlock", "db copy", "access list", "make"),
    *("county check", "config list", "config get", "config set", "config unset", "demo"),
    *("help", "completion"),
    "undo",  # its first example is a dry run
}
"""What a reader may do as well; all else is a writer's."""

OF_ALL = {
    *("county check", "config list", "config get", "config set", "config unset", "demo"),
    *(
        "help",
        "completion",
        "age",
        "rules test",
        "doctor",
        "db backup",
        "db backups",
        "db restore",
        "db unlock",
    ),
    *("db encrypt", "db decrypt", "db rekey", "db copy"),
}
"""What needs no record: those who see what was published may do that, and one command more."""

OF_FILES = ("db ", "config ")
"""What has to be done before an example with a store that is a file alone."""

SENTENCES = (
    "You may read this store, not change it: ask role_owner to make you a writer",
    "Only an administrator of this store may do this: ask role_owner",
    "You may see what this store has published, and no records: type",
)

MAY = {
    OWNER: EXAMPLES.keys(),
    WRITER: EXAMPLES.keys() - OF_ADMINISTRATORS,
    READER: OF_READERS,
    GOVERNOR: OF_ALL,
}


@pytest.fixture(scope="module")
def furnished(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A store in which each example finds what it names, with a user of each role."""
    for user in (*MAY, "lea", "sam", "governor"):
        cluster.add_user(user, "CREATEROLE" if user == OWNER else "NOCREATEROLE")
    address = cluster.create("for_roles")
    cluster.sql(f"ALTER DATABASE for_roles OWNER TO {OWNER}")
    made = ServerProgram(tmp_path_factory.mktemp("made"), server=address).by(OWNER)
    furnish(made)
    for user, role in ((WRITER, "writer"), (READER, "reader"), (GOVERNOR, "report")):
        made.ok("access", "grant", user, "--role", role)
    yield made.folder
    cluster.drop("for_roles")


def run_example(
    cluster: Cluster, furnished: Path, folder: Path, user: str, example: str
) -> tuple[Ran, bool]:
    """Run an example as a user; return how it ended, and whether the log is as it was.

    Who may change something has a store of their own to do it in.
    """
    before = [one for one in begins(example, BEFORE, ()) if not one.startswith(OF_FILES)]
    database = "for_roles"
    if before or user in (OWNER, WRITER):
        database = "one_role"
        cluster.create(database, "for_roles")
        cluster.sql(f"ALTER DATABASE one_role OWNER TO {OWNER}")
    shutil.copytree(furnished, folder)
    there = ServerProgram(folder, server=cluster.address(database))
    for command in before:
        there.by(OWNER).ok(*command.split())
    query = "SELECT count(*), max(id) FROM audit"
    changes = cluster.sql(query, database)
    ran = there.by(user)(*shlex.split(example)[1:], on=begins(example, LATER, None))
    return ran, cluster.sql(query, database) == changes


@pytest.mark.parametrize("path", EXAMPLES)
@pytest.mark.parametrize("user", MAY)
def test_a_command_answers_a_role_or_refuses_it_in_one_sentence(
    cluster: Cluster, furnished: Path, tmp_path: Path, user: str, path: str
) -> None:
    example = EXAMPLES[path][0]
    if path == "access revoke":  # the example names somebody who was let in, here another
        example = f"ap access revoke {READER}"
    ran, same = run_example(cluster, furnished, tmp_path / "x", user, example)
    refused = ran.err.startswith(SENTENCES)
    assert refused is (path not in MAY[user]), (user, path, ran)
    if refused:
        assert (ran.code, ran.out, ran.err.count("\n"), same) == (5, "", 1, True)
    assert ran.code in (0, 1, 2, 3, 4, 5), ran
    if user == OWNER and path in OF_ADMINISTRATORS:
        assert ran.code == 0, ran


def test_the_tables_name_commands_that_there_are() -> None:
    assert EXAMPLES.keys() >= (OF_ADMINISTRATORS | OF_READERS | OF_ALL)
