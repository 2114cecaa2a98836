"""The command: `python build.py` builds the site. It begins in dossier/cli.py."""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - said in words before an import fails
    sys.exit("build.py: Dossier needs Python 3.11 or newer")

if __name__ == "__main__":
    try:
        from dossier.cli import run

        run()
    except ModuleNotFoundError as error:
        sys.exit(f"build.py: {error.name!r} is missing: run  python -m pip install -e .")
