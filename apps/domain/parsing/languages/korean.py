"""Korean. Numbers, hedges, counters and endings are written together and are cut apart: "1100여명에" is 1100 여 명 에.

A single syllable such as 이 or 사 is mostly another word, so that it is no number by itself, only in "이천", "사십".
"""

from apps.domain.parsing.language import Hedge, Language, by_word

_DIGITS = {1: "일", 2: "이", 3: "삼", 4: "사", 5: "오", 6: "육", 7: "칠", 8: "팔", 9: "구"}
_PLACES = {10: "십", 100: "백", 1_000: "천", 10_000: "만", 100_000_000: "억"}
_TENS = {10: "열", 20: "스물", 30: "서른", 40: "마흔", 50: "쉰", 60: "예순", 70: "일흔", 80: "여든", 90: "아흔"}
_UNITS = {1: "한", 2: "두", 3: "세", 4: "네", 5: "다섯", 6: "여섯", 7: "일곱", 8: "여덟", 9: "아홉"}


def _numbers() -> dict[str, int]:
    """Chinese numbers as "삼천" and "이십오", native ones as "열두"."""
    found = by_word({10: "십", 100: "백", 1_000: "천", 10_000: "만"})
    for digit, name in _DIGITS.items():
        found |= {f"{name}{place}": digit * value for value, place in _PLACES.items()}
        tens = "십" if digit == 1 else f"{name}십"
        found |= {f"{tens}{unit}": digit * 10 + value for value, unit in _DIGITS.items()}
    for ten, name in _TENS.items():
        found |= {name: ten, **{f"{name}{unit}": ten + value for value, unit in _UNITS.items()}}
    found |= {unit: value for value, unit in _UNITS.items() if len(unit) > 1}
    return found | by_word({1: "하나 | 한명", 2: "둘 | 두", 3: "셋 | 세", 4: "넷 | 네", 20: "스무"})


KOREAN = Language(
    code="ko",
    name="Korean",
    decimals=".",
    groups=",",
    is_glued=True,
    is_dash_range=True,
    numbers=_numbers(),
    multipliers=(10, 100, 1_000),
    counters=(
        "명 | 개 | 대 | 발 | 건 | 구 | 척 | 문 | 기 | 정 | 마리 | 곳 | 회 | 인 | 사람 | 가구 | 년 | 월 | 일 | 원 | 달러"
    ),
    endings=(
        "이 | 가 | 은 | 는 | 을 | 를 | 의 | 에 | 로 | 으로 | 과 | 와 | 도 | 만 | 에서 | 이다 | 이며 | "
        "인 | 이고 | 라고 | 이라고 | 까지"
    ),
    before={
        Hedge.EXACT: "정확히 | 정확하게 | 딱 | 꼭",
        Hedge.ABOUT: "약 | 대략 | 대략적으로 | 어림잡아 | 얼추",
        Hedge.NEARLY: "거의",
        Hedge.AT_LEAST: "최소 | 최소한 | 적어도 | 못해도 | 적게는 | 줄잡아",
        Hedge.UP_TO: "최대 | 최대한 | 많게는 | 많아야 | 기껏해야",
    },
    after={
        Hedge.ABOUT: (
            "정도 | 가량 | 쯤 | 안팎 | 내외 | 전후 | 추정 | 추산 | 추정된다 | 추산된다 | 추정되는 | "
            "추산되는 | 추정됐다 | 추산됐다 | 추정치"
        ),
        Hedge.NEARLY: "가까이 | 가까운 | 육박 | 육박하는 | 육박한 | 육박한다 | 육박했다 | 육박할",
        Hedge.JUST_OVER: "남짓 | 남짓한",
        Hedge.AT_LEAST: "이상",
        # Also with a space before: "3천 여명".
        # "여" stands before its counter, which may follow a space: "3천 여명".
        Hedge.MORE_THAN: (
            "여 | 여명 | 여대 | 여발 | 여건 | 초과 | 초과한 | 초과하는 | 초과했다 | 넘는 | 넘게 | "
            "넘은 | 넘어 | 넘어선 | 넘었다 | 넘어섰다 | 넘겼다 | 웃도는 | 웃돈 | 웃돈다 | 웃돌았다 | "
            "상회하는 | 상회한다 | 상회했다"
        ),
        Hedge.UP_TO: "이하 | 이내 | 까지 | 넘지 않는 | 넘지 않는다 | 넘지 않은",
        Hedge.LESS_THAN: (
            "미만 | 밑도는 | 밑돈다 | 하회하는 | 못 미치는 | 못미치는 | 못 미친 | 못 미친다 | "
            "미치지 못하는 | 미치지 못한 | 안 되는 | 안되는 | 채 안 되는 | 안 된다 | 안된다 | 안 됐다"
        ),
    },
    weak="약 | 딱 | 꼭",
    fillers="총 | 모두 | 전체 | 추가로 | 추가 | 무려 | 겨우 | 불과 | 또 | 다른 | 합쳐 | 합해",
    to="에서 | 부터 | 내지",
    ors="또는 | 혹은 | 이나",
    ands="과 | 와",
    closing="사이 | 사이의 | 사이에 | 사이로 | 까지",
    but="그러나 | 하지만 | 이지만",
    plus_minus="플러스마이너스",
    scales={"십": 10, "백": 100, "천": 1_000, "만": 10_000, "억": 100_000_000, "조": 1_000_000_000_000},
    # 조 is also a team and 억 a sound: never numbers without digits before them.
    suffixes={"억": 100_000_000, "조": 1_000_000_000_000},
    fractions={
        "절반": (1, 2),
        **{f"{whole}분의 {parts}": (parts, whole) for whole in range(2, 11) for parts in range(1, whole)},
    },
    of="의 | 중",
    what="무엇 | 누구",
    percent="퍼센트 | 프로",
    magnitudes="수십 | 수백 | 수천 | 수만 | 수십만 | 수백만 | 수천만 | 수억 | 수십억 | 수백억",
    several=("몇 | 몇몇 | 여러 | 다수 | 다수의 | 한두 | 두세 | 서너 | 대여섯 | 십수 | 소수 | 소수의 | 수많은"),
    unquantified="대대 | 여단 | 연대 | 사단 | 중대 | 소대 | 군단 | 대규모 | 상당수",
    # "제30여단" is the thirtieth brigade.
    # "이 만 명" may be these ten thousand or twenty thousand.
    stops="제 | 제외 | 제외하고 | 제외한 | 두 배 | 세 배 | 매 | 한 명 과"
    + " | ".join(f"{digit} {place}" for digit in _DIGITS.values() for place in _PLACES.values()),
    # "여" hedges only directly behind the number; "40명대" is forty to forty-nine.
    stops_after=(
        "배 | 포인트 | 명 대 | 세 | 살 | 여 | 여명 | 여대 | 여발 | 여건 | 아니다 | 아니라 | 아닌 | "
        "아니며 | 아니고 | 아닙니다 | 아니었다 | 없다 | 없는 | 없이 | 없었다 | 않다 | 않는 | 않는다 | "
        "않은 | 않았다 | 못한 | 못한다 | 못했다 | 더 | 덜 | 증가 | 감소 | 증가한 | 감소한 | 증가했다 | "
        "감소했다 | 늘어난 | 늘었다 | 늘어 | 줄었다 | 줄어든 | 줄어 | 중 한 | 중 하나 | 대 대 | 퍼밀 | "
        "퍼센트포인트 | 차 | 번째 | 호 | 미터 | 시"
    ),
    months="월 | 일",
    years="년 | 년도",
)
