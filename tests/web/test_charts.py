import re
import xml.etree.ElementTree as ET
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from apps.web.charts import (
    Band,
    Scale,
    Series,
    TimeClash,
    TimedMark,
    TimeScale,
    claim_axis_svg,
    group_svg,
    key_svg,
    legend_items,
    legend_svg,
    legend_time_svg,
    row_svg,
    ruler_svg,
    slot_for,
    strip_svg,
    time_axis,
    time_panel,
    y_scale,
)
from tests.web.samples import mark, series

AXIS = Scale.of([Decimal(9_000), Decimal(13_000)])
SPRITE = Path("templates/_components/sprite.html").read_text()
WORDINGS = ["exactly", "about", "at_least", "more_than", "up_to", "less_than", "between"]
NASTY = "\"><script>alert('x')</script>&"
DAY = date(2024, 11, 5)


def sample(qualifier: str) -> str:
    return row_svg(mark(qualifier, "10000", "11000"), AXIS)


def panel(*given: Series, **more: object) -> str:
    drawn = time_panel("In Russia", given, TimeScale.of(given, DAY), DAY, **more)  # type: ignore[arg-type]
    return drawn.markup if drawn else ""


def every_drawing() -> list[str]:
    band = Band("agree", Decimal(10_000), Decimal(11_000), NASTY)
    marks = [mark(q, "10000", "11000", label=NASTY, stated=NASTY, href="/claims/c1/?a=1&b=" + NASTY) for q in WORDINGS]
    marks.append(mark("unquantified", is_interpretation=True, read_lower=Decimal(9_500), read_upper=Decimal(10_500)))
    given = [series(NASTY, (one, date(2024, 11, index + 1))) for index, one in enumerate(marks)]
    clashes = [TimeClash(date(2024, 11, 1), Decimal(10_000), Decimal(10_500), NASTY)]
    clash = Band("clash", Decimal(10_000), Decimal(10_500))
    return [
        *(row_svg(one, AXIS, [band, clash], note=NASTY, note_detail=NASTY) for one in marks),
        *(claim_axis_svg(one) for one in marks),
        *(legend_time_svg(qualifier) for qualifier in WORDINGS),
        row_svg(None, AXIS),
        group_svg(AXIS, [band]),
        ruler_svg(AXIS),
        strip_svg(marks, NASTY, bands=[band]),
        panel(*given, detail=NASTY, unit=NASTY, clashes=clashes, note=NASTY),
        time_axis(TimeScale.of(given, DAY), DAY).markup,
        key_svg(3),
        legend_svg(),
    ]


@pytest.mark.parametrize("markup", every_drawing())
def test_every_drawing_is_well_formed_escaped_and_free_of_styles_scripts_and_ids(markup: str) -> None:
    ET.fromstring(f"<x>{markup}</x>")
    assert "<script" not in markup
    assert not re.search(r"""\s(style|on\w+|id)\s*=\s*["']""", re.sub(r'"[^"]*"', '""', markup))


def test_every_shape_that_charts_use_is_in_the_sprite_once() -> None:
    ids = re.findall(r'\bid="([^"]+)"', SPRITE)
    assert len(ids) == len(set(ids))
    used = {name for markup in every_drawing() for name in re.findall(r'(?:href="|url\()#([\w-]+)', markup)}
    assert used - set(ids) == set()


@pytest.mark.parametrize("qualifier", WORDINGS)
def test_a_mark_is_a_link_named_by_its_words(qualifier: str) -> None:
    link = ET.fromstring(sample(qualifier)).find(".//a")
    assert link is not None
    assert link.get("href") == "/claims/c001/"
    assert link.get("aria-label") == link.findtext("title") == "Claimant: figure"


def test_without_an_address_a_mark_is_a_named_group() -> None:
    markup = row_svg(mark("about", "10000", href=""), AXIS)
    assert "<a " not in markup
    assert '<g role="img" aria-label="Claimant: figure">' in markup


@pytest.mark.parametrize(
    ("qualifier", "arrow"),
    [("at_least", "c-right"), ("more_than", "c-right"), ("up_to", "c-left"), ("less_than", "c-left")],
)
def test_an_open_end_is_an_arrow_at_the_edge(qualifier: str, arrow: str) -> None:
    x = "98.6%" if arrow == "c-right" else "1.4%"
    assert f'<use href="#{arrow}" x="{x}"' in sample(qualifier)


