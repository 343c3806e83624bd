"""English: the first and fullest table."""

from apps.domain.parsing.language import Hedge, Language

_NUMERATORS = "one two three four five six seven eight nine".split()
_DENOMINATORS = {
    "third": 3,
    "quarter": 4,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
    "twelfth": 12,
    "fifteenth": 15,
    "twentieth": 20,
    "hundredth": 100,
}


def _parts() -> dict[str, tuple[int, int]]:
    """ "a third", "one - third", "two thirds", "two - thirds" and so on, below one."""
    found = {}
    for name, whole in _DENOMINATORS.items():
        found["an eighth" if whole == 8 else f"a {name}"] = (1, whole)
        for parts, numerator in enumerate(_NUMERATORS[: whole - 1], start=1):
            for phrase in (f"{numerator} {name}", f"{numerator} - {name}"):
                found[phrase if parts == 1 else f"{phrase}s"] = (parts, whole)
    return found


_PARTS = _parts()

ENGLISH = Language(
    code="en",
    name="English",
    decimals=".",
    groups=",",
    library="en",
    joiners="and",
    articles="a | an",
    before={
        Hedge.EXACT: "exactly | precisely | exact | no more and no less than",
        Hedge.ABOUT: (
            "about | around | some | roughly | approximately | approx | approx . | an estimated | "
            "estimated | estimated at | an estimate of | estimates of | close to | closer to | circa | "
            "c . | ca | ca . | just about | in the region of | in the order of | on the order of | "
            "of the order of | in the vicinity of | in the neighborhood of | in the neighbourhood of | "
            "somewhere around | something like | more or less | somewhere in the region of | "
            "in the range of | an approximate | approximate | give or take | rough | est | est ."
        ),
        Hedge.NEARLY: (
            "nearly | almost | nears | neared | near | approaches | approached | approaching | "
            "nearing | just under | just below | just short of | just shy of | slightly less than | "
            "slightly fewer than | slightly under | slightly below | a little less than | "
            "a little under | a bit under | a bit less than | close on | not quite | shy of | "
            "little short of | getting close to | verging on | a shade under | virtually"
        ),
        Hedge.JUST_OVER: (
            "just over | just above | just more than | slightly more than | slightly over | "
            "slightly above | a little more than | a little over | a little above | a bit more than | "
            "a bit over | little more than | a shade over"
        ),
        Hedge.AT_LEAST: (
            "at least | no fewer than | not fewer than | no less than | not less than | a minimum of | "
            "minimum of | minimum | min | min . | at a minimum | at minimum | at the very least | "
            "at the least | no lower than | not lower than | not under | not below"
        ),
        Hedge.MORE_THAN: (
            "more than | over | exceeding | exceeded | exceeds | exceed | upwards of | upward of | "
            "in excess of | above | well over | well above | well more than | far more than | "
            "much more than | greater than | north of | surpassing | surpassed | surpasses | surpass | "
            "far exceeding | higher than | larger than | considerably more than | "
            "significantly more than | many more than | well in excess of | well upwards of | beyond | "
            "crossing | crossed | crosses | past | topping | topped | tops | passing | passed"
        ),
        Hedge.UP_TO: (
            "up to | as many as | as much as | at most | at the most | at the very most | "
            "no more than | not more than | a maximum of | maximum of | maximum | max | max . | "
            "not exceeding | not above | not over | no greater than | no higher than | "
            "not greater than | not higher than | no larger than | anywhere up to | as high as | "
            "capped at | limited to | a ceiling of | a cap of"
        ),
        Hedge.LESS_THAN: (
            "less than | fewer than | under | below | well under | well below | well short of | "
            "lower than | smaller than | far fewer than | far less than | much less than | "
            "significantly fewer than | south of"
        ),
    },
    after={
        Hedge.ABOUT: (
            "or so | or thereabouts | approx | approx . | estimated | est | est . | give or take | "
            "approximately | roughly | more or less | - ish | ish"
        ),
        Hedge.AT_LEAST: (
            "or more | or even more | and more | or over | or above | and above | and over | and up | "
            "or greater | or higher | upwards | plus | - plus | at least | at a minimum | at minimum | "
            "at the least | at the very least | minimum | and counting | or better | if not more | "
            "and possibly more | possibly more | perhaps more | maybe more | and rising | and growing | "
            "and climbing"
        ),
        Hedge.MORE_THAN: "- odd | odd | and change | - some | and some | and then some",
        Hedge.UP_TO: (
            "or fewer | or less | or under | or below | and under | and below | or lower | at most | "
            "at the most | at the very most | maximum | max | tops | at maximum"
        ),
    },
    weak=(
        "over | around | some | under | above | below | close | minimum | maximum | exact | rough | "
        "estimated | c | ca | min | max | approximate | a"
    ),
    fillers=(
        "a | an | the | total | of | already | only | additional | another | further | extra | "
        "altogether | overall | all | some | as"
    ),
    determiners="the | all | these | those",
    to="to | till | until | through",
    ors="or",
    between=("between | anywhere between | somewhere between | from | anywhere from | ranging from | ranging between"),
    ands="and | to",
    but="but | and | yet | while",
    plus_minus="plus or minus | plus - or - minus | plus / minus | give or take",
    scales={
        "hundred": 100,
        "hundreds": 100,
        "thousand": 1_000,
        "thousands": 1_000,
        "lakh": 100_000,
        "lakhs": 100_000,
        "million": 1_000_000,
        "millions": 1_000_000,
        "crore": 10_000_000,
        "crores": 10_000_000,
        "billion": 1_000_000_000,
        "billions": 1_000_000_000,
        "trillion": 1_000_000_000_000,
        "trillions": 1_000_000_000_000,
        "dozen": 12,
        "dozens": 12,
        "score": 20,
        "k": 1_000,
        "mn": 1_000_000,
        "mln": 1_000_000,
        "mil": 1_000_000,
        "bn": 1_000_000_000,
        "bln": 1_000_000_000,
        "tn": 1_000_000_000_000,
    },
    suffixes={"k": 1_000, "m": 1_000_000, "b": 1_000_000_000, "t": 1_000_000_000_000},
    and_half="and a half | and one half | and one - half | - and - a - half",
    and_parts={"and a quarter": (1, 4), "and three quarters": (3, 4), "and a third": (1, 3)},
    fractions={
        **_PARTS,
        "half": (1, 2),
        "a half": (1, 2),
        "one half": (1, 2),
        "one - half": (1, 2),
        "quarter of": (1, 4),
    },
    ranks=" | ".join(phrase for phrase in _PARTS if phrase.startswith(("a ", "an "))),
    of="of",
    what="what | which | whom | whose | something | unknown",
    percent="percent | per cent | per - cent | pct | pc | p . c . | p . c",
    magnitudes="tens | dozens | scores | hundreds | thousands | millions | billions | trillions",
    several=(
        "several | a few | few | quite a few | a good few | a handful of | a handful | handful of | "
        "multiple | many | countless | numerous | untold | hundreds and"
    ),
    loose={
        "a couple of": 2,
        "a couple": 2,
        "couple of": 2,
        "couple": 2,
        "a dozen": 12,
        "dozen": 12,
    },
    unquantified=(
        "squad | platoon | company | battalion | battalions | regiment | regiments | brigade | "
        "brigades | division | divisions | squads | platoons | companies | corps | busload | busloads | "
        "truckload | truckloads | trainload | trainloads | crowd | crowds | a number of | "
        "an unknown number | a large number | large numbers | an unspecified number | boatload | "
        "boatloads"
    ),
    unclear="per | page | note | footnote | table | annex | chapter",
    stops=(
        "as few as | as little as | nothing | up from | down from | rose from | rise from | "
        "rises from | risen from | rising from | grew from | grown from | growing from | "
        "increase from | increased from | fell from | fall from | fallen from | dropped from | "
        "revised from | raised from | lowered from | jumped from | climbed from | went from | "
        "cut from | negative | not | no | never | hardly | barely | scarcely | twice | thrice | "
        "double | triple | quadruple | except | minus | without | some of | most of | many of | "
        "part of | none of | rest of | few of | several of | than | neither | every | half again | "
        "once | or two | cannot | don ' t | doesn ' t | didn ' t | isn ' t | aren ' t | wasn ' t | "
        "weren ' t | hasn ' t | haven ' t | hadn ' t | can ' t | couldn ' t | won ' t | wouldn ' t | "
        "shouldn ' t | mustn ' t | rose by | rise by | rises by | risen by | rising by | fell by | "
        "fall by | falls by | fallen by | falling by | increase by | increased by | increases by | "
        "increasing by | decrease by | decreased by | decreases by | grew by | grow by | grows by | "
        "grown by | drop by | dropped by | declined by | climbed by | jumped by | up by | down by | "
        "shrank by | shrunk by | cut by | rise of | fall of | drop of | increase of | decrease of | "
        "growth of | decline of | up | down | half as many | half as much | half that | half this | "
        "half the number | above all | over all | denied | denies | deny | false | wrongly | falsely | "
        "instead of | rather than | compared to | compared with"
    ),
    stops_after=(
        "times | fewer | less | more than | less than | fewer than | - first | - second | - third | "
        "- fourth | - fifth | - sixth | - seventh | - eighth | - ninth | - something | "
        "percentage points | percentage point | per mille | gmt | utc | figures | - figure | digits | "
        "- digit | - in - | fold | - fold | in every | out of | m | am | pm | a . m . | p . m . | "
        "o ' clock"
    ),
    months=(
        "january | february | march | april | may | june | july | august | september | october | "
        "november | december | jan | feb | mar | apr | jun | jul | aug | sep | sept | oct | nov | dec | "
        "jan . | feb . | mar . | apr . | jun . | jul . | aug . | sep . | sept . | oct . | nov . | "
        "dec ."
    ),
    doubtful_months="may | march | mar",
    year_words=(
        "in | since | late | early | mid | by | during | until | before | after | year | spring | "
        "summer | autumn | fall | winter | q"
    ),
)
