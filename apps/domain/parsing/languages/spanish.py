"""Spanish. Spain writes 3.000 and 3,5, much of America 3,000 and 3.5: "3.5" is read, "3,000" is refused."""

from apps.domain.parsing.language import Hedge, Language, paired, split

_CHANGES = (
    "aumentó | aumentaron | aumentado | subió | subieron | bajó | bajaron | cayó | cayeron | creció | crecieron | "
    "disminuyó | disminuyeron | redujo | pasó | pasaron | aumento | subida | caída | descenso | reducción | incremento"
)


def _unaccented(words: str) -> str:
    """The same phrases, and "más" also without its accent."""
    return " | ".join((words, *(phrase.replace("más", "mas") for phrase in split(words) if "más" in phrase)))


SPANISH = Language(
    code="es",
    name="Spanish",
    decimals=",.",
    groups=".",
    library="es",
    no_numbers="unos | unas | tercer | primer | primero | segundo | tercero",
    spellings={
        "veintiún": "veintiuno",
        "veintidos": "veintidós",
        "veintitres": "veintitrés",
        "veintiseis": "veintiséis",
    },
    joiners="y",
    articles="un | una",
    before={
        Hedge.EXACT: _unaccented("exactamente | precisamente | justamente | ni más ni menos que"),
        Hedge.ABOUT: _unaccented(
            "alrededor de | unos | unas | cerca de | aproximadamente | aprox | aprox . | en torno a | "
            "más o menos | estimado en | estimados en | estimada en | estimadas en | un estimado de | "
            "una estimación de | del orden de | en el orden de | algo así como | poco más o menos | "
            "circa | ronda | rondan | rondando | rondaría | rondarían | rondaba | rondaban | a eso de"
        ),
        Hedge.NEARLY: (
            "casi | cuasi | algo menos de | un poco menos de | poco menos de | ligeramente menos de | "
            "justo por debajo de | ligeramente por debajo de | próximo a | próximos a | cercano a | "
            "cercanos a | rozando | roza | rozan | se acerca a | se acercan a | acercándose a"
        ),
        Hedge.JUST_OVER: _unaccented(
            "algo más de | un poco más de | poco más de | apenas más de | ligeramente más de | "
            "justo por encima de | ligeramente por encima de | apenas por encima de | "
            "ligeramente superior a"
        ),
        Hedge.AT_LEAST: (
            "al menos | por lo menos | como mínimo | mínimo | un mínimo de | no menos de | "
            "cuando menos | cuanto menos | a partir de"
        ),
        Hedge.MORE_THAN: _unaccented(
            "más de | más que | mucho más de | bastante más de | muchos más de | por encima de | "
            "muy por encima de | superior a | superiores a | supera | superan | superó | superaron | "
            "superado | superada | superando | superaba | superaban | superaría | superarían | excede | "
            "exceden | excediendo | sobrepasa | sobrepasan | sobrepasó | arriba de | por arriba de | rebasa | "
            "rebasan | mayor a | "
            "mayor que"
        ),
        Hedge.UP_TO: _unaccented(
            "hasta | como máximo | máximo | un máximo de | no más de | a lo sumo | a lo más | "
            "cuando mucho | como mucho | no superior a"
        ),
        Hedge.LESS_THAN: (
            "menos de | menos que | mucho menos de | por debajo de | debajo de | por abajo de | abajo de | "
            "muy por debajo de | inferior a | "
            "inferiores a | menor a | no llega a | no llegan a"
        ),
    },
    after={
        Hedge.ABOUT: _unaccented(
            "aproximadamente | aprox | aprox . | más o menos | o así | estimado | estimados | estimada | "
            "estimadas | estimación | "
            "estimaciones"
        ),
        Hedge.AT_LEAST: _unaccented(
            "o más | y más | al menos | por lo menos | como mínimo | mínimo | cuando menos | en adelante | o superior"
        ),
        Hedge.MORE_THAN: "y pico | y tantos",
        Hedge.UP_TO: "o menos | como máximo | máximo | a lo sumo | cuando mucho | como mucho",
    },
    # "hasta ahora" (so far), "cerca de Kursk", "unos soldados"
    weak=("hasta | cerca | alrededor | unos | unas | máximo | mínimo | a | próximo | próximos | cercano | cercanos"),
    fillers=(
        "el | la | los | las | un | una | de | del | al | a | en | otros | otras | total | en total | "
        "un total de | adicionales | solo | sólo | solamente | número | cifra | todos | todas | quizá | "
        "quizás | tal vez | incluso"
    ),
    determiners="el | la | los | las | del | al | todos | todas",
    to="a | al | hasta",
    ors="o | u | ó",
    between="entre | de entre",
    ands="y | e | y los | y las | a",
    but="pero | y | aunque",
    plus_minus="más o menos | más menos | más / menos",
    scales={
        "cientos": 100,
        "centenar": 100,
        "centenares": 100,
        "mil": 1_000,
        "miles": 1_000,
        "de miles": 1_000,  # "una decena de miles"
        "millar": 1_000,
        "millares": 1_000,
        "millón": 1_000_000,
        "millones": 1_000_000,
        "de millones": 1_000_000,
        "millardo": 1_000_000_000,
        "millardos": 1_000_000_000,
        "billón": 1_000_000_000_000,  # a million millions
        "billones": 1_000_000_000_000,
        "docena": 12,
        "docenas": 12,
    },
    suffixes={"k": 1_000, "m": 1_000_000},
    and_half="y medio | y media",
    fractions={
        "medio": (1, 2),
        "media": (1, 2),
        "mitad": (1, 2),
        "la mitad": (1, 2),
        "un tercio": (1, 3),
        "dos tercios": (2, 3),
        "la tercera parte": (1, 3),
        "un cuarto": (1, 4),
        "tres cuartos": (3, 4),
        "la cuarta parte": (1, 4),
        **{
            f"{article}{numerator} {name} partes": (parts, whole)
            for whole, name in enumerate("terceras cuartas quintas sextas séptimas octavas novenas décimas".split(), 3)
            for parts, numerator in enumerate("dos tres cuatro cinco seis siete ocho nueve".split()[: whole - 2], 2)
            for article in ("", "las ")
        },
        "un quinto": (1, 5),
        "dos quintos": (2, 5),
        "tres quintos": (3, 5),
        "cuatro quintos": (4, 5),
        "la quinta parte": (1, 5),
        "un sexto": (1, 6),
        "un octavo": (1, 8),
        "un décimo": (1, 10),
        "la décima parte": (1, 10),
    },
    # "media hora", "un cuarto batallón"
    ranks="medio | media | un cuarto | un quinto | un sexto | un octavo | un décimo",
    of="de | del | de los | de las | de la",
    what="qué | que | quién | quien | algo",
    percent="por ciento | porciento | por cien",
    magnitudes=("decenas | docenas | veintenas | cientos | centenares | miles | millares | millones | billones"),
    several=(
        "varios | varias | unos pocos | unas pocas | unos cuantos | unas cuantas | algunos | algunas | "
        "muchos | muchas | pocos | pocas | numerosos | numerosas | un puñado de | un puñado | "
        "innumerables | múltiples"
    ),
    loose={
        "centenar": 100,
        "un centenar": 100,
        "millar": 1_000,
        "un millar": 1_000,
        "decena": 10,
        "una decena": 10,
        "docena": 12,
        "una docena": 12,
        "quincena": 15,
        "una quincena": 15,
        "veintena": 20,
        "una veintena": 20,
        "treintena": 30,
        "una treintena": 30,
        "cuarentena": 40,
        "una cuarentena": 40,
        "cincuentena": 50,
        "una cincuentena": 50,
        "par de": 2,
        "un par": 2,
        "un par de": 2,
    },
    unquantified=(
        "batallón | batallones | brigada | brigadas | regimiento | regimientos | división | "
        "divisiones | compañía | compañías | un número desconocido | un gran número | "
        "un número indeterminado | grandes cantidades"
    ),
    # "más soldados que 3.000": "más" and "menos" away from their "de" are not read.
    stops=(
        "no | nunca | ni | sin | jamás | tampoco | doble | triple | dos veces | excepto | salvo | "
        "apenas | cada | ningún | ninguno | ninguna | más | mas | menos | en lugar de | en vez de | uno de cada"
    ),
    stops_after=(
        "veces | m | metros | horas | más | mas | menos | de más | de menos | no | nunca | jamás | puntos | "
        "por mil | . ª | . º | "
        ". er | ª | º"
    ),
    unclear="bajo | bajo los | bajo las | sobre | sobre los | sobre las | "
    + f"{_CHANGES} | {paired(_CHANGES, 'en | de | un | en un | a')}",
    months=(
        "enero | febrero | marzo | abril | mayo | junio | julio | agosto | septiembre | setiembre | "
        "octubre | noviembre | diciembre | ene . | feb . | mar . | abr . | jun . | jul . | ago . | "
        "sept . | oct . | nov . | dic ."
    ),
    year_words=(
        "hasta | en | desde | año | años | principios | mediados | finales | primavera | verano | otoño | invierno"
    ),
)
