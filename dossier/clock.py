"""The current time: the only module that reads a clock."""

from __future__ import annotations

import os
import time


def read_now() -> int:
    """Read the time in seconds since 1970: SOURCE_DATE_EPOCH (reproducible-builds.org), or now."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return int(epoch) if epoch.isdigit() else int(time.time())
