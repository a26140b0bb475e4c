"""What changed of the tree between two 31 Decembers: of the province, and of each unit."""

from datetime import date
from random import Random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.figures.indicators import INDICATORS
from assessments.figures.past import Cause, Past
from assessments.figures.trees import TreeChange, Trees
from assessments.roster.models.line import Kind
from assessments.roster.models.lines import OrganizationLine
from assessments.rules.models.years import RatingYear, Submission
from orgs.models import Organization
from tests import factories

G, A = Kind.GRASSROOTS.value, Kind.AFFILIATED.value
RATED = ["grassroots_strong", "grassroots_exemplary", "affiliated_strong"]


class Office:
    """Years written as lists: unit → organizations with their kinds; a unit may stand in its own list."""

    def __init__(self):
        self.root = factories.province()
        self.bodies: dict[str, Organization] = {}

    def body(self, code: str) -> Organization:
        if code not in self.bodies:
            self.bodies[code] = factories.organization(self.root, code=code)
        return self.bodies[code]

    def year(self, number: int, units: dict[str, dict[str, str]], state: str = "closed") -> RatingYear:
        made = RatingYear.objects.create(year=number, state=state, province=self.root)
        for unit, bodies in units.items():
            Submission.objects.create(year=made, unit=self.body(unit), code=unit, name=unit)
            OrganizationLine.objects.bulk_create(
                OrganizationLine(
                    year=made, unit=self.body(unit), organization=self.body(code), code=code, kind=kind
                )
                for code, kind in bodies.items()
            )
        return made

    def merge(self, old: str, into: str) -> None:
        body = self.body(old)
        body.dissolved_on, body.merged_into = date(2019, 7, 1), self.body(into)
        body.save()

    def changes(self) -> tuple[TreeChange | None, dict[str, TreeChange]]:
        """Of the province from 2018 to 2019, and of its units."""
        trees = Trees(RatingYear.objects.all())
        names = {body.pk: code for code, body in self.bodies.items()}
        return trees.of_province(2018, 2019), {
            names[unit]: change for unit, change in trees.of_units(2018, 2019).items()
        }


@pytest.fixture
def office(db) -> Office:
    return Office()


def some(name: str, count: int, kind: str = G) -> dict[str, str]:
    return {f"{name}{number}": kind for number in range(count)}


def test_an_unchanged_tree_parts_nothing_nor_does_what_is_founded_or_ends_by_itself(office):
    office.year(2018, {"U": some("a", 5), "V": some("b", 5)})
    office.year(2019, {"U": some("a", 7), "V": some("b", 3)})
    assert office.changes() == (None, {})


def test_the_districts_end_and_communes_become_units(office):
    cells = {f"c{n}": A for n in range(8)}
    office.year(2018, {"D": some("x", 2) | cells})
    office.year(2019, {"x0": {f"c{n}": G for n in range(4)}, "x1": {f"c{n}": G for n in range(4, 8)}})
    province, units = office.changes()
    assert province == TreeChange("2 đơn vị mới, 1 đơn vị kết thúc", False, frozenset({G, A}))
    assert units == {code: TreeChange("đơn vị mới", True) for code in ("x0", "x1")}


def test_units_that_become_grassroots_organizations(office):
    office.year(2018, {"x0": some("c", 3), "x1": some("d", 3)})
    office.year(2019, {"x0": {"x0": G} | some("c", 3, A), "x1": some("d", 3)})
    province, units = office.changes()
    assert province == TreeChange("1 đơn vị đổi cấp", False, frozenset({G, A}))
    assert units == {"x0": TreeChange("đơn vị đổi cấp", False, frozenset({G, A}))}


@pytest.mark.parametrize(("others", "kinds"), [(28, {G}), (29, set())])
def test_one_in_ten_parts_the_province_less_does_not(office, others, kinds):
    """Two become affiliated, their unit is one itself: three of 30 differ; of 31 it is less than a tenth."""
    before = {"S": some("c", 2), "U": some("a", others) | some("m", 100, A)}
    office.year(2018, before)
    office.year(2019, before | {"S": {"S": G} | some("c", 2, A)})
    province, units = office.changes()
    assert set(units) == {"S"}
    assert (set() if province is None else province.kinds) == kinds


def test_a_unit_that_goes_into_another_leaves_the_province_as_it_was(office):
    office.year(2018, {"U": some("a", 3), "V": some("b", 3)})
    office.year(2019, {"U": some("a", 3) | some("b", 3)})
    office.merge("V", "U")
    assert office.changes() == (None, {"U": TreeChange("có đơn vị khác nhập vào", True)})


