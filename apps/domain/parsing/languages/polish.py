"""Polish. Numbers stand in every case: "dwa tysiące", "ponad dwóch tysięcy"."""

from apps.domain.parsing.language import Hedge, Language, by_word

_NUMBERS = {
    0: "zero",
    1: "jeden | jedna | jedno | jednego | jednej | jedną",
    2: "dwa | dwie | dwaj | dwóch | dwu | dwom | dwoma | dwiema | dwoje",
    3: "trzy | trzech | trzej | trzem | trzema | troje",
    4: "cztery | czterech | czterej | czterem | czterema",
    5: "pięć | pięciu | pięcioma",
    6: "sześć | sześciu | sześcioma",
    7: "siedem | siedmiu | siedmioma",
    8: "osiem | ośmiu | ośmioma",
    9: "dziewięć | dziewięciu | dziewięcioma",
    10: "dziesięć | dziesięciu | dziesięcioma",
    11: "jedenaście | jedenastu",
    12: "dwanaście | dwunastu",
    13: "trzynaście | trzynastu",
    14: "czternaście | czternastu",
    15: "piętnaście | piętnastu",
    16: "szesnaście | szesnastu",
    17: "siedemnaście | siedemnastu",
    18: "osiemnaście | osiemnastu",
    19: "dziewiętnaście | dziewiętnastu",
    20: "dwadzieścia | dwudziestu",
    30: "trzydzieści | trzydziestu",
    40: "czterdzieści | czterdziestu",
    50: "pięćdziesiąt | pięćdziesięciu",
    60: "sześćdziesiąt | sześćdziesięciu",
    70: "siedemdziesiąt | siedemdziesięciu",
    80: "osiemdziesiąt | osiemdziesięciu",
    90: "dziewięćdziesiąt | dziewięćdziesięciu",
    100: "sto | stu",
    200: "dwieście | dwustu",
    300: "trzysta | trzystu",
    400: "czterysta | czterystu",
    500: "pięćset | pięciuset",
    600: "sześćset | sześciuset",
    700: "siedemset | siedmiuset",
    800: "osiemset | ośmiuset",
    900: "dziewięćset | dziewięciuset",
}
_SCALES = {
    10: "dziesiątek | dziesiątki",
    12: "tuzin | tuzina | tuziny | tuzinów",
    100: "setka | setkę | setki | setek",
    1_000: "tysiąc | tysiąca | tysiące | tysięcy | tysiącom | tysiącami | tysiącach",
    1_000_000: "milion | miliona | miliony | milionów | milionom | milionami",
    1_000_000_000: "miliard | miliarda | miliardy | miliardów | miliardami",
    1_000_000_000_000: "bilion | biliona | biliony | bilionów",  # a million millions, unlike the English word
}
#: No numbers by themselves.
_OF_SO_MANY = {1_000: "tysięczny | tysięczna | tysięczną | tysięcznego | tysięcznej"}  # "12-tysięczny kontyngent"
_SHORT = {1_000: "tys | tys .", 1_000_000: "mln | mln .", 1_000_000_000: "mld | mld ."}

