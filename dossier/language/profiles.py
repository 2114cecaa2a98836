"""Properties of languages: reading speed."""

from __future__ import annotations

# Words per minute of silent reading: Brysbaert 2019 (English), Trauzettel-Klosinski 2012 (others).
READING_SPEED = {"en": 238, "fr": 195, "de": 179, "es": 218, "it": 188, "pt": 181, "nl": 202}
_OTHER_SPEED = 200


def reading_minutes(words: int, lang: str) -> int:
    """Estimate how many minutes a text takes to read, at least one."""
    speed = READING_SPEED.get(lang.split("-")[0], _OTHER_SPEED)
    return max(1, round(words / speed))
