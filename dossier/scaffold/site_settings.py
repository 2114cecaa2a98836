"""The text of a new `site.yaml`: every setting there is, those that are left out commented out."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from dossier.content.field_types import field_types
from dossier.content.settings import SiteFile
from dossier.scaffold.template import quote_yaml

_EXAMPLES: Mapping[str, str] = {
    "tagline": "What it is, in a line",
    "accent": "1a5fb4",
    "logo": "{file: /files/logo.svg, text: The name in the image}",
    "favicon": "/files/icon.svg",
    "menu": "[briefings, market, {label: More, menu: [sources, about]}, "
    "{label: Our shop, link: https://shop.example.org/}]",
    "footer": '"A project of [the foundation](https://example.org/)."',
    "publisher": "{name: The foundation, url: https://example.org/}",
    "contact": "desk@example.org",
    "sourcing": "about",
    "corrections": "corrections@example.org",
    "newsletter": "https://example.org/newsletter/",
    "licence": "CC-BY-4.0",
    "social": "[https://mastodon.social/@example, {name: Videos, link: https://example.org/v/}]",
    "robots": "{index: true, blocked: [GPTBot, CCBot]}",
    "first_url": "https://example.org/briefings/",
}
"""What a setting without a telling default may hold."""


def render_site_settings(values: Mapping[str, str | tuple[str, ...]]) -> str:
    """Render the settings: `values` as they are, all others as comments with their defaults."""
    defaults = {field.name: field.default for field in msgspec.structs.fields(SiteFile)}
    blocks = ["# Every setting of the site. To use one that is commented out, take away its #."]
    for name, field in field_types(SiteFile).items():
        if name in values:
            line = f"{name}: {_yaml(values[name])}"
        else:
            line = f"#{name}: {_EXAMPLES.get(name) or _default(defaults[name])}"
        blocks.append(f"# {field.description}\n{line}")
    return "\n\n".join(blocks) + "\n"


def _default(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return _yaml(value) if isinstance(value, str | tuple) else ""


def _yaml(value: str | tuple[str, ...]) -> str:
    if isinstance(value, str):
        return quote_yaml(value)
    return f"[{', '.join(quote_yaml(item, in_list=True) for item in value)}]"
