"""The functions that constraints and generated columns of all apps are written with.

Each is immutable and calls no other function of ours, so that a dump can be restored whatever the search path is.
"""

from django.db import migrations

# Text that is no partial date gives null, never an error: constraints then say what was wrong.
_SHAPE = "^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"
_MONTH = "make_date(left(given, 4)::int, substr(given, 6, 2)::int, 1)"
_MONTH_END = f"({_MONTH} + interval '1 month' - interval '1 day')::date"
_DAY = f"({_MONTH} + substr(given, 9, 2)::int - 1)"
_IS_IN_MONTH = f"{_DAY} <= {_MONTH_END}"

_PARTIAL = """
CREATE FUNCTION {name}(given text) RETURNS date LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT CASE
        WHEN given !~ '{shape}' OR left(given, 4) = '0000' THEN NULL
        WHEN length(given) = 4 THEN {year}
        WHEN length(given) = 7 THEN {month}
        WHEN {is_in_month} THEN {day}
    END
$$
"""

PARTIAL_FIRST = _PARTIAL.format(
    name="parallax_partial_first",
    shape=_SHAPE,
    year="make_date(given::int, 1, 1)",
    month=_MONTH,
    is_in_month=_IS_IN_MONTH,
    day=_DAY,
)
PARTIAL_LAST = _PARTIAL.format(
    name="parallax_partial_last",
    shape=_SHAPE,
    year="make_date(given::int, 12, 31)",
    month=_MONTH_END,
    is_in_month=_IS_IN_MONTH,
    day=_DAY,
)
# 12000 has two, 5.30 has two, 0 has none: the digits between the first and the last that is not zero.
SIGNIFICANT_DIGITS = """
CREATE FUNCTION parallax_significant_digits(given numeric) RETURNS integer
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT CASE
        WHEN given IN ('NaN', 'Infinity', '-Infinity') THEN 2147483647
        ELSE length(btrim(replace(abs(given)::text, '.', ''), '0'))
    END
$$
"""


class Migration(migrations.Migration):
    initial = True
    dependencies: list[tuple[str, str]] = []
    operations = [
        migrations.RunSQL(PARTIAL_FIRST, "DROP FUNCTION parallax_partial_first(text)"),
        migrations.RunSQL(PARTIAL_LAST, "DROP FUNCTION parallax_partial_last(text)"),
        migrations.RunSQL(SIGNIFICANT_DIGITS, "DROP FUNCTION parallax_significant_digits(numeric)"),
    ]
