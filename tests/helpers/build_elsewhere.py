"""Builds the full site as another machine might: `python -m tests.helpers.build_elsewhere FOLDER`.

The environment says the rest: PYTHONHASHSEED, LC_ALL, TZ, and JOBS, the number of processes.
"""

from __future__ import annotations

import locale
import os
import sys
from contextlib import suppress
from pathlib import Path

from dossier.build import run
from dossier.content.reading import parse_files
from tests.helpers.site_values import SETTINGS, SiteValues
from tests.helpers.smallsite import SmallSite
from tests.helpers.twin_builds import FULL_SITE, own_templates, plain_writers, printed_views


def main(folder: Path) -> None:
    """Build twice: with the project's templates, and with some that print their views."""
    with suppress(locale.Error):  # not every machine has every locale
        locale.setlocale(locale.LC_ALL, "")
    run.WORTH_A_WORKER = parse_files.WORTH_A_WORKER = 1
    own, printed = SiteValues(FULL_SITE), SiteValues(FULL_SITE)
    own.files |= own_templates()
    own.documents[SETTINGS].values["pdf"] = "false"  # tests/render/test_pdf.py has those
    printed.files |= printed_views()
    _build(own, folder / "own")
    with plain_writers():
        _build(printed, folder / "printed")


def _build(values: SiteValues, folder: Path) -> None:
    jobs = int(os.environ["JOBS"])
    if jobs > 1:  # on a disk, the order of creation may be that of a listing
        values.documents = dict(reversed(values.documents.items()))
    site = SmallSite(folder)
    values.write(folder, {})
    site.build(jobs=jobs, as_of="2024-06-01", cache=None)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
