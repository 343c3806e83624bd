"""Portuguese, of Portugal and of Brazil."""

from apps.domain.parsing.language import Hedge, Language, paired

_CHANGES = (
    "aumentou | aumentaram | subiu | subiram | caiu | caíram | cresceu | cresceram | diminuiu | diminuíram | recuou | "
    "reduziu | passou | passaram | aumento | queda | alta | redução | crescimento"
)

PORTUGUESE = Language(
    code="pt",
    name="Portuguese",
    decimals=",",
    groups=".",
    library="pt",
    # A "bilião" is a million millions (Portugal), a "bilhão" a thousand millions (Brazil); text2num confuses them.
    no_numbers="umas | bilião | biliões",
    joiners="e",
    joined_below=1_000,  # "mil e quinhentos"
    articles="um | uma",
    before={
        Hedge.EXACT: "exatamente | exactamente | precisamente",
        Hedge.ABOUT: (
            "cerca de | aproximadamente | em torno de | por volta de | perto de | à volta de | "
            "ao redor de | uns | umas | mais ou menos | na ordem de | da ordem de | estimado em | "
            "estimados em | estimadas em | uma estimativa de | algo como"
        ),
        Hedge.NEARLY: (
            "quase | pouco menos de | um pouco menos de | ligeiramente menos de | próximo de | "
            "próximos de | pouco abaixo de"
        ),
        Hedge.JUST_OVER: "pouco mais de | um pouco mais de | ligeiramente mais de | pouco acima de | logo acima de",
        Hedge.AT_LEAST: (
            "pelo menos | ao menos | no mínimo | mínimo | um mínimo de | não menos de | não menos que | a partir de"
        ),
        Hedge.MORE_THAN: (
            "mais de | mais do que | mais que | bem mais de | muito mais de | acima de | bem acima de | "
            "superior a | superiores a | supera | superam | superou | superado | superando | "
            "ultrapassa | ultrapassam | ultrapassou | ultrapassando | além de | acima dos | além dos | "
            "passa de | passam de | passa dos | passam dos | excede | excedem"
        ),
        Hedge.UP_TO: "até | no máximo | máximo | um máximo de | não mais de | não mais que | quando muito",
        Hedge.LESS_THAN: (
            "menos de | abaixo dos | menos do que | menos que | bem menos de | muito menos de | abaixo de | "
            "inferior a | inferiores a"
        ),
    },
    after={
        Hedge.ABOUT: (
            "aproximadamente | mais ou menos | ou algo assim | estimados | estimado | estimadas | estimada | "
            "estimativa | estimativas"
        ),
        Hedge.AT_LEAST: "ou mais | e mais | pelo menos | ao menos | no mínimo | para cima",
        Hedge.MORE_THAN: "e poucos | e tantos",
        Hedge.UP_TO: "ou menos | no máximo | quando muito",
    },
    # "até agora" (so far), "perto de Kursk"
    weak="até | perto | uns | umas | além | máximo | mínimo | a | próximo | próximos | por | em",
    fillers=(
        "o | a | os | as | um | uma | de | do | da | dos | das | outros | outras | apenas | só | "
        "somente | total | no total | um total de | adicionais | número | todos | todas | talvez"
    ),
    determiners="o | a | os | as | do | da | dos | das | todos | todas",
    to="a | até",
    ors="ou",
    between="entre | entre os | entre as",
    ands="e | e os | e as | a",
    but="mas | e | porém",
    plus_minus="mais ou menos",
    scales={
        "centenas": 100,
        "mil": 1_000,
        "milhar": 1_000,
        "milhares": 1_000,
        "de milhares": 1_000,  # "uma dezena de milhares"
        "milhão": 1_000_000,
        "milhões": 1_000_000,
        "de milhões": 1_000_000,
        "mi": 1_000_000,
        "bilhão": 1_000_000_000,
        "bilhões": 1_000_000_000,
        "bi": 1_000_000_000,
        "bilião": 1_000_000_000_000,
        "biliões": 1_000_000_000_000,
        "trilhão": 1_000_000_000_000,
        "trilhões": 1_000_000_000_000,
        "dúzia": 12,
        "dúzias": 12,
    },
    suffixes={"k": 1_000},
    and_half="e meio | e meia",
    fractions={
        "meio": (1, 2),
        "meia": (1, 2),
        "metade": (1, 2),
        "a metade": (1, 2),
        "um terço": (1, 3),
        "dois terços": (2, 3),
        "um quarto": (1, 4),
        "três quartos": (3, 4),
        "um quinto": (1, 5),
        "dois quintos": (2, 5),
        "três quintos": (3, 5),
        "quatro quintos": (4, 5),
        "um décimo": (1, 10),
    },
    ranks="meio | meia | um quarto | um quinto | um décimo",  # "meia hora", "um quarto soldado"
    of="de | do | da | dos | das",
    what="que | quê | quem | algo",
    percent="por cento | porcento",
    magnitudes="dezenas | dúzias | centenas | milhares | milhões | bilhões",
    several=(
        "vários | várias | alguns | algumas | uns poucos | umas poucas | poucos | poucas | muitos | "
        "muitas | diversos | diversas | numerosos | inúmeros | um punhado de"
    ),
    loose={
        "centena": 100,
        "uma centena": 100,
        "milhar": 1_000,
        "um milhar": 1_000,
        "dezena": 10,
        "uma dezena": 10,
        "dúzia": 12,
        "uma dúzia": 12,
        "um par de": 2,
    },
    unquantified=(
        "batalhão | batalhões | brigada | brigadas | regimento | regimentos | divisão | divisões | "
        "companhia | companhias | um número desconhecido | um grande número"
    ),
    stops=(
        "não | nunca | nem | sem | dobro | triplo | duas vezes | exceto | salvo | apenas cerca | cada | "
        "nenhum | nenhuma | mais | menos | em vez de | um em | uma em"
    ),
    stops_after=(
        "vezes | m | metros | horas | mais | menos | a mais | a menos | não | nunca | pontos | por mil | . ª | "
        ". º | ª | º"
    ),
    unclear="sob | sobre | sobre os | sobre as | beira | beira os | beirando os | beiram os | cerca dos | perto dos | "
    + f"por volta das | {_CHANGES} | {paired(_CHANGES, 'em | de | a | para')}",
    months=(
        "janeiro | fevereiro | março | abril | maio | junho | julho | agosto | setembro | outubro | novembro | dezembro"
    ),
    year_words=("até | em | desde | ano | anos | início | meados | fim | final | primavera | verão | outono | inverno"),
)
