"""The rows of a unit that wait for review, as its page shows them."""

from assessments.review.desk.parts import Line
from assessments.roster.models.lines import MemberLine, OrganizationLine


def organization_rows(lines) -> list[Line]:
    found = list(lines.select_related("self_rated", "decided", "grassroots"))
    last = _last(OrganizationLine, "organization_id", found)
    return [Line(line, False, line.name, _place(line), last.get(line.organization_id, "")) for line in found]


def member_rows(lines) -> list[Line]:
    found = list(lines.select_related("self_rated", "decided", "member", "cell"))
    last = _last(MemberLine, "member_id", found)
    return [
        Line(line, True, line.member.full_name, line.cell.name, last.get(line.member_id, ""))
        for line in found
    ]


def _last(model, key: str, lines: list) -> dict[int, str]:
    """Last year's levels of whom the lines are about."""
    if not lines:
        return {}
    rated = model.objects.filter(
        **{
            "year": lines[0].year_id - 1,
            "dropped": False,
            "decided__isnull": False,
            f"{key}__in": [getattr(line, key) for line in lines],
        }
    )
    return dict(rated.order_by().values_list(key, "decided__code"))


def _place(line: OrganizationLine) -> str:
    return line.grassroots.name if line.kind == "affiliated" and line.grassroots else ""
