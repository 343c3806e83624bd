"""French."""

from apps.domain.parsing.language import Hedge, Language, paired

_ORDINALS = {"cinquième": 5, "sixième": 6, "septième": 7, "huitième": 8, "neuvième": 9, "dixième": 10}
_NUMERATORS = "un deux trois quatre cinq six sept huit neuf".split()
#: About so many: "une centaine". The article may be another one or none.
_LOOSE = {
    "dizaine": 10,
    "douzaine": 12,
    "quinzaine": 15,
    "vingtaine": 20,
    "trentaine": 30,
    "quarantaine": 40,
    "cinquantaine": 50,
    "soixantaine": 60,
    "centaine": 100,
}

_CHANGES = (
    "augmenté | augmentée | augmentés | augmente | augmentent | augmentation | hausse | baisse | baissé | diminué | "
    "diminue | diminution | recul | recule | reculé | chute | chuté | progressé | progresse | progression | accru | "
    "réduit | réduction | passé | passée | passés | passées | passe | passent | monté | grimpé | tombé"
)

FRENCH = Language(
    code="fr",
    name="French",
    decimals=",",
    groups=".",
    library="fr",
    joiners="et",
    articles="un | une",
    before={
        Hedge.EXACT: "exactement | précisément | très exactement",
        Hedge.ABOUT: (
            "environ | env | env . | quelque | autour de | autour d ' | aux alentours de | "
            "aux alentours d ' | aux alentours des | aux environs de | à peu près | approximativement | "
            "approx . | de l ' ordre de | de l ' ordre d ' | plus ou moins | peu ou prou | "
            "grosso modo | estimé à | estimée à | estimés à | estimées à | évalué à | évaluée à | "
            "évalués à | évaluées à | une estimation de | circa | avoisine | avoisinent | avoisinant | "
            "avoisinerait"
        ),
        Hedge.NEARLY: (
            "près de | près d ' | presque | quasiment | quasi | pas loin de | pas loin d ' | "
            "non loin de | un peu moins de | un peu moins d ' | légèrement moins de | "
            "juste en dessous de | approche | approchent | approchant | frôle | frôlent | "
            "frôlant | à deux doigts de"
        ),
        Hedge.JUST_OVER: (
            "un peu plus de | un peu plus d ' | à peine plus de | à peine plus d ' | guère plus de | "
            "légèrement plus de | juste au - dessus de | légèrement supérieur à"
        ),
        Hedge.AT_LEAST: (
            "au moins | au minimum | minimum | un minimum de | a minima | pas moins de | "
            "pas moins d ' | tout au moins | à tout le moins | au bas mot | à partir de"
        ),
        Hedge.MORE_THAN: (
            "plus de | plus d ' | bien plus de | bien plus d ' | beaucoup plus de | largement plus de | "
            "nettement plus de | au - dessus de | au - delà de | au dessus de | au delà de | "
            "supérieur à | supérieure à | supérieurs à | dépasse | dépassent | dépassant | dépassé | "
            "dépasser | dépasserait | dépassait | au - delà des | au - dessus des | au dessus des | "
            "au delà des | supérieur aux | franchit les | franchi les | franchissent les | franchit la barre des | "
            "franchi la barre des | passe les | passé les | passent les | passé la barre des | passe la barre des | "
            "excède | excèdent | excédant"
        ),
        Hedge.UP_TO: (
            "jusqu ' à | jusqu ' aux | au plus | tout au plus | au maximum | maximum | max . | "
            "un maximum de | au grand maximum | pas plus de | pas plus d ' | ne dépassant pas | "
            "ne dépasse pas | n ' excédant pas"
        ),
        Hedge.LESS_THAN: (
            "moins de | moins d ' | bien moins de | bien moins d ' | beaucoup moins de | "
            "nettement moins de | en dessous de | au - dessous de | en dessous des | au - dessous des | "
            "sous la barre des | sous la barre de | sous le seuil des | sous le seuil de | inférieur à | "
            "inférieure à | "
            "inférieurs à"
        ),
    },
    after={
        Hedge.ABOUT: (
            "environ | à peu près | approximativement | plus ou moins | estimé | estimée | estimés | estimées | "
            "estimation | estimations"
        ),
        Hedge.AT_LEAST: (
            "ou plus | et plus | ou davantage | au moins | au minimum | minimum | au bas mot | et au - delà"
        ),
        Hedge.MORE_THAN: "et quelques",
        Hedge.UP_TO: "ou moins | au plus | tout au plus | au maximum | maximum | au grand maximum",
    },
    # "près de Koursk", "jusqu'à présent" (so far), "dans les combats", "sous le feu"
    weak="près | jusqu | sous | autour | à | quelque | environ | aux | non | max",
    fillers=(
        "le | la | les | l ' | un | une | de | d ' | du | des | total | un total de | au total | "
        "en tout | déjà | seulement | autres | quelque | à | chiffre | nombre | soit | peut - être | "
        "même | cap des | barre des | seuil des"
    ),
    determiners="le | la | les | l ' | du | des | autres",
    to="à | jusqu ' à",
    ors="ou | voire",
    between="entre | comprise entre | compris entre",
    ands="et | et les | à",
    but="mais | et",
    plus_minus="plus ou moins | à plus ou moins",
    scales={
        "cent": 100,
        "cents": 100,
        "mille": 1_000,
        "millier": 1_000,
        "milliers": 1_000,
        "de milliers": 1_000,  # "une dizaine de milliers"
        "million": 1_000_000,
        "millions": 1_000_000,
        "de millions": 1_000_000,
        "milliard": 1_000_000_000,
        "milliards": 1_000_000_000,
        "de milliards": 1_000_000_000,
        "md": 1_000_000_000,
        "mds": 1_000_000_000,
        "billion": 1_000_000_000_000,  # a million millions, unlike the English word
        "billions": 1_000_000_000_000,
        "douzaine": 12,
        "douzaines": 12,
    },
    suffixes={"k": 1_000, "m": 1_000_000},
    and_half="et demi | et demie",
    fractions={
        **{
            (f"{numerator} {name}" if parts == 1 else f"{numerator} {name}s"): (parts, whole)
            for name, whole in _ORDINALS.items()
            for parts, numerator in enumerate(_NUMERATORS[: whole - 1], start=1)
        },
        "demi": (1, 2),
        "un demi": (1, 2),
        "moitié": (1, 2),
        "la moitié": (1, 2),
        "un tiers": (1, 3),
        "le tiers": (1, 3),
        "deux tiers": (2, 3),
        "les deux tiers": (2, 3),
        "un quart": (1, 4),
        "le quart": (1, 4),
        "trois quarts": (3, 4),
        "les trois quarts": (3, 4),
    },
    ranks=" | ".join(("demi", "un demi", *(f"un {name}" for name in _ORDINALS))),  # "un cinquième bataillon"
    of="de | d ' | du | des | de la | de l '",
    what="quoi | qui | quelque chose",
    percent="pour cent | pourcent | p . cent",
    magnitudes="dizaines | douzaines | vingtaines | centaines | milliers | millions | milliards | billions",
    several=(
        "quelques | plusieurs | une poignée de | une poignée d ' | une poignée | de nombreux | "
        "de nombreuses | nombreux | nombreuses | beaucoup de | peu de | d ' innombrables"
    ),
    loose={
        **{f"{article}{name}": value for name, value in _LOOSE.items() for article in ("", "une ", "la ")},
        "millier": 1_000,
        "un millier": 1_000,
        "le millier": 1_000,
    },
    unquantified=(
        "bataillon | bataillons | brigade | brigades | régiment | régiments | division | divisions | "
        "compagnie | compagnies | un nombre inconnu | un grand nombre | un certain nombre | "
        "un nombre indéterminé"
    ),
    # "plus de soldats que 3 000": "plus" and "moins" away from their "de" are not read.
    stops=" | ".join(
        (
            "un sur | une sur",
            *(
                f"sur {number}"
                for number in (*"deux trois quatre cinq six sept huit neuf dix cent mille".split(), *range(2, 11))
            ),
            "pas | aucun | aucune | jamais | sans | ni | sauf | excepté | double | triple | à peine | "
            "chaque | plus | moins | deux fois | trois fois | au lieu de",
        )
    ),
    stops_after=(
        "fois | m | h | mètres | heures | plus | moins | de plus | de moins | pas | non | jamais | points | pour mille"
    ),
    unclear="dans les | dans ces | sous | sous les | aux | près des | autour des | "
    + paired(_CHANGES, "de | d ' | du | des"),
    # "vingt-et-unième", "cent troisième"
    ordinals=" | ".join(
        f"{joined}{word}"
        for joined in ("", "- ", "et ", "- et - ")
        for word in ("unième", "deuxième", "troisième", "quatrième", *_ORDINALS)
    ),
    months=(
        "janvier | février | mars | avril | mai | juin | juillet | août | septembre | octobre | "
        "novembre | décembre | janv . | févr . | avr . | juil . | sept . | oct . | nov . | déc ."
    ),
    year_words="à | avant | après | en | depuis | an | année | début | mi | fin | printemps | été | automne | hiver",
)
