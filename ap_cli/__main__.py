"""Where the program starts: `ap`, and `python -m ap_cli` where that is not on the path."""

from __future__ import annotations

import gc
import os
import sys


def main() -> None:
    """Runs the program."""
    gc.set_threshold(50_000, 20, 20)  # a short run ends before a collection would pay for itself
    for name in ("stdin", "stdout", "stderr"):  # closed by whoever started the program
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "r" if name == "stdin" else "w", encoding="utf-8"))  # noqa: SIM115, PTH123
    sys.stderr.reconfigure(errors="replace")  # type: ignore[union-attr]
    if "--version" in sys.argv[1:]:  # before or after a command, and without loading one
        from . import __version__

        print(f"ap {__version__}")
        return
    from .cli.app import main as run

    run()


if __name__ == "__main__":
    main()
