"""`python -m seongsu_assets.cli`: the command line, where no script is installed.
Nothing is defined here."""

from seongsu_assets.cli import main

main()
