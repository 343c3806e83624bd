"""Hungarian. Number words are written together ("kétezer-ötszáz"), endings follow a hyphen ("2000-nél több")."""

from apps.domain.parsing.language import Hedge, Language, by_word

#: With the forms for people ("kétezren", two thousand of them) and the accusative ("kétezret").
_NUMBERS = {
    0: "nulla",
    1: "egy | egyet",
    2: "két | kettő | kettőt | ketten",
    3: "három | hármat | hárman",
    4: "négy | négyet | négyen",
    5: "öt | ötöt | öten",
    6: "hat | hatot | hatan",
    7: "hét | hetet | heten",
    8: "nyolc | nyolcat | nyolcan",
    9: "kilenc | kilencet | kilencen",
    10: "tíz | tizen | tizet | tízen",
    20: "húsz | huszon | húszat | húszan",
    30: "harminc | harmincan | harmincat",
    40: "negyven | negyvenen | negyvenet",
    50: "ötven | ötvenen | ötvenet | félszáz",
    60: "hatvan | hatvanan | hatvanat",
    70: "hetven | hetvenen | hetvenet",
    80: "nyolcvan | nyolcvanan | nyolcvanat",
    90: "kilencven | kilencvenen | kilencvenet",
    100: "száz | százan | százat",
    150: "másfélszáz",
    500: "félezer",
    1_500: "másfélezer",
    500_000: "félmillió",
    1_500_000: "másfélmillió",
}
_SCALES = {
    12: "tucat",
    100: "száz | százan",
    1_000: "ezer | ezren | ezret",
    1_000_000: "millió | millióan | milliót",
    1_000_000_000: "milliárd | milliárdot",
    1_000_000_000_000: "billió",  # a million millions, unlike the English word
}