def test_a_part_that_becomes_a_unit(office):
    office.year(2018, {"U": some("a", 30)})
    office.year(2019, {"U": some("a", 29), "V": {"a29": G}})
    part = office.body("V")
    part.split_from = office.body("U")
    part.save()
    province, units = office.changes()
    assert province is None
    assert units == {"U": TreeChange("một phần tách thành đơn vị", True), "V": TreeChange("đơn vị mới", True)}


@pytest.mark.parametrize(("all_of_it", "is_much"), [(10, True), (11, False)])
def test_what_comes_from_another_unit_is_much_from_one_in_ten_on(office, all_of_it, is_much):
    office.year(2018, {"U": some("a", all_of_it - 1), "V": some("b", 40)})
    stayed = {f"b{number}": G for number in range(1, 40)}
    office.year(2019, {"U": some("a", all_of_it - 1) | {"b0": G}, "V": stayed})
    province, units = office.changes()
    assert province is None and set(units) == ({"U"} if is_much else set())


def test_merged_communes_part_the_grassroots_organizations_alone(office):
    cells = some("c", 12, A)
    office.year(2018, {"U": some("x", 12) | cells})
    office.year(2019, {"U": some("x", 9) | {"n": G} | cells})
    for old in ("x9", "x10", "x11"):
        office.merge(old, "n")
    change = TreeChange("sáp nhập làm thay đổi 4 tổ chức đảng", False, frozenset({G}))
    assert office.changes() == (change, {"U": change})


@pytest.mark.parametrize(("own", "is_other"), [(2, False), (1, True)])
def test_units_from_outside_make_another_province(office, own, is_other):
    """One of three may come from outside; of two it is another place, persons and villages too."""
    mine = {f"U{n}": some(f"a{n}-", 20) for n in range(own)}
    office.year(2018, mine)
    office.year(2019, mine | {"N": some("n", 1)})
    province, units = office.changes()
    assert (province is not None and province.of_place) == is_other
    assert set(units) == {"N"}


def test_of_a_new_unit_made_of_merged_ones_nothing_comes_from_outside(office):
    office.year(2018, {"U": some("a", 4)})
    office.year(2019, {"N": some("n", 2)})
    office.merge("a0", "n0")
    province, _units = office.changes()
    assert province is not None and not province.of_place and province.kinds == {G}


def test_a_year_of_reported_totals_tells_no_kind(office):
    office.year(2018, {"U": {}, "V": {}}, state="reported")
    office.year(2019, {"U": {"U": G}, "V": some("b", 2)})
    assert office.changes() == (None, {})


def test_each_indicator_is_broken_by_what_changes_it(office):
    office.year(2018, {"U": some("x", 12), "V": some("b", 30, A)})
    office.year(2019, {"U": some("x", 9) | {"n": G}, "V": some("b", 30, A), "N": {}})
    for old in ("x9", "x10", "x11"):
        office.merge(old, "n")
    past, new = Past(RatingYear.objects.all()), office.body("N").pk

    def parted(unit: int | None) -> set[str]:
        return {code for code, one in INDICATORS.items() if past.cuts(one, 2019, unit)}

    assert parted(None) == {"grassroots_strong", "grassroots_exemplary"}
    assert parted(office.body("U").pk) == {"grassroots_strong", "grassroots_exemplary"}
    assert parted(office.body("V").pk) == set()
    assert parted(new) == set(INDICATORS)
    assert {cut.cause for cut in Past(RatingYear.objects.all(), new).breaks} == {Cause.PLACE}


def test_one_place_says_the_same_alone_as_among_all(office):
    """Random trees: a unit's own past and the province's agree about it; the statements do not grow."""
    random, spent = Random(14), []
    for number in range(2015, 2021):
        names = ["U0", *(f"U{n}" for n in range(1, 6) if random.random() < 0.8)]
        units: dict[str, dict[str, str]] = {name: {} for name in names}
        for code in (f"o{n}" for n in range(40)):
            units[random.choice(names)][code] = random.choice([G, A, A, A])
        office.year(number, units)
        every = list(RatingYear.objects.all())
        with CaptureQueriesContext(connection) as asked:
            past = Past(every)
            together = past.of_units(number - 1, number)
            assert past.breaks is not None
        spent.append(len(asked))
        for name in names:
            unit = office.body(name).pk
            alone = [cut for cut in Past(every, unit).breaks if cut.year == number]
            assert alone == ([together[unit]] if unit in together else []), (number, name)
    assert max(spent) == spent[1] <= 24
