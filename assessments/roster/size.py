"""How large the province is, about: what goes through all of it takes as long."""

from members.models import Member
from orgs.models import Organization


def rows_to_rate() -> int:
    """Organizations and members, those who left included."""
    return Organization.objects.count() + Member.objects.count()
