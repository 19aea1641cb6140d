"""`python -m portal.cli`, where the `portal` command is not installed."""

from . import main

main(prog_name="portal")