HUNGARIAN = Language(
    code="hu",
    name="Hungarian",
    decimals=",",
    groups=".",
    articles="egy",
    numbers=by_word(_NUMBERS),
    is_compound=True,
    before={
        Hedge.EXACT: "pontosan | éppen | épp",
        Hedge.ABOUT: (
            "körülbelül | mintegy | kb | kb . | nagyjából | hozzávetőleg | hozzávetőlegesen | "
            "megközelítőleg | úgy | olyan | durván | cirka | ca . | becslések szerint | becsült | "
            "nagyságrendileg | plusz - mínusz"
        ),
        Hedge.NEARLY: (
            "közel | majdnem | csaknem | szinte | nem egészen | valamivel kevesebb mint | "
            "valamivel kevesebb , mint | kicsivel kevesebb mint | megközelíti a | megközelíti az"
        ),
        Hedge.JUST_OVER: (
            "alig több mint | alig több , mint | valamivel több mint | valamivel több , mint | "
            "kicsivel több mint | kicsivel több , mint | kevéssel több mint"
        ),
        Hedge.AT_LEAST: (
            "legalább | minimum | minimálisan | legkevesebb | nem kevesebb mint | nem kevesebb , mint | minimum egy"
        ),
        Hedge.MORE_THAN: (
            "több mint | több , mint | jóval több mint | jóval több , mint | sokkal több mint | "
            "meghaladja a | meghaladja az | meghaladta a | meghaladta az | túllépte a | túllépte az"
        ),
        Hedge.UP_TO: "legfeljebb | legföljebb | maximum | maximálisan | akár | nem több mint | nem több , mint",
        Hedge.LESS_THAN: (
            "kevesebb mint | kevesebb , mint | jóval kevesebb mint | jóval kevesebb , mint | sokkal kevesebb mint"
        ),
    },
    after={
        Hedge.ABOUT: "körül | körüli | körülbelül",
        Hedge.AT_LEAST: "vagy több | vagy annál több | vagy afölött",
        Hedge.MORE_THAN: (
            "felett | feletti | fölött | fölötti | - nál több | - nél több | - nál is több | "
            "- nél is több | - nál nagyobb | - nél nagyobb | - t meghaladó | - at meghaladó | "
            "- et meghaladó | - ot meghaladó"
        ),
        Hedge.UP_TO: "vagy kevesebb | vagy annál kevesebb | - ig",
        Hedge.LESS_THAN: "alatt | alatti | - nál kevesebb | - nél kevesebb | - nál is kevesebb | - nél is kevesebb",
    },
    # "közel" (near), "úgy" (so), "olyan" (such), "akár" (or even), "szinte" (practically), "éppen" (just now)
    weak="közel | úgy | olyan | akár | szinte | éppen | épp",
    fillers=(
        "a | az | egy | összesen | további | már | csak | csupán | újabb | másik | összes | mind | "
        "mintegy | állítólag | is"
    ),
    # "1000-től 1500-ig", "10 000 és 12 000 között"
    to="- tól | - től | - ról | - ről",
    ors="vagy | illetve | - vagy",
    ands="és",
    closing="között | közötti | közt | közti | közé | - ig",
    but="de | és | azonban",
    plus_minus="plusz - mínusz | plusz mínusz",
    scales=by_word(_SCALES) | {"ezres": 1_000, "mrd": 1_000_000_000},  # "12 ezres kontingens"
    suffixes={"ezres": 1_000, "mrd": 1_000_000_000, "m": 1_000_000, "k": 1_000},
    and_half="és fél",
    fractions={
        "fél": (1, 2),
        "másfél": (3, 2),
        "fele": (1, 2),
        "a fele": (1, 2),
        "felét": (1, 2),
        "harmada": (1, 3),
        "egyharmad": (1, 3),
        "egyharmada": (1, 3),
        "kétharmad": (2, 3),
        "kétharmada": (2, 3),
        "negyede": (1, 4),
        "egynegyed": (1, 4),
        "egynegyede": (1, 4),
        "háromnegyed": (3, 4),
        "háromnegyede": (3, 4),
        "ötöde": (1, 5),
        "egyötöd": (1, 5),
        "egyötöde": (1, 5),
        "kétötöde": (2, 5),
        "háromötöde": (3, 5),
        "négyötöde": (4, 5),
        "tizede": (1, 10),
        "egytized": (1, 10),
        "egytizede": (1, 10),
    },
    ranks="fél",  # "fél óra"
    what="minek | kinek",
    percent="százalék | százaléka | százalékát | százalékot | százalékos | százalékkal",
    magnitudes=(
        "tucatnyi | tucatjai | tucatjával | tízek | százak | százakat | ezrek | ezreket | ezrei | "
        "ezrével | tízezrek | tízezreket | tízezrei | százezrek | százezreket | százezrei | milliók | "
        "milliókat | milliárdok"
    ),
    several=("több | néhány | jó néhány | pár | számos | sok | kevés | egy maroknyi | maroknyi | rengeteg | egypár"),
    loose={"tucat": 12, "egy tucat": 12},
    unquantified=(
        "zászlóalj | zászlóaljak | dandár | dandárok | ezred | ezredek | hadosztály | hadosztályok | "
        "század | századok | ismeretlen számú | nagy számú"
    ),
    # "több katona, mint 300": away from its comparative, "mint" is not read.
    stops=(
        "nem | sem | se | nincs | nélkül | kivéve | kétszer | háromszor | kétszeres | dupla | duplája | "
        "alig | minden | soha | mint | mínusz"
    ),
    # "300 felett", but "300 katona a híd felett": these hedge only directly behind the number.
    stops_after=(
        "- szor | - szer | - ször | szor | szer | ször | - szoros | - szeres | alatt | alatti | "
        "felett | feletti | fölött | fölötti | körül | körüli | m | méter"
    ),
    months=(
        "január | február | március | április | május | június | július | augusztus | szeptember | "
        "október | november | december"
    ),
    years="- ban | - ben | - as | - es | - os | - ös | évi",
)
