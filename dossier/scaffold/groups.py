"""Well-known groups of countries that cut across the tree of regions, with their members.

Those of the European Union and the eurozone are CLDR's (`territoryContainment`), with
Bulgaria, which has used the euro since 2026; all others are as each organisation lists them itself.
"""

from __future__ import annotations

from functools import cache

import msgspec
from babel import Locale, UnknownLocaleError

from dossier.language.folding import fold

_EU = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK"


class Group(msgspec.Struct, frozen=True):
    """A group: its name in English and in French, its short name, the codes of its members."""

    english: str
    french: str
    short: str
    codes: str
    territory: str = ""
    """Its code in CLDR, which names it in every language."""

    def name(self, lang: str) -> str:
        """Name it in a language; in English where there is no name."""
        found = _territories(lang).get(self.territory, "")
        found = found or (self.french if lang.split("-")[0] == "fr" else self.english)
        return found[0].upper() + found[1:]

    @property
    def members(self) -> tuple[str, ...]:
        """The codes of its members."""
        return tuple(sorted(self.codes.split()))


GROUPS = (
    Group("European Union", "Union européenne", "EU", _EU, "EU"),
    Group(
        "Eurozone",
        "Zone euro",
        "Euro area",
        "AT BE BG CY DE EE ES FI FR GR HR IE IT LT LU LV MT NL PT SI SK",
        "EZ",
    ),
    Group("European Economic Area", "Espace économique européen", "EEA", f"{_EU} IS LI NO"),
    Group(
        "Schengen Area",
        "Espace Schengen",
        "Schengen",
        "AT BE BG CH CZ DE DK EE ES FI FR GR HR HU IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK",
    ),
    Group("European Free Trade Association", "Association européenne de libre-échange", "EFTA",
          "CH IS LI NO"),
    Group("Nordic countries", "Pays nordiques", "Nordics", "AX DK FI FO GL IS NO SE"),
    Group("Baltic states", "Pays baltes", "Baltics", "EE LT LV"),
    Group("Benelux", "Benelux", "Benelux Union", "BE LU NL"),
    Group("DACH countries", "Pays DACH", "DACH", "AT CH DE"),
    Group("Visegrád Group", "Groupe de Visegrád", "V4", "CZ HU PL SK"),
    Group("G7", "G7", "Group of Seven", "CA DE FR GB IT JP US"),
    Group(
        "G20",
        "G20",
        "Group of Twenty",
        "AR AU BR CA CN DE FR GB ID IN IT JP KR MX RU SA TR US ZA",
    ),
    Group("BRICS", "BRICS", "BRICS countries", "AE BR CN EG ET ID IN IR RU ZA"),
    Group(
        "Association of Southeast Asian Nations",
        "Association des nations de l’Asie du Sud-Est",
        "ASEAN",
        "BN ID KH LA MM MY PH SG TH TL VN",
    ),
    Group("Gulf Cooperation Council", "Conseil de coopération du Golfe", "GCC",
          "AE BH KW OM QA SA"),
    Group("Mercosur", "Mercosur", "Mercosul", "AR BO BR PY UY"),
    Group("USMCA countries", "Pays de l’ACEUM", "USMCA", "CA MX US"),
    Group(
        "NATO members",
        "Pays de l’OTAN",
        "NATO",
        "AL BE BG CA CZ DE DK EE ES FI FR GB GR HR HU IS IT LT LU LV ME MK NL NO PL PT RO SE SI SK"
        " TR US",
    ),
    Group(
        "OECD countries",
        "Pays de l’OCDE",
        "OECD",
        "AT AU BE CA CH CL CO CR CZ DE DK EE ES FI FR GB GR HU IE IL IS IT JP KR LT LU LV MX NL NO"
        " NZ PL PT SE SI SK TR US",
    ),
)  # fmt: skip


def find_group(text: str, lang: str) -> Group | None:
    """Find a group by one of its names, in a language or in English or French, or its code."""
    return _by_name(lang).get(_plain(text))


def group_names(lang: str) -> list[str]:
    """List the names of all groups in a language."""
    return [group.name(lang) for group in GROUPS]


@cache
def _by_name(lang: str) -> dict[str, Group]:
    return {
        _plain(name): group
        for group in GROUPS
        for name in (
            group.name(lang),
            group.english,
            group.french,
            group.short,
            group.territory or group.short,
        )
    }


def _plain(text: str) -> str:
    return fold(text.replace("’", "'")).removeprefix("the ")


def _territories(lang: str) -> dict[str, str]:
    try:
        return dict(Locale.parse(lang, sep="-").territories)
    except UnknownLocaleError:
        return {}
