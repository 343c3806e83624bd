"""Dutch."""

from apps.domain.parsing.language import Hedge, Language, paired

_CHANGES = (
    "gestegen | steeg | stegen | stijgt | gedaald | daalde | daalden | toegenomen | afgenomen | groeide | gegroeid | "
    "stijging | daling | toename"
)

DUTCH = Language(
    code="nl",
    name="Dutch",
    decimals=",",
    groups=".",
    library="nl",
    articles="een",
    before={
        Hedge.EXACT: "exact | precies | nauwkeurig",
        Hedge.ABOUT: (
            "ongeveer | circa | ca . | rond | rond de | zo ' n | naar schatting | omstreeks | "
            "om en nabij | om en bij | ruwweg | grofweg | plusminus | geschat op | in de orde van"
        ),
        Hedge.NEARLY: (
            "bijna | haast | nagenoeg | vrijwel | krap | net geen | iets minder dan | net onder | "
            "dicht bij | tegen de | vlak onder | een kleine"
        ),
        Hedge.JUST_OVER: (
            "ruim | iets meer dan | net boven | net meer dan | iets boven | goed | een dikke | een goede"
        ),
        Hedge.AT_LEAST: (
            "minstens | ten minste | tenminste | op zijn minst | minimaal | minimum | een minimum van | "
            "niet minder dan | zeker | vanaf"
        ),
        Hedge.MORE_THAN: (
            "meer dan | boven | boven de | over de | ver boven | veel meer dan | aanzienlijk meer dan | "
            "hoger dan | groter dan | overschrijdt"
        ),
        Hedge.UP_TO: (
            "tot | tot wel | maximaal | maximum | hoogstens | ten hoogste | hooguit | een maximum van | "
            "niet meer dan | tot maximaal"
        ),
        Hedge.LESS_THAN: (
            "minder dan | onder | onder de | beneden | veel minder dan | ver onder | lager dan | kleiner dan"
        ),
    },
    after={
        Hedge.ABOUT: "ongeveer | of zo | bij benadering | geschat | schatting | schattingen",
        Hedge.AT_LEAST: "of meer | en meer | of hoger | minimaal | minstens | minimum | of daarboven | plus",
        Hedge.UP_TO: "of minder | maximaal | maximum | hoogstens | hooguit | of lager",
    },
    # "tot nu toe" (so far), "onder vuur", "rond Koersk", "ruim", "zeker" (certainly)
    weak=(
        "tot | rond | over | boven | onder | tegen | goed | ruim | zeker | vanaf | krap | precies | exact | dicht | een"
    ),
    fillers=(
        "de | het | een | van | totaal | in totaal | al | slechts | maar | andere | extra | "
        "bijkomende | alle | aantal | misschien | de totaal"
    ),
    determiners="de | het | alle | andere",
    to="tot | - tot | à",
    ors="of | - of | dan wel",
    between="tussen | tussen de",
    ands="en | en de | tot",
    but="maar | en | doch",
    plus_minus="plus of min | plus minus",
    scales={
        "honderd": 100,
        "duizend": 1_000,
        "miljoen": 1_000_000,
        "miljard": 1_000_000_000,
        "biljoen": 1_000_000_000_000,  # a million millions, unlike the English word
        "mln": 1_000_000,
        "mld": 1_000_000_000,
        "dozijn": 12,
    },
    suffixes={"k": 1_000},
    and_half="en een half | en een halve",
    fractions={
        "anderhalf": (3, 2),
        "anderhalve": (3, 2),
        **{
            f"{numerator}{joined}": (2 * whole + 1, 2)
            for whole, numerator in enumerate("een twee drie vier vijf zes zeven acht negen".split(), 1)
            for joined in ("ënhalf", "ëneenhalf", "enhalf", "eneenhalf", "ënhalve", "eneenhalve", "ëneenhalve")
        },
        "half": (1, 2),
        "halve": (1, 2),
        "een half": (1, 2),
        "een halve": (1, 2),
        "helft": (1, 2),
        "de helft": (1, 2),
        "een derde": (1, 3),
        "twee derde": (2, 3),
        "tweederde": (2, 3),
        "een kwart": (1, 4),
        "driekwart": (3, 4),
        "drie kwart": (3, 4),
        "een vijfde": (1, 5),
        "twee vijfde": (2, 5),
        "drie vijfde": (3, 5),
        "vier vijfde": (4, 5),
        "een tiende": (1, 10),
    },
    # "een half uur", "een derde soldaat"
    ranks="half | halve | een half | een halve | een derde | een vijfde | een tiende",
    of="van | van de | van het | der",
    what="wat | wie | iets",
    percent="procent | pct",
    magnitudes=(
        "tientallen | dozijnen | honderden | duizenden | tienduizenden | honderdduizenden | miljoenen | "
        "miljarden | honderdtallen | duizendtallen"
    ),
    several=(
        "enkele | meerdere | verscheidene | verschillende | een paar | een aantal | een handvol | "
        "weinig | veel | vele | talloze | ettelijke"
    ),
    loose={
        "dozijn": 12,
        "een dozijn": 12,
        "tiental": 10,
        "een tiental": 10,
        "een twintigtal": 20,
        "een dertigtal": 30,
        "een vijftigtal": 50,
        "honderdtal": 100,
        "een honderdtal": 100,
        "duizendtal": 1_000,
        "een duizendtal": 1_000,
    },
    unquantified=(
        "bataljon | bataljons | brigade | brigades | regiment | regimenten | divisie | divisies | "
        "compagnie | compagnieën | een onbekend aantal | een groot aantal"
    ),
    stops=(
        "niet | geen | nooit | nauwelijks | amper | dubbel | tweemaal | driemaal | zonder | behalve | "
        "elke | elk | ieder | iedere | noch | meer | minder | een op | één op | duizend en | honderd en | in plaats van"
    ),
    stops_after=(
        "keer | maal | uur | meter | m | meer | minder | niet | nooit | promille | procentpunt | procentpunten | na | "
        "- voudige | - voudig | gestegen | gedaald | toegenomen | afgenomen"
    ),
    unclear=f"{_CHANGES} | {paired(_CHANGES, 'met | van | naar')}",
    months=(
        "januari | februari | maart | april | mei | juni | juli | augustus | september | oktober | november | december"
    ),
    year_words="tot | voor | na | vanaf | in | sinds | jaar | begin | medio | eind | lente | zomer | herfst | winter",
)
