"""Where the program starts: `ap`, and `python -m ap_cli` where that is not on the path."""

from __future__ import annotations

import atexit
import gc
import os
import sys
from contextlib import suppress


def main() -> None:
    """Runs the program and ends its process with its exit code."""
    code: object = 0
    try:
        run()
    except SystemExit as end:
        code = end.code
    except KeyboardInterrupt:  # while the program was loaded, or its end was told
        from .stopping import say_stopped

        code = say_stopped()
    except OSError as problem:  # of the version: the commands tell their own
        print(f"the answer cannot be written: {problem.strerror}", file=sys.stderr)
        code = 2
    leave(code if isinstance(code, int) else 0)


def run() -> None:
    """Runs the program; SystemExit with its exit code, or none where that is 0."""
    gc.set_threshold(50_000, 20, 20)  # a short run ends before a collection would pay for itself
    for name in ("stdin", "stdout", "stderr"):  # closed by whoever started the program
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "r" if name == "stdin" else "w", encoding="utf-8"))  # noqa: SIM115, PTH123
    sys.stderr.reconfigure(errors="replace")  # type: ignore[union-attr]
    if "--version" in sys.argv[1:]:  # before or after a command, and without loading one
        from . import __version__

        print(f"ap {__version__}", flush=True)
        return
    from .stopping import end_in_order

    end_in_order()
    sys.unraisablehook = pass_over
    from .cli.app import run_command as commands

    commands()


def pass_over(passed: sys.UnraisableHookArgs) -> None:
    """Report an error that Python passes over, and hear Ctrl-C again if it is one.

    Python itself would print the error's text, which could hold a child's name.
    """
    if issubclass(passed.exc_type, KeyboardInterrupt):
        from .stopping import hear_again

        hear_again()
    elif passed.exc_value:
        from .cli.failure import write_report

        with suppress(OSError):  # nowhere to write it
            write_report(passed.exc_value)


def leave(code: int) -> None:
    """End the process at once.

    To take apart all that was loaded, as Python does otherwise, is a fifth of a short command.
    """
    from .stopping import code_of_end, let_it_end

    let_it_end()
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError):  # what could not be written was told, and has its exit code
            stream.flush()
    os._exit(code_of_end(code))


if __name__ == "__main__":
    main()
