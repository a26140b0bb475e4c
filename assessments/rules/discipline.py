"""Beside which levels discipline asks for a reason, and which decisions count.

Source: QĐ 366-QĐ/TW (30/8/2025), art. 11, 1.1: from 2025 on an organization at the level that counts as
exemplary has no organization below it and no member of its leadership disciplined; before, by the practice
of the office, one that counts as strong has nobody disciplined at all.
"""

from assessments.rules.models.schemes import Meaning
from assessments.rules.year_rules import YearRules

OF_LEADERS_FROM = 2025


def asking_codes(year: int, rules: YearRules) -> tuple[str, ...]:
    """The levels beside which discipline asks, by the readings in use."""
    reading = rules.reading(Meaning.EXEMPLARY if year >= OF_LEADERS_FROM else Meaning.STRONG)
    return reading.codes if reading else ()


def is_committee_among(members: int | None, committee: int | None) -> bool:
    """Whether decisions on members of the committee can be among those on members, all forms together; None:
    nobody gave a count."""
    return committee is None or members is None or committee <= members


def counting_decisions(year: int, organization: int, members: int, committee: int | None) -> int:
    """How many decisions of one organization count: those on itself, and on its members or, from 2025 on
    and where somebody counted them (`committee`; None: nobody), on the members of its committee."""
    of_persons = members if committee is None or year < OF_LEADERS_FROM else committee
    return organization + of_persons
