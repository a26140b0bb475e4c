"""The rows of a unit that wait for review, as its page shows them."""

from assessments.review.desk.parts import Line
from assessments.roster.models.line import RatedLine
from assessments.rules.year_rules import YearRules


def rows_of(lines, rules: YearRules) -> list[Line]:
    """Lines of organizations, or of members, with last year's level; two queries."""
    found, model = list(lines.with_rating()), lines.model
    last, is_old = _last(model, found), rules.is_old(model.levels)
    return [Line(line, last.get(line.listed_id, ""), is_old) for line in found]


def _last(model: type[RatedLine], lines: list) -> dict[int, str]:
    """Last year's levels of whom the lines are about."""
    if not lines:
        return {}
    key = f"{model.listed}_id"
    rated = model.objects.filter(
        **{
            "year": lines[0].year_id - 1,
            "dropped": False,
            "decided__isnull": False,
            f"{key}__in": [line.listed_id for line in lines],
        }
    )
    return dict(rated.order_by().values_list(key, "decided__code"))
