"""Lists as long as those of a district, made in a few statements."""

from datetime import date

from assessments.rules.models.schemes import Level
from members.models import Member


def members(cells, count: int) -> None:
    """`count` members, spread over the cells."""
    made = []
    for number in range(count):
        member = Member(
            cell=cells[number * len(cells) // count],
            code=f"D{number:05}",
            full_name=f"Y Đắk {number + 1}",
            admitted_on=date(2010, 1, 1),
        )
        member.refresh_keys()
        made.append(member)
    Member.objects.bulk_create(made)
    membership = Member._meta.get_field("memberships").related_model
    membership.objects.bulk_create(membership(member=member, cell_id=member.cell_id) for member in made)


def rate_all(model, year: int, subject: str, code: str) -> None:
    """One level for every line of a year."""
    level = Level.objects.get(scheme__years=year, subject=subject, code=code)
    model.objects.filter(year=year).update(decided=level)
