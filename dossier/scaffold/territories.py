"""Countries and continents: codes, names by language (CLDR), and their hierarchy (UN M49).

Codes are those of ISO 3166-1 alpha-2 for countries and of UN M49 for larger regions.
"""

from __future__ import annotations

from functools import cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global

from dossier.content.value_types import parse_region_code
from dossier.language.folding import fold
from dossier.problems import FormError

_COUNTRIES = {
    "005": "AR BO BR BV CL CO EC FK GF GS GY PE PY SR UY VE",
    "011": "BF BJ CI CV GH GM GN GW LR ML MR NE NG SH SL SN TG",
    "013": "BZ CR GT HN MX NI PA SV",
    "014": "BI DJ ER ET IO KE KM MG MU MW MZ RE RW SC SO SS TF TZ UG YT ZM ZW",
    "015": "DZ EG EH LY MA SD TN",
    "017": "AO CD CF CG CM GA GQ ST TD",
    "018": "BW LS NA SZ ZA",
    "021": "BM CA GL PM US",
    "029": "AG AI AW BB BL BQ BS CU CW DM DO GD GP HT JM KN KY LC MF MQ MS PR SX TC TT VC VG VI",
    "030": "CN HK JP KP KR MN MO TW",
    "034": "AF BD BT IN IR LK MV NP PK",
    "035": "BN ID KH LA MM MY PH SG TH TL VN",
    "039": "AD AL BA ES GI GR HR IT ME MK MT PT RS SI SM VA XK",
    "053": "AU CC CX HM NF NZ",
    "054": "FJ NC PG SB VU",
    "057": "FM GU KI MH MP NR PW UM",
    "061": "AS CK NU PF PN TK TO TV WF WS",
    "143": "KG KZ TJ TM UZ",
    "145": "AE AM AZ BH CY GE IL IQ JO KW LB OM PS QA SA SY TR YE",
    "151": "BG BY CZ HU MD PL RO RU SK UA",
    "154": "AX DK EE FI FO GB GG IE IM IS JE LT LV NO SE SJ",
    "155": "AT BE CH DE FR LI LU MC NL",
}
"""The countries of each UN M49 region; Taiwan and Kosovo, which it does not list, as in CLDR."""

_LARGER = {
    "005": ("419", "019"),
    "011": ("202", "002"),
    "013": ("419", "003", "019"),
    "014": ("202", "002"),
    "015": ("002",),
    "017": ("202", "002"),
    "018": ("202", "002"),
    "021": ("003", "019"),
    "029": ("419", "003", "019"),
    **dict.fromkeys(("030", "034", "035", "143", "145"), ("142",)),
    **dict.fromkeys(("039", "151", "154", "155"), ("150",)),
    **dict.fromkeys(("053", "054", "057", "061"), ("009",)),
    "003": ("019",),
    "202": ("002",),
    "419": ("019",),
}
"""The regions that contain each UN M49 region, closest first, without the world."""

WORLD = "001"
_NO_REGIONS = ("EU", "EZ", "UN", "XA", "XB")
"""What CLDR lists beside the regions: groups, which have members, and tests of languages."""
_REGION_OF = {code: region for region, codes in _COUNTRIES.items() for code in codes.split()}
COUNTRIES = tuple(sorted(_REGION_OF))


def find_code(text: str) -> str | None:
    """Find the usual code of a territory from any of its codes: `fr`, `FRA`, `250`, `UK`.

    None for a text that is not a code, or that several territories had.
    """
    code = text.upper()
    if code in _NO_REGIONS:
        return None
    newer = get_global("territory_aliases").get(code, [])
    try:
        return parse_region_code(newer[0] if len(newer) == 1 else code)
    except FormError:
        return None


def find_named(name: str, lang: str) -> str | None:
    """Find the code of a territory from its name in a language or in English, folded."""
    return _codes_by_name(lang).get(_plain(name)) or _codes_by_name("en").get(_plain(name))


def territory_name(code: str, lang: str) -> str:
    """Name a territory in a language, with a capital letter."""
    name: str = _names(lang).get(code) or _names("en")[code]
    return name[0].upper() + name[1:]


def territory_names(lang: str) -> list[str]:
    """List the names of all territories in a language and in English."""
    codes = sorted(set(_codes_by_name(lang).values()))
    names = [territory_name(code, lang) for code in codes]
    return list(dict.fromkeys((*names, *(territory_name(code, "en") for code in codes))))


def lies_in(code: str) -> tuple[str, ...]:
    """List the codes of the regions that contain a territory, closest first, without the world."""
    if code == WORLD or code not in Locale("en").territories:
        return ()
    region = _REGION_OF.get(code)
    nearest = (region, *_LARGER[region]) if region else _LARGER.get(code, ())
    return (*nearest, WORLD)


@cache
def _codes_by_name(lang: str) -> dict[str, str]:
    return {_plain(name): code for code, name in _names(lang).items() if find_code(code)}


def _plain(name: str) -> str:
    return fold(name.replace("’", "'"))


def _names(lang: str) -> dict[str, str]:
    try:
        return dict(Locale.parse(lang, sep="-").territories)
    except UnknownLocaleError:
        return dict(Locale("en").territories)
