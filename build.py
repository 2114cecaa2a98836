"""The command: `python build.py` builds the site. It begins in dossier/cli.py."""

import gc
import sys

if sys.version_info < (3, 11):  # noqa: UP036 - said in words before an import fails
    sys.exit("build.py: Dossier needs Python 3.11 or newer")

if __name__ == "__main__":
    try:
        gc.disable()  # while modules are loaded, there is nothing to collect
        from dossier.cli import run

        gc.freeze()
        gc.enable()
        run()
    except ModuleNotFoundError as error:
        sys.exit(f"build.py: {error.name!r} is missing: run  python -m pip install -e .")
