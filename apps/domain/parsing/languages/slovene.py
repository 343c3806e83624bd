"""Slovene. Units stand before tens in one word: "petindvajset"."""

from apps.domain.parsing.language import Hedge, Language, by_word

_UNITS = {1: "ena", 2: "dva", 3: "tri", 4: "štiri", 5: "pet", 6: "šest", 7: "sedem", 8: "osem", 9: "devet"}
_TENS = {
    20: "dvajset",
    30: "trideset",
    40: "štirideset",
    50: "petdeset",
    60: "šestdeset",
    70: "sedemdeset",
    80: "osemdeset",
    90: "devetdeset",
}
_NUMBERS = {
    0: "nič | nula",
    1: "en | ena | eno | enega | eden",
    2: "dva | dve | dveh | dvema",
    3: "tri | trije | treh | tremi",
    4: "štiri | štirje | štirih | štirimi",
    5: "pet | petih | petimi",
    6: "šest | šestih | šestimi",
    7: "sedem | sedmih | sedmimi",
    8: "osem | osmih | osmimi",
    9: "devet | devetih | devetimi",
    10: "deset | desetih | desetimi",
    11: "enajst | enajstih",
    12: "dvanajst | dvanajstih",
    13: "trinajst | trinajstih",
    14: "štirinajst | štirinajstih",
    15: "petnajst | petnajstih",
    16: "šestnajst | šestnajstih",
    17: "sedemnajst | sedemnajstih",
    18: "osemnajst | osemnajstih",
    19: "devetnajst | devetnajstih",
    **{ten: f"{name} | {name}ih" for ten, name in _TENS.items()},
    **{
        ten + unit: f"{first}in{name} | {first}in{name}ih"
        for ten, name in _TENS.items()
        for unit, first in _UNITS.items()
    },
    100: "sto | stotih",
    200: "dvesto | dvestotih",
    300: "tristo",
    400: "štiristo",
    500: "petsto",
    600: "šeststo",
    700: "sedemsto",
    800: "osemsto",
    900: "devetsto",
}
_SCALES = {
    12: "ducat | ducata | ducatov",
    1_000: "tisoč | tisočih | tisoče | tisoči",
    1_000_000: "milijon | milijona | milijone | milijoni | milijonov | milijonih",
    1_000_000_000: "milijarda | milijardo | milijarde | milijardi | milijard",
    1_000_000_000_000: "bilijon | bilijona | bilijone | bilijonov",  # a million millions
}

SLOVENE = Language(
    code="sl",
    name="Slovene",
    decimals=",",
    groups=".",
    is_dash_range=True,
    numbers=by_word(_NUMBERS),
    multipliers=(),
    before={
        Hedge.EXACT: "natanko | točno | natančno",
        Hedge.ABOUT: (
            "okoli | približno | okrog | kakih | kakšnih | nekako | cca | cca . | ca . | v okolici | "
            "nekje okoli | ocenjenih"
        ),
        Hedge.NEARLY: "skoraj | domala | malodane | blizu | malo manj kot | nekaj manj kot | slabih | tik pod",
        Hedge.JUST_OVER: "malo več kot | nekaj več kot | tik nad | dobrih",
        Hedge.AT_LEAST: "vsaj | najmanj | ne manj kot | minimalno",
        Hedge.MORE_THAN: (
            "več kot | nad | prek | preko | čez | precej več kot | veliko več kot | presega | "
            "presegla | preseglo | presegel"
        ),
        Hedge.UP_TO: "do | največ | kvečjemu | ne več kot | maksimalno | vse do",
        Hedge.LESS_THAN: "manj kot | pod | precej manj kot | veliko manj kot",
    },
    after={
        Hedge.ABOUT: "približno | ali tako",
        Hedge.AT_LEAST: "ali več | in več | najmanj",
        Hedge.UP_TO: "ali manj | in manj | največ",
    },
    weak="do | pod | nad | prek | preko | čez | okoli | okrog | blizu | v",  # "do konca", "okoli Kurska"
    fillers=("od | v | na | teh | vseh | samo | le | dodatnih | novih | drugih | skupaj | skupno | število | celo"),
    to="do | - do",
    ors="ali",
    between="med | od",
    ands="in | ter | do",
    but="a | ampak | vendar | in",
    plus_minus="plus minus",
    scales=by_word(_SCALES) | {"mio": 1_000_000, "mio .": 1_000_000, "mrd": 1_000_000_000, "mrd .": 1_000_000_000},
    suffixes={"mio": 1_000_000, "mio .": 1_000_000, "mrd": 1_000_000_000, "mrd .": 1_000_000_000},
    and_half="in pol",
    fractions={
        "poldrugi": (3, 2),
        "pol": (1, 2),
        "polovica": (1, 2),
        "polovico": (1, 2),
        "tretjina": (1, 3),
        "tretjino": (1, 3),
        "dve tretjini": (2, 3),
        "četrtina": (1, 4),
        "četrtino": (1, 4),
        "tri četrtine": (3, 4),
        "petina": (1, 5),
        "desetina": (1, 10),
    },
    ranks="pol",  # "pol ure"
    of="od",
    what="česa | koga",
    percent="odstotek | odstotka | odstotki | odstotke | odstotkov | odstotkih | procent | procentov",
    magnitudes=(
        "desetine | desetin | ducate | stotine | stotin | tisoče | tisoči | tisočev | milijone | milijoni | milijonov"
    ),
    several="več | nekaj | številni | številnih | mnogo | veliko | malo | peščica | peščico",
    loose=by_word({12: "ducat", 100: "stotina | stotino"}),
    unquantified=(
        "bataljon | bataljoni | bataljonov | brigada | brigado | brigade | brigad | polk | polki | "
        "polkov | divizija | divizijo | divizije | divizij | četa | čete | neznano število"
    ),
    # "več vojakov kot 300": away from its comparative, "kot" is not read.
    stops=("ne | ni | niso | brez | razen | dvakrat | trikrat | nikoli | komaj | vsak | vsaka | vsako | kot | minus"),
    stops_after="krat | - krat | m | metrov | ur",
    months=(
        "januar | januarja | februar | februarja | marec | marca | april | aprila | maj | maja | "
        "junij | junija | julij | julija | avgust | avgusta | september | septembra | oktober | "
        "oktobra | november | novembra | december | decembra"
    ),
    year_words="leta | leto | letu",
)
