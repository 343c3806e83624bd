"""German."""

from apps.domain.parsing.language import Hedge, Language, paired

_NUMERATORS = "ein zwei drei vier fünf sechs sieben acht neun".split()
_PARTS = {
    "drittel": 3,
    "viertel": 4,
    "fünftel": 5,
    "sechstel": 6,
    "siebtel": 7,
    "achtel": 8,
    "neuntel": 9,
    "zehntel": 10,
}
_HALVES = (
    "halb | halbe | halben | halber | halbes | eine halbe | einer halben | ein halbes | einem halben | einen halben"
)

_CHANGES = (
    "stieg | stiegen | gestiegen | steigt | sank | sanken | gesunken | wuchs | gewachsen | fiel | fielen | gefallen | "
    "anstieg | rückgang | zunahme | abnahme"
)

GERMAN = Language(
    code="de",
    name="German",
    decimals=",",
    groups=".",
    library="de",
    articles="ein | eine | einem | einen | einer | eines",
    before={
        Hedge.EXACT: "genau | exakt | punktgenau | präzise",
        Hedge.ABOUT: (
            "etwa | rund | circa | ca | ca . | zirka | ungefähr | schätzungsweise | geschätzt | "
            "geschätzte | geschätzten | grob | in etwa | um die | an die | so um die | gegen | "
            "mehr oder weniger | in der größenordnung von | größenordnungsmäßig | approximativ | "
            "plus minus"
        ),
        Hedge.NEARLY: (
            "knapp | fast | beinahe | beinah | nahezu | annähernd | nicht ganz | kurz vor | "
            "etwas weniger als | ein wenig weniger als | etwas unter | knapp unter | "
            "knapp unterhalb von | leicht unter | dicht an"
        ),
        Hedge.JUST_OVER: (
            "gut | etwas über | etwas mehr als | knapp über | leicht über | kaum mehr als | "
            "wenig mehr als | nur wenig mehr als | ein wenig mehr als | ein bisschen mehr als | "
            "geringfügig mehr als | reichlich"
        ),
        Hedge.AT_LEAST: (
            "mindestens | wenigstens | zumindest | allermindestens | minimum | ein minimum von | "
            "nicht weniger als | nicht unter | ab"
        ),
        Hedge.MORE_THAN: (
            "mehr als | über | weit über | deutlich über | weit mehr als | deutlich mehr als | "
            "viel mehr als | wesentlich mehr als | erheblich mehr als | oberhalb von | jenseits von | "
            "jenseits der | höher als | größer als | überschreitet | überschritt | übersteigt | "
            "überstieg"
        ),
        Hedge.UP_TO: (
            "bis zu | bis | höchstens | allerhöchstens | maximal | maximum | ein maximum von | max . | "
            "nicht mehr als | nicht über"
        ),
        Hedge.LESS_THAN: (
            "weniger als | unter | weit unter | deutlich unter | weit weniger als | "
            "deutlich weniger als | viel weniger als | wesentlich weniger als | unterhalb von | "
            "geringer als | niedriger als | kleiner als"
        ),
    },
    after={
        # "etwa" behind a number mostly means "for instance".
        Hedge.ABOUT: (
            "oder so | ungefähr | schätzungsweise | mehr oder weniger | in etwa | circa | geschätzt | geschätzte | "
            "schätzung | schätzungen"
        ),
        Hedge.AT_LEAST: (
            "oder mehr | und mehr | mindestens | wenigstens | oder darüber | und darüber | aufwärts | "
            "und aufwärts | oder höher | minimum | plus"
        ),
        Hedge.MORE_THAN: "überschritten | überschritt | überschreitet | übersteigt | überstieg | überstiegen",
        Hedge.UP_TO: ("oder weniger | und weniger | höchstens | maximal | maximum | oder darunter | und darunter"),
    },
    weak=(
        "über | unter | an | ab | bis | gegen | gut | fast | rund | genau | grob | oberhalb | "
        "unterhalb | jenseits | kurz | dicht"
    ),
    fillers=(
        "der | die | das | den | dem | des | ein | eine | einem | einen | einer | von | vom | auf | "
        "bei | zu | insgesamt | gesamt | weitere | weiteren | weiterer | zusätzliche | zusätzlichen | "
        "bereits | schon | nur | vielleicht | alle | allen | aller | zahl | anzahl | zahl von | wohl | "
        "sogar | angeblich | mutmaßlich"
    ),
    determiners="der | die | das | den | dem | des | auf | alle | allen | aller",
    # "zwei- bis dreitausend" leaves a dash behind the first number.
    to="bis | - bis | bis zu | - bis zu | bis hin zu",
    ors="oder | - oder | beziehungsweise | bzw .",
    between="zwischen | irgendwo zwischen",
    ands="und | und den | bis",
    but="aber | und | jedoch | doch",
    plus_minus="plus minus | plus / minus | plus oder minus",
    scales={
        "hundert": 100,
        "hunderte": 100,
        "tausend": 1_000,
        "tausende": 1_000,
        "million": 1_000_000,
        "millionen": 1_000_000,
        "milliarde": 1_000_000_000,
        "milliarden": 1_000_000_000,
        "billion": 1_000_000_000_000,  # a million millions, unlike the English word
        "billionen": 1_000_000_000_000,
        "dutzend": 12,
        "tsd": 1_000,
        "tsd .": 1_000,
        "tds .": 1_000,
        "mio": 1_000_000,
        "mio .": 1_000_000,
        "mill .": 1_000_000,
        "mrd": 1_000_000_000,
        "mrd .": 1_000_000_000,
    },
    suffixes={"k": 1_000},
    and_half="und eine halbe | und ein halb | und einhalb",
    fractions={
        **{
            f"{numerator} {name}": (parts, whole)
            for name, whole in _PARTS.items()
            for parts, numerator in enumerate(_NUMERATORS[: whole - 1], start=1)
        },
        # "anderthalb Millionen", "zweieinhalb Millionen"
        "anderthalb": (3, 2),
        "anderthalbe": (3, 2),
        **{f"{numerator}einhalb": (2 * whole + 1, 2) for whole, numerator in enumerate(_NUMERATORS, start=1)},
        "drittel": (1, 3),
        "viertel": (1, 4),
        "dreiviertel": (3, 4),
        "hälfte": (1, 2),
        "die hälfte": (1, 2),
        "der hälfte": (1, 2),
        **dict.fromkeys(_HALVES.split(" | "), (1, 2)),
    },
    ranks=_HALVES,  # "eine halbe Stunde"
    of="der | des | von | vom | aller | davon",
    what="was | wem | wovon | etwas",
    percent="prozent | v . h . | vom hundert",
    magnitudes=(
        "dutzende | dutzenden | hunderte | hunderten | hunderter | tausende | tausenden | tausender | "
        "zehntausende | zehntausenden | zehntausender | hunderttausende | hunderttausenden | "
        "hunderttausender | millionen | milliarden | billionen | zigtausend | zigtausende | "
        "zigtausenden | abertausende | abertausenden | tausende und abertausende | "
        "hunderte und aberhunderte"
    ),
    several=(
        "mehrere | mehreren | mehrerer | einige | einigen | einiger | etliche | etlichen | ein paar | "
        "wenige | wenigen | eine handvoll | einer handvoll | viele | vielen | zahlreiche | "
        "zahlreichen | unzählige | eine reihe von | diverse"
    ),
    loose={"dutzend": 12, "ein dutzend": 12, "einem dutzend": 12},
    unquantified=(
        "bataillon | bataillone | bataillonen | brigade | brigaden | regiment | regimenter | "
        "regimentern | division | divisionen | kompanie | kompanien | eine unbekannte zahl | "
        "eine unbekannte anzahl | eine große zahl | eine große anzahl | eine anzahl"
    ),
    # "mehr Soldaten als 3000": "mehr" and "weniger" away from their "als" are not read.
    stops=(
        "nicht | kein | keine | keinen | keiner | keinem | nie | niemals | kaum | doppelt | doppelte | "
        "dreifach | dreifache | zweimal | dreimal | ohne | außer | je | jede | jeder | jedes | "
        "jeweils | weder | minus | mehr | weniger | statt | von bisher | "
        "einer von | eine von | eines von | einem von"
    ),
    # "die 30. Brigade" is the thirtieth.
    stops_after=(
        ". armee | . brigade | . division | . korps | . regiment | . bataillon | "
        "mal | - mal | fach | - fach | facher | uhr | meter | kilometer | m | - fache | - faches | - fachen | "
        "- facher | "
        "mehr | weniger | nicht | nie | niemals | promille | prozentpunkt | prozentpunkte | prozentpunkten | falsch | "
        "zu viel | zu wenig"
    ),
    unclear="um | " + paired(_CHANGES, "um | auf | von"),
    months=(
        "januar | jänner | februar | märz | april | mai | juni | juli | august | september | oktober | "
        "november | dezember | jan . | feb . | apr . | aug . | sep . | sept . | okt . | nov . | dez ."
    ),
    year_words=(
        "bis | vor | nach | ab | in | seit | jahr | jahre | jahres | jahren | anfang | mitte | ende | frühjahr | "
        "sommer | herbst | winter"
    ),
)
