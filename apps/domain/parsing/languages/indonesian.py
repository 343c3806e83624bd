"""Indonesian."""

from apps.domain.parsing.language import Hedge, Language, by_word

_NUMBERS = {
    0: "nol",
    1: "satu",
    2: "dua",
    3: "tiga",
    4: "empat",
    5: "lima",
    6: "enam",
    7: "tujuh",
    8: "delapan",
    9: "sembilan",
    10: "sepuluh | puluh",
    11: "sebelas",
    100: "seratus | ratus",
}
_SCALES = {
    12: "lusin",
    100: "ratus",
    1_000: "ribu | seribu",
    1_000_000: "juta | sejuta",
    1_000_000_000: "miliar | milyar | semiliar",
    1_000_000_000_000: "triliun",
}

INDONESIAN = Language(
    code="id",
    name="Indonesian",
    decimals=",",
    groups=".",
    numbers=by_word(_NUMBERS),
    multipliers=(10, 100),
    is_dash_range=True,
    before={
        Hedge.EXACT: "tepat | persis | tepatnya",
        Hedge.ABOUT: (
            "sekitar | kira - kira | kurang lebih | lebih kurang | diperkirakan | sekira | di kisaran | "
            "kisaran | ditaksir"
        ),
        Hedge.NEARLY: "hampir | mendekati | nyaris | sedikit di bawah | sedikit kurang dari",
        Hedge.JUST_OVER: "sedikit lebih dari | sedikit di atas",
        Hedge.AT_LEAST: (
            "setidaknya | sedikitnya | paling sedikit | paling tidak | minimal | minimum | "
            "sekurang - kurangnya | tidak kurang dari | tak kurang dari"
        ),
        Hedge.MORE_THAN: (
            "lebih dari | lebih daripada | melebihi | di atas | melampaui | jauh lebih dari | jauh di atas"
        ),
        Hedge.UP_TO: (
            "hingga | sampai | paling banyak | maksimal | maksimum | tidak lebih dari | "
            "tak lebih dari | sebanyak - banyaknya"
        ),
        Hedge.LESS_THAN: "kurang dari | di bawah | jauh di bawah",
    },
    after={
        Hedge.ABOUT: "kurang lebih | kira - kira",
        Hedge.AT_LEAST: "atau lebih | ke atas",
        Hedge.MORE_THAN: "lebih",
        Hedge.UP_TO: "atau kurang",
    },
    weak="hingga | sampai | di | tepat | nyaris",  # "hingga kini" (so far), "di atas" (above)
    fillers="total | sebanyak | sejumlah | dari | hanya | tambahan | semua | seluruh | jumlah | angka",
    to="hingga | sampai | sampai dengan | - hingga",
    ors="atau",
    between="antara | di antara",
    ands="dan | hingga | sampai",
    but="tetapi | tapi | namun | dan",
    plus_minus="plus minus",
    scales=by_word(_SCALES) | {"rb": 1_000, "jt": 1_000_000},
    suffixes={"rb": 1_000, "jt": 1_000_000},
    and_half="setengah",  # "dua setengah juta"
    fractions={
        "setengah": (1, 2),
        "separuh": (1, 2),
        "separo": (1, 2),
        "sepertiga": (1, 3),
        "dua pertiga": (2, 3),
        "seperempat": (1, 4),
        "tiga perempat": (3, 4),
        "seperlima": (1, 5),
        "sepersepuluh": (1, 10),
    },
    ranks="setengah",  # "setengah jam"
    of="dari",
    what="apa | siapa | mana",
    percent="persen",
    magnitudes="belasan | puluhan | ratusan | ribuan | jutaan | miliaran",
    several="beberapa | sejumlah | banyak | segelintir | sekelompok | berbagai",
    loose={"selusin": 12, "lusin": 12},
    unquantified=("batalion | batalyon | brigade | resimen | divisi | kompi | peleton | jumlah yang tidak diketahui"),
    # "lebih banyak tentara daripada 300" is not read, nor "sepuluh kali".
    stops=(
        "tidak | tak | bukan | tanpa | kecuali | dua kali | tiga kali | setiap | tiap | daripada | "
        "lebih banyak | kurang"
    ),
    # "dua belas" is twelve: the teens are written apart, which is not read.
    stops_after="kali | belas | kali lipat | m | meter | jam | lebih",
    months=(
        "januari | februari | maret | april | mei | juni | juli | agustus | september | oktober | november | desember"
    ),
    year_words="tahun | sejak",
)