@pytest.mark.parametrize("qualifier", ["exactly", "about", "between"])
def test_a_closed_figure_has_no_arrow(qualifier: str) -> None:
    assert not re.search("#c-(right|left)", sample(qualifier))


def test_a_ray_reaches_its_arrow() -> None:
    assert 'x1="1.4%"' in sample("up_to")
    assert 'x2="98.6%"' in sample("at_least")


def test_a_count_that_may_go_down_to_a_visible_zero_stops_there_without_an_arrow() -> None:
    axis = Scale.of([Decimal(0), Decimal(50)])
    markup = row_svg(mark("up_to", "40"), axis)
    assert "c-left" not in markup
    assert f'x1="{round(axis.p(Decimal(0)), 2):g}%"' in markup


def test_an_excluded_bound_is_hollow_and_a_plan_dashed() -> None:
    assert 'class="mk open"' in sample("more_than")
    assert 'class="mk"' in sample("at_least")
    assert 'class="mk plan"' in row_svg(mark("about", "10000", is_plan=True), AXIS)
    nearly = mark("about", "12000", upper=Decimal(12_000), upper_inclusive=False)
    assert 'class="mk open"' in row_svg(nearly, AXIS)


def test_tint_is_the_reading_that_was_given() -> None:
    nearly = mark("about", "12000", read_lower=Decimal(10_800), read_upper=Decimal(12_000))
    start, end = AXIS.p(Decimal(10_800)), AXIS.p(Decimal(12_000))
    assert f'class="tint" x="{round(start, 2):g}%" width="{round(end - start, 2):g}%"' in row_svg(nearly, AXIS)


def test_a_range_has_two_caps_and_no_invented_middle() -> None:
    markup = sample("between")
    assert markup.count("#c-cap") == 2
    assert "#m-" not in markup


def test_a_range_with_a_stated_centre_shows_it() -> None:
    markup = row_svg(mark("between", "10000", "12000", point=Decimal(11_500)), AXIS)
    assert f'<use href="#m-circle" x="{round(AXIS.p(Decimal(11_500)), 2):g}%"' in markup


def test_a_number_off_the_axis_is_said_in_words() -> None:
    assert "3,000, left of this axis" in row_svg(mark("about", "3000"), AXIS)
    assert "900,000, right of this axis" in row_svg(mark("between", "9500", "900000"), AXIS)


def test_no_position_of_a_row_lies_off_the_drawing() -> None:
    for number in ("1", "3000", "10000", "20000", "9000000"):
        for qualifier in WORDINGS:
            markup = row_svg(mark(qualifier, number, "9999999"), AXIS)
            positions = [float(x) for x in re.findall(r'(?:x|x1|x2|width)="(-?[\d.e+]+)%"', markup)]
            assert all(0 <= x <= 100 for x in positions), (qualifier, number)


def test_words_without_a_number_draw_nothing_or_our_reading() -> None:
    assert "<a " not in row_svg(mark("order_of_magnitude"), AXIS)
    assert claim_axis_svg(mark("unquantified")) == ""
    ours = mark("unquantified", is_interpretation=True, read_lower=Decimal(9_500), read_upper=Decimal(10_500))
    markup = row_svg(ours, AXIS)
    assert 'class="tint ours"' in markup
    assert "our reading" in markup
    assert "#m-" not in markup


def test_a_band_runs_between_its_ends_with_an_edge_at_each_stated_end() -> None:
    a, b = AXIS.p(Decimal(10_000)), AXIS.p(Decimal(11_000))
    closed = row_svg(None, AXIS, [Band("agree", Decimal(10_000), Decimal(11_000))])
    assert f'class="band agree" x="{round(a, 2):g}%" width="{round(b - a, 2):g}%"' in closed
    assert closed.count("band-edge") == 2
    assert row_svg(None, AXIS, [Band("agree", Decimal(10_000), None)]).count("band-edge") == 1


def test_a_band_of_one_number_is_a_line() -> None:
    markup = row_svg(None, AXIS, [Band("agree", Decimal(10_000), Decimal(10_000))])
    assert "band-edge agree only" in markup
    assert "<rect" not in markup


def test_the_note_of_a_gap_stands_where_the_glyph_is_not() -> None:
    gap = [Band("clash", Decimal(10_000), Decimal(10_500))]
    assert 'text-anchor="start">500 apart' in row_svg(mark("up_to", "10000"), AXIS, gap, note="500 apart")
    above = mark("about", "11000", read_lower=Decimal(10_500), read_upper=Decimal(11_500))
    assert 'text-anchor="end">500 apart' in row_svg(above, AXIS, gap, note="500 apart")


