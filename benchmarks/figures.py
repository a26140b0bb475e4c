"""B1 and B12: figures from tallies against joined SQL, recounting against one index scan."""

from django.db import connection

from assessments.figures.board import board
from assessments.figures.indicators import INDICATORS
from assessments.roster import tallies
from assessments.roster.models.tallies import Tally
from assessments.rules.models.years import RatingYear, Submission
from assessments.rules.of_year import rules_of_years
from benchmarks.measure import in_turn, table

# From each rating up the registers to its unit, as one would first write it.
_UP = """
  JOIN orgs_organization p ON p.id = o.parent_id
  LEFT JOIN orgs_organization pp ON pp.id = p.parent_id
  LEFT JOIN orgs_organization ppp ON ppp.id = pp.parent_id"""
_UNIT = """CASE WHEN p.parent_id IS NULL THEN o.id WHEN pp.parent_id IS NULL THEN p.id
  WHEN ppp.parent_id IS NULL THEN pp.id ELSE ppp.id END"""
_GOOD = "SUM(CASE WHEN v.code IN ({}) THEN 1 ELSE 0 END)"
JOINED = (
    f"""SELECT l.year_id, {_UNIT}, COUNT(*), {_GOOD.format("'HTXSNV', 'HTTNV'")}
  FROM assessments_memberline l JOIN members_member m ON m.id = l.member_id
  JOIN orgs_organization o ON o.id = l.cell_id {_UP}
  JOIN assessments_level v ON v.id = l.decided_id
  WHERE NOT l.is_exempt AND NOT l.dropped GROUP BY 1, 2""",
    f"""SELECT l.year_id, l.kind, {_UNIT}, COUNT(*), {_GOOD.format("'TSVMTB', 'HTXSNV'")},
  {_GOOD.format("'TSVMTB', 'TSVM', 'HTXSNV', 'HTTNV'")}
  FROM assessments_organizationline l JOIN orgs_organization o ON o.id = l.organization_id {_UP}
  JOIN assessments_level v ON v.id = l.decided_id WHERE NOT l.dropped GROUP BY 1, 2, 3""",
    f"""SELECT l.year_id, {_UNIT}, l.head_state, COUNT(*),
  SUM(CASE WHEN l.cell_id IS NULL THEN 1 ELSE 0 END),
  SUM(CASE WHEN l.has_member THEN 0 ELSE 1 END)
  FROM assessments_villageline l JOIN orgs_village w ON w.id = l.village_id
  JOIN orgs_organization o ON o.id = w.committee_id {_UP} GROUP BY 1, 2, 3""",
    f"""SELECT l.year_id, {_UNIT}, COUNT(*) FROM assessments_movement l
  JOIN members_member m ON m.id = l.member_id JOIN orgs_organization o ON o.id = l.cell_id {_UP}
  WHERE l.kind = 'admission' AND l.in_term AND l.in_province GROUP BY 1, 2""",
)
COVERING_SCAN = """SELECT year_id, unit_id, decided_id, is_exempt, dropped, COUNT(*)
  FROM assessments_memberline GROUP BY 1, 2, 3, 4, 5"""


def _run(*statements: str) -> list:
    with connection.cursor() as cursor:
        return [_rows(cursor, sql) for sql in statements]


def _rows(cursor, sql: str) -> list[tuple]:
    cursor.execute(sql)
    return cursor.fetchall()


def all_figures() -> int:
    """Numerator, denominator, met and short of every indicator, unit and year; how many."""
    years = list(RatingYear.objects.all())
    units = set(Submission.objects.values_list("year_id", "unit_id"))
    shown = board(years)
    count = 0
    for year, unit in [*((year.pk, None) for year in years), *units]:
        for indicator in INDICATORS.values():
            figure = shown.figure(indicator.code, year, unit)
            count += figure.numerator is not None and (figure.met, figure.short) is not None
    return count


def dashboard(runs: int) -> str:
    """B1: budget 200 times faster than the joined SQL."""
    sides = {
        "joined SQL over the rows": lambda: _run(*JOINED),
        "figures from tallies": all_figures,
        "years and their rules alone": lambda: rules_of_years(RatingYear.objects.all()),
        "reading the tallies alone": lambda: list(
            Tally.objects.values_list("year_id", "unit_id", "subject", "key", "count")
        ),
    }
    measured = in_turn(sides, runs)
    lines = (f"{all_figures()} figures from {Tally.objects.count()} tallies.",)
    return table("B1 all figures of the dashboard", measured, to="figures from tallies", lines=lines)


def recount(runs: int) -> str:
    """B12: budget three times one covering-index scan of the rating rows."""
    years = list(RatingYear.objects.all())
    sides = {
        "recount of all years": lambda: tallies.recount(*years, check=True),
        "one covering-index scan": lambda: _run(COVERING_SCAN),
    }
    return table("B12 recount", in_turn(sides, runs), to="one covering-index scan")
