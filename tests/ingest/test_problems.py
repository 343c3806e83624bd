"""What is said of many problems at once."""

from apps.ingest.problems import KINDS, BundleRefused, Problem


def cells(count: int, wanted: str, column: str | None = "value") -> list[Problem]:
    return [Problem("a.csv", f"given “{line}”; {wanted}", line, column, wanted) for line in range(2, count + 2)]


def test_what_many_rows_have_wrong_is_summed_up_and_most_frequent_first() -> None:
    refused = BundleRefused([*cells(2, "wanted a day.", "stated_on"), *cells(1_500, "wanted a figure.")])
    assert refused.report().splitlines()[-4:] == [
        "… and 1,402 more.",
        "Nothing was imported: 1,502 problems.",
        "1,500 of them in value: wanted a figure.",
        "2 of them in stated_on: wanted a day.",
    ]


def test_a_rule_about_several_columns_names_none() -> None:
    assert BundleRefused(cells(2, "Only a plan may.", None)).summary() == ["2 of them: Only a plan may."]


def test_what_one_row_has_wrong_is_not_summed_up() -> None:
    assert BundleRefused([*cells(1, "wanted a figure."), Problem("a.csv", "no header")]).summary() == []


def test_only_the_most_frequent_kinds_are_summed_up() -> None:
    kinds = [one for number in range(KINDS + 3) for one in cells(number + 2, f"wanted {number}.")]
    assert len(BundleRefused(kinds).summary()) == KINDS
