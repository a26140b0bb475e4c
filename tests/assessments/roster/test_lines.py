"""One face of organizations and members in a year's roster."""

import pytest

from assessments.roster.facts import had_other_levels
from assessments.roster.models.lines import BY_LETTER, RATED_LINES, lines_of
from assessments.roster.models.movements import Movement
from assessments.roster.models.village_lines import VillageLine
from assessments.rules.models.schemes import RatedSubject
from tests.assessments.years import line_of, opened

pytestmark = pytest.mark.django_db


def test_what_a_line_says_and_what_is_asked_by_path_agree(world, actor):
    year = opened(2018, actor)
    cell, member = world.alpha.cells[0], world.alpha.members[0]
    for who, subject, key, place, levels in (
        (world.alpha.commune, "grassroots", "o", "", RatedSubject.ORGANIZATION),
        (cell, "affiliated", "o", "Đảng bộ xã Alpha", RatedSubject.ORGANIZATION),
        (member, "member", "m", cell.name, RatedSubject.MEMBER),
    ):
        line, name = line_of(year, who), getattr(who, "name", "") or who.full_name
        told = (line.subject, line.key, line.place, line.levels, line.code, line.name, line.listed_id)
        assert told == (subject, f"{key}{line.pk}", place, levels, who.code, name, who.pk), subject
        model = type(line)
        assert BY_LETTER[line.letter] is model and lines_of(subject).model is model
        by_path = model.objects.filter(pk=line.pk).values_list(
            model.code_path, model.name_path, f"{model.listed}__code", model.exempt
        )
        assert list(by_path) == [(line.code, line.name, who.code, line.is_exempt)]
        found = [one for one in ("grassroots", "affiliated", "member") if line in lines_of(one)]
        assert found == [subject]
    village = VillageLine.objects.get(year=year, village=world.alpha.village)
    assert village.listed_id == world.alpha.village.pk
    assert Movement(member=member).listed_id == member.pk


def test_an_exempt_member_alone_is_not_to_be_rated(world, actor):
    world.alpha.members[0].is_exempt = True
    world.alpha.members[0].save()
    year = opened(2018, actor)
    left = [
        set(model.objects.filter(year=year)) - set(model.objects.filter(year=year).to_rate())
        for model in RATED_LINES
    ]
    assert left == [set(), {line_of(year, world.alpha.members[0])}]


def test_levels_of_another_scheme_are_other_levels(world, actor):
    years = {number: opened(number, actor) for number in (2017, 2018, 2019)}
    found = {
        (number, subject): had_other_levels(year, subject)
        for number, year in years.items()
        for subject in RatedSubject
    }
    assert [pair for pair, is_other in found.items() if is_other] == [
        (2018, "organization"), (2018, "member"),
    ]  # fmt: skip
