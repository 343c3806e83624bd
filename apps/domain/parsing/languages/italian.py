"""Italian."""

from apps.domain.parsing.language import Hedge, Language, paired

#: About so many: "un centinaio".
_LOOSE = {
    "una decina": 10,
    "una dozzina": 12,
    "una quindicina": 15,
    "una ventina": 20,
    "una trentina": 30,
    "una quarantina": 40,
    "una cinquantina": 50,
    "un centinaio": 100,
    "un migliaio": 1_000,
}

_CHANGES = (
    "aumentato | aumentata | aumentati | aumentate | cresciuto | cresciuta | cresciuti | cresciute | "
    "salito | salita | saliti | salite | calato | calati | sceso | scesa | scesi | diminuito | "
    "diminuiti | ridotto | ridotti | passato | passati | passata | aumento | calo | crescita | "
    "diminuzione | riduzione | rialzo | incremento"
)

ITALIAN = Language(
    code="it",
    name="Italian",
    decimals=",",
    groups=".",
    library="it",
    articles="un | uno | una | un '",
    before={
        Hedge.EXACT: "esattamente | precisamente",
        Hedge.ABOUT: (
            "circa | ca . | all ' incirca | intorno a | intorno ai | attorno a | attorno ai | "
            "approssimativamente | più o meno | pressappoco | suppergiù | grosso modo | "
            "nell ' ordine di | dell ' ordine di | stimati in | stimato in | si aggira intorno ai"
        ),
        Hedge.NEARLY: (
            "quasi | poco meno di | poco meno che | appena sotto | appena meno di | "
            "leggermente meno di | vicino a | vicino ai | prossimo a | prossimo ai | sfiora i | "
            "sfiora | sfiorano i | sfiorano | sfiorato i | sfiorati i"
        ),
        Hedge.JUST_OVER: (
            "poco più di | poco più che | appena più di | appena sopra | leggermente più di | "
            "poco sopra | poco oltre | appena oltre"
        ),
        Hedge.AT_LEAST: (
            "almeno | come minimo | minimo | un minimo di | non meno di | perlomeno | quanto meno | "
            "quantomeno | a partire da"
        ),
        Hedge.MORE_THAN: (
            "più di | più che | oltre | ben oltre | ben più di | molto più di | al di sopra di | "
            "al di là di | superiore a | superiore ai | superiori a | supera | superano | superato | "
            "superati | superata | superando | supera i | sopra i | sopra quota | sopra | maggiore di"
        ),
        Hedge.UP_TO: (
            "fino a | fino ai | fino al | fino alle | fino ad | al massimo | al più | tutt ' al più | "
            "massimo | un massimo di | non più di | non oltre | sino a"
        ),
        Hedge.LESS_THAN: (
            "meno di | ben meno di | molto meno di | sotto | sotto i | al di sotto di | "
            "al di sotto dei | inferiore a | inferiore ai | inferiori a"
        ),
    },
    after={
        Hedge.ABOUT: ("circa | all ' incirca | più o meno | o giù di lì | stimati | stimato | stimate | stima | stime"),
        Hedge.AT_LEAST: "o più | e più | e oltre | o oltre | almeno | come minimo | in su",
        Hedge.MORE_THAN: "e rotti | e passa",
        Hedge.UP_TO: "o meno | al massimo | al più | massimo",
    },
    # "oltre confine", "fino a oggi" (so far), "sui campi", "vicino a Kursk"
    weak=("oltre | fino | sino | sotto | sopra | vicino | prossimo | intorno | attorno | a | massimo | minimo | circa"),
    fillers=(
        "il | lo | la | i | gli | le | l ' | un | uno | una | di | dei | degli | delle | altri | "
        "altre | ulteriori | solo | soltanto | totale | in totale | un totale di | complessivi | "
        "numero | quota | forse | ai | in"
    ),
    determiners="il | lo | la | i | gli | le | l ' | dei | degli | delle | ai",
    to="a | ai | fino a | - ai",
    ors="o | oppure",
    between="tra | fra | tra i | tra le | fra i | fra le | compreso tra | compresa tra",
    ands="e | ed | e i | e gli | e le | a",
    but="ma | e | però",
    plus_minus="più o meno",
    scales={
        "cento": 100,
        "centinaia": 100,
        "mila": 1_000,
        "mille": 1_000,
        "migliaia": 1_000,
        "di migliaia": 1_000,  # "una decina di migliaia"
        "milione": 1_000_000,
        "milioni": 1_000_000,
        "di milioni": 1_000_000,
        "mln": 1_000_000,
        "miliardo": 1_000_000_000,
        "miliardi": 1_000_000_000,
        "mld": 1_000_000_000,
        "bilione": 1_000_000_000_000,  # a million millions, unlike the English word
        "bilioni": 1_000_000_000_000,
        "dozzina": 12,
        "dozzine": 12,
    },
    suffixes={"k": 1_000},
    and_half="e mezzo | e mezza",
    fractions={
        "mezzo": (1, 2),
        "mezza": (1, 2),
        "metà": (1, 2),
        "la metà": (1, 2),
        "un terzo": (1, 3),
        "due terzi": (2, 3),
        "un quarto": (1, 4),
        "tre quarti": (3, 4),
        "un quinto": (1, 5),
        "due quinti": (2, 5),
        "tre quinti": (3, 5),
        "quattro quinti": (4, 5),
        "un decimo": (1, 10),
    },
    ranks="mezzo | mezza | un terzo | un quarto | un quinto | un decimo",  # "mezza giornata", "un terzo soldato"
    of="di | del | dello | della | dei | degli | delle | dell '",
    what="che | cosa | chi | qualcosa",
    percent="per cento | percento",
    magnitudes="decine | dozzine | ventine | centinaia | migliaia | milioni | miliardi",
    several=(
        "diversi | diverse | alcuni | alcune | parecchi | parecchie | vari | varie | qualche | molti | "
        "molte | pochi | poche | numerosi | numerose | una manciata di | svariati | svariate"
    ),
    loose={**_LOOSE, **{words.split()[1]: value for words, value in _LOOSE.items()}, "un paio di": 2, "un paio": 2},
    unquantified=(
        "battaglione | battaglioni | brigata | brigate | reggimento | reggimenti | divisione | "
        "divisioni | compagnia | compagnie | un numero imprecisato | un gran numero"
    ),
    stops=(
        "non | mai | né | senza | nessun | nessuno | nessuna | doppio | triplo | due volte | tranne | "
        "eccetto | appena | ogni | più | meno | neanche | nemmeno | neppure | invece di | uno su | "
        "una su | mille e | cento e | su due | su tre | su quattro | su cinque | su sei | su sette | "
        "su otto | su nove | su dieci | su cento"
    ),
    stops_after=(
        "volte | m | metri | ore | più | meno | in più | in meno | di più | non | mai | punti | per mille | ª | º"
    ),
    unclear="sui | sulle | " + paired(_CHANGES, "di | del | da | dal | a"),
    months=(
        "gennaio | febbraio | marzo | aprile | maggio | giugno | luglio | agosto | settembre | "
        "ottobre | novembre | dicembre"
    ),
    year_words=(
        "a | al | il | del | dopo | nel | dal | anno | anni | inizio | metà | fine | primavera | "
        "estate | autunno | inverno"
    ),
)