def test_bands_too_close_for_two_labels_get_one() -> None:
    bands = [Band("agree", Decimal(n), Decimal(n + 100), "2 of 4 hold here") for n in (10_000, 10_300, 12_500)]
    assert group_svg(AXIS, bands).count("2 of 4 hold here") == 2


def test_claimants_from_the_ninth_on_share_the_eighth_slot() -> None:
    assert [slot_for(n) for n in (1, 8, 9, 40)] == [1, 8, 8, 8]
    assert 'class="s8"' in row_svg(mark("about", "10000", slot=12), AXIS)


def test_a_strip_has_a_lane_per_claimant_and_grows_no_taller_than_fourteen() -> None:
    def height(n: int) -> float:
        return float(ET.fromstring(strip_svg([mark("about", "10000")] * n, "t")).get("height") or 0)

    assert height(3) - height(2) == 9
    assert height(14) == height(60)
    assert strip_svg([mark("unquantified")], "t") == ""


def test_a_panel_starts_at_zero_unless_all_figures_lie_in_the_upper_half() -> None:
    low = series("a", (mark("about", "3000"), DAY), (mark("about", "12000"), DAY))
    high = series("a", (mark("exactly", "8000"), DAY), (mark("exactly", "10000"), DAY))
    assert y_scale([low]).ticks[0] == 0
    assert y_scale([high]).ticks[0] > 0
    assert "axis starts at" in panel(high)
    assert "axis starts at" not in panel(low)


def test_a_panel_grows_for_its_labels() -> None:
    def height(n: int) -> float:
        given = [series(f"claimant {i}", (mark("about", str(1000 + i)), DAY)) for i in range(n)]
        return float(re.findall(r'class="g tc" height="(\d+)"', panel(*given))[0])

    assert height(1) == height(5) == 220
    assert height(20) >= 20 * 34


def test_marks_that_would_cover_one_another_are_set_aside() -> None:
    one, other = series("a", (mark("about", "10000"), DAY)), series("b", (mark("at_least", "10000"), DAY))
    assert 'class="s1 dg2"' in panel(one, other)
    assert "dg" not in panel(one)


def test_a_partial_date_has_a_whisker_over_its_period() -> None:
    dated = TimedMark(mark("about", "12000"), date(2024, 10, 1), date(2024, 10, 31))
    assert 'class="whisker"' in panel(Series(1, "a", (dated,)))


def test_a_withdrawn_figure_stops_where_it_ends() -> None:
    until = TimedMark(mark("about", "12000"), date(2024, 10, 1), date(2024, 10, 1), date(2024, 10, 20))
    given = Series(1, "a", (until,))
    times = TimeScale.of([given], DAY)
    end = round(100 * times.p(date(2024, 10, 20)) / times.p(DAY), 2)
    assert f'x2="{end:g}%"' in re.findall(r'<line class="hold"[^>]*>', panel(given))[0]


def test_plans_and_words_are_not_drawn_over_time() -> None:
    assert panel(series("a", (mark("about", "12000", is_plan=True), DAY), (mark("unquantified"), DAY))) == ""


def test_a_range_over_time_has_two_caps() -> None:
    markup = panel(series("a", (mark("between", "10000", "12000"), date(2024, 11, 1))))
    assert markup.count("#c-hcap") == 2
    assert 'class="hold"' not in markup


def test_the_day_shown_is_always_labelled() -> None:
    for days in (0, 3, 40, 470, 4000):
        times = TimeScale(date.fromordinal(DAY.toordinal() - days), DAY)
        assert re.search(r'class="ticklab now"[^>]*>5 Nov', time_axis(times, DAY).markup), days


def test_the_legend_names_every_sample() -> None:
    assert [item.label for item in legend_items()] == [
        "exactly", "about", "at least", "more than", "up to", "between", "dated to a month", "plan",
    ]  # fmt: skip
    assert "<a " not in legend_svg()


def test_names_and_words_that_do_not_fit_beside_a_panel_are_cut_and_the_mark_names_all() -> None:
    long = "at least six million heavy artillery rounds and more"
    markup = panel(series("The " + "long " * 12 + "name", (mark("about", "10000", stated=long, label=long), DAY)))
    labels = markup[markup.index('class="tc-labels"') :]
    assert labels.count("…</text>") == 3
    assert long in markup
    assert long not in labels