POLISH = Language(
    code="pl",
    name="Polish",
    decimals=",",
    groups=".",
    is_dash_range=True,
    numbers=by_word(_NUMBERS),
    multipliers=(),
    before={
        Hedge.EXACT: "dokładnie | równo | ściśle",
        Hedge.ABOUT: (
            "około | ok | ok . | mniej więcej | w przybliżeniu | blisko około | z grubsza | "
            "szacunkowo | jakieś | koło | w okolicach | rzędu | plus minus"
        ),
        Hedge.NEARLY: (
            "prawie | niemal | niemalże | blisko | bez mała | nieco mniej niż | niewiele mniej niż | "
            "nieco poniżej | trochę mniej niż"
        ),
        Hedge.JUST_OVER: (
            "nieco ponad | niewiele ponad | tuż ponad | nieco więcej niż | niewiele więcej niż | "
            "trochę ponad | trochę więcej niż"
        ),
        Hedge.AT_LEAST: "co najmniej | przynajmniej | minimum | nie mniej niż | nie mniej jak | najmniej",
        Hedge.MORE_THAN: (
            "ponad | powyżej | więcej niż | znacznie ponad | znacznie więcej niż | o wiele więcej niż | "
            "przeszło | przekracza | przekroczyła | przekroczył | przekroczyło"
        ),
        Hedge.UP_TO: ("do | aż do | maksymalnie | maksimum | najwyżej | co najwyżej | nie więcej niż | nie ponad"),
        Hedge.LESS_THAN: "mniej niż | poniżej | znacznie mniej niż | o wiele mniej niż | niespełna",
    },
    after={
        Hedge.ABOUT: "mniej więcej | w przybliżeniu",
        Hedge.AT_LEAST: "lub więcej | albo więcej | i więcej | minimum | co najmniej",
        Hedge.MORE_THAN: "z okładem | z górą",
        Hedge.UP_TO: "lub mniej | albo mniej | maksymalnie | maksimum | co najwyżej",
    },
    weak="do | koło | blisko | w | powyżej | poniżej | dokładnie | rzędu",  # "do wojny", "blisko granicy"
    fillers=(
        "z | w | na | tych | wszystkich | tylko | dodatkowych | nowych | innych | łącznie | razem | liczba | liczby"
    ),
    to="do | - do",
    ors="lub | albo | czy",
    between="od | między | pomiędzy",
    ands="a | i | do",
    but="ale | lecz | i | a",
    plus_minus="plus minus",
    scales=by_word(_SCALES) | by_word(_SHORT),
    suffixes=by_word(_SHORT) | by_word(_OF_SO_MANY),
    and_half="i pół | z połową",
    fractions={
        "półtora": (3, 2),
        "półtorej": (3, 2),
        "pół": (1, 2),
        "połowa": (1, 2),
        "połowę": (1, 2),
        "połowy": (1, 2),
        "jedna trzecia": (1, 3),
        "jedną trzecią": (1, 3),
        "jednej trzeciej": (1, 3),
        "dwie trzecie": (2, 3),
        "dwóch trzecich": (2, 3),
        "ćwierć": (1, 4),
        "jedna czwarta": (1, 4),
        "jedną czwartą": (1, 4),
        "trzy czwarte": (3, 4),
        "jedna piąta": (1, 5),
        "jedna dziesiąta": (1, 10),
    },
    ranks="pół | ćwierć",  # "pół roku"
    of="z | ze | od",
    what="czego | kogo",
    percent="procent | procenta | proc | proc .",
    magnitudes=(
        "dziesiątki | dziesiątek | dziesiątkami | setki | setek | setkami | kilkaset | kilkuset | "
        "kilkadziesiąt | kilkudziesięciu | tysiące | tysięcy | tysiącami | tysiącach | miliony | "
        "milionów | milionami | miliardy | miliardów"
    ),
    several=(
        "kilka | kilku | kilkoma | kilkanaście | kilkunastu | parę | paru | wiele | wielu | niewiele | "
        "niewielu | liczne | licznych | garstka"
    ),
    loose=by_word({12: "tuzin | tuzina", 100: "setka | setkę"}),
    unquantified=(
        "batalion | bataliony | batalionów | brygada | brygadę | brygady | brygad | pułk | pułku | "
        "pułki | pułków | dywizja | dywizję | dywizje | dywizji | kompania | kompanię | kompanie | "
        "kompanii | nieznana liczba | duża liczba"
    ),
    stops=(
        "nie | ani | bez | oprócz | prócz | dwukrotnie | trzykrotnie | dwa razy | nigdy | zaledwie | "
        "ledwie | minus | każdy | każda | każde | więcej | mniej"
    ),
    stops_after="razy | raz | m | metrów | godzin",
    months=(
        "styczeń | stycznia | luty | lutego | marzec | marca | kwiecień | kwietnia | maj | maja | "
        "czerwiec | czerwca | lipiec | lipca | sierpień | sierpnia | wrzesień | września | "
        "październik | października | listopad | listopada | grudzień | grudnia"
    ),
    years="rok | roku | r .",
)
