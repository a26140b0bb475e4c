"""Lines for which a reported total stands: one rule for grid, load, supplement and figures."""

import pytest

from assessments.roster import covering
from assessments.roster.models.lines import RATED_LINES
from assessments.roster.models.tallies import Tally
from tests import factories
from tests.assessments.years import opened

pytestmark = pytest.mark.django_db

AFFILIATED = {"A.X01.1", "A.X01.2", "S", "S.1"}
MEMBERS = {"A1", "A2", "A3", "DEEP"}
COVERED = {
    "A": {"grassroots": {"A.X01"}, "affiliated": AFFILIATED, "member": MEMBERS},
    "A.X01": {"grassroots": {"A.X01"}, "affiliated": AFFILIATED, "member": MEMBERS},
    "S": {"grassroots": set(), "affiliated": {"S", "S.1"}, "member": {"DEEP"}},
    "S.1": {"grassroots": set(), "affiliated": {"S.1"}, "member": {"DEEP"}},
}


def test_a_total_stands_for_the_lines_in_its_organization(world, actor):
    section = factories.organization(world.alpha.commune, form="section", code="S")
    deep = factories.cell(section, code="S.1")
    factories.member(deep, code="DEEP")
    year = opened(2018, actor)
    places = {one.code: one for one in (world.alpha.unit, world.alpha.commune, section, deep)}
    for place, subjects in COVERED.items():
        for subject, codes in subjects.items():
            total = Tally.objects.create(
                year=year, unit=world.alpha.unit, organization=places[place],
                subject=subject, key="TSVM", count=1, is_reported=True,
            )  # fmt: skip
            found = [
                line.code
                for model in RATED_LINES
                for line in model.objects.filter(pk__in=covering.covered_among(year.pk, model.objects.all()))
            ]
            would = [line.code for line in covering.below(year.pk, subject, places[place].pk)]
            alone = {line.code for line in covering.counting(year.pk, subject)}
            assert sorted(found) == sorted(would) == sorted(codes), (place, subject)
            assert alone and not alone & codes, (place, subject)
            total.delete()
    assert covering.covered_among(year.pk, RATED_LINES[0].objects.all()) == set()
