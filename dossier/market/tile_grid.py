"""Tile map of the world: one tile of the same size for each country, near its location.

Made for Dossier from the centres of countries (the public coordinates of mledoze/countries): their
longitudes and latitudes were evened out, so that crowded parts have room, pushed apart and moved to
the nearest free cells of a grid, which was then corrected by hand around the Baltic Sea. Tiles
do not show how large a country is.
"""

from __future__ import annotations

from collections.abc import Mapping

_MAP = """
                                       SJ NO SE AX FI
                              GL IS FO       DK    LV EE
               CA                   IM GB NL DE CZ PL LT BY             RU
                                 IE GG BE LU LI AT SK HU RO UA    KZ
                           PM          JE CH SI HR RS BG MD GE    UZ KG    MN
               US                PT ES FR SM IT BA XK MK TR AM AZ TM TJ          KP
                  BS TC BM AI       GI AD MC VA ME AL CY LB SY IQ IR AF    CN KR    JP
               MX CU VI VG SX       EH MA DZ TN MT GR IL PS KW BH QA PK NP BT TW
               KY HT DO MF BL AG    MR          LY    EG JO SA AE    IN BD MO HK       UM
            BZ HN JM PR KN MQ GP CV SN ML    NE             ER    OM    MM LA VN    MP
            GT SV NI AW MS DM LC GM    GN BF    TD    SD    DJ YE          TH PH    GU
               CR PA CW BQ VC    BB GW CI BJ NG CM    SS    ET SO    LK    KH    PW    MH
                     CO VE GD TT GF SL GH TG GQ    CF    UG          MV    MY BN    FM    KI
                  EC       GY SR    LR    ST GA CG CD RW TZ KE SC       SG    ID    PG NR
WF TK AS             PE       BR                AO    BI MW KM       IO CC CX    TL    SB TV
   WS NU PF             BO             SH             ZM MZ    YT MU                   VU FJ
   TO CK    PN             PY                   NA BW ZW    MG RE                AU    NC
                     CL AR UY                      ZA LS SZ                            NF
                                                                  TF                      NZ
                           FK    GS    AQ BV                         HM
"""
"""Rows from north to south; a column is three characters. Codes are of ISO 3166-1; XK is Kosovo."""

TILES: Mapping[str, tuple[int, int]] = {
    row[at : at + 2]: (at // 3, y)
    for y, row in enumerate(_MAP.strip("\n").split("\n"))
    for at in range(0, len(row), 3)
    if row[at : at + 2].strip()
}
"""By country code: the column and the row of its tile, from 0."""

COLUMNS = 1 + max(column for column, _ in TILES.values())
ROWS = 1 + max(row for _, row in TILES.values())
