"""Who waits for a person's answer holds no state of the store on a server."""

from __future__ import annotations

from collections.abc import Sequence
from time import sleep

import pytest

from ap_cli.store.address import read_address
from ap_cli.store.opening import open_store

from ..conftest import POSIX, place
from ..interview.terminal import Terminal
from .cluster import Cluster, ServerProgram

pytestmark = POSIX
STATES = "SELECT state FROM pg_stat_activity WHERE application_name = 'ap' AND datname = 'idle'"


@pytest.fixture(scope="module")
def there(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> ServerProgram:
    made = ServerProgram(tmp_path_factory.mktemp("idle"), server=cluster.create("idle"))
    place(made)
    return made


def states(cluster: Cluster) -> set[object]:
    """What the connections of programs to the store do at this moment."""
    return {state for (state,) in cluster.sql(STATES)}


def comes_to_rest(cluster: Cluster) -> bool:
    """Whether the program lets go what it read: soon after the question is on the screen."""
    for _ in range(100):
        if states(cluster) == {"idle"}:
            return True
        sleep(0.1)
    return False


@pytest.mark.parametrize(
    ("args", "steps"),
    [
        (("placement", "new"), [("type a new name to add it", "P-0001"), ("", "PR-0001")]),
        (
            ("record", "contact"),
            [("Which placement", "PL-0001"), ("What day", ""), ("Who by", ""), ("Who with", "")],
        ),
        (
            ("record", "contact", "PL-0001"),
            [("What day", ""), ("Who by", ""), ("Who with", ""), ("What was said", "all is well"),
             ("anything else", "")],
        ),
        (("placement", "end", "PL-0001"), [("No, if the child never went", "yes")]),
        (("do", "PL-0001"), [("Enter to go back", "")]),
        ((), [("Enter to leave", "")]),
    ],
)  # fmt: skip
def test_a_question_that_waits_holds_nothing(
    cluster: Cluster,
    there: ServerProgram,
    args: tuple[str, ...],
    steps: Sequence[tuple[str, str]],
) -> None:
    screen = Terminal(there, *args)
    for question, answer in steps:
        screen.sees(question)
        assert comes_to_rest(cluster)
        screen.types(answer)
    screen.child.close(force=True)


def test_what_is_read_between_two_questions_is_of_one_state(
    cluster: Cluster, there: ServerProgram
) -> None:
    """A state is held while nobody is asked, and let go once somebody is."""
    from ap_cli.store.idle import READING, let_go

    with open_store(read_address(there.there)) as store:
        before = store.row("SELECT count(*) FROM pupil")
        there.ok("pupil", "add", "L. Sample", "--born", "2010-06-27", "--another")
        assert store.row("SELECT count(*) FROM pupil") == before
        assert "idle in transaction" in states(cluster) and READING
        let_go()
        assert states(cluster) == {"idle"} and not READING
        assert store.row("SELECT count(*) FROM pupil")[0] == before[0] + 1
    let_go()  # also of a connection that is closed by now
