"""The current time: the only module that reads a clock."""

from __future__ import annotations

import os
import time


def read_now() -> int:
    """Read the time in seconds since 1970: SOURCE_DATE_EPOCH (reproducible-builds.org), or now."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    given = epoch.isascii() and epoch.isdigit() and len(epoch) < 12  # up to the year 5138
    return int(epoch) if given else int(time.time())
