"""`python -m ap_cli`, where `ap` is not on the path."""

from .cli.app import main

main()
