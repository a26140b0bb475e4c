"""The units in whose names a year is reported."""

from collections.abc import Collection

from assessments.roster.models.lines import MemberLine, OrganizationLine
from assessments.roster.models.village_lines import VillageLine
from assessments.roster.sync import sync
from assessments.roster.tree import Branches, Tree
from assessments.rules.models.years import RatingYear, Submission, SubmissionState

NAMED = ("code", "name", "position")


def refresh_units(year: RatingYear, tree: Tree, only: Collection[int] | None = None) -> None:
    """The province's name, and the submissions of its units; of `only` these organizations, if given."""
    province = tree.province
    if province and (year.province_id, year.province_name) != (province.id, province.name):
        year.province_id, year.province_name = province.id, province.name
        year.save(update_fields=["province", "province_name"])
    if only is not None and not only:
        return
    if only is not None and not tree.nodes.keys() >= set(only):
        # A unit from which something went may stand above nothing that is in reach now.
        tree = Tree(tree.day, Branches(only))
    begun = _within(Submission.objects.filter(year=year), only).exclude(state=SubmissionState.NOT_BEGUN)
    wanted = {row[0]: row[1:] for row in begun.values_list("unit_id", *NAMED)}
    used = _used(year, only)
    for node in tree.nodes.values() if only is None else map(tree.nodes.get, only):
        if node and (node.id in used or tree.is_unit(node.id)):
            wanted[node.id] = (node.code, node.name, node.position)
    sync(Submission, year, "unit_id", NAMED, wanted, only)


def _used(year: RatingYear, only: Collection[int] | None) -> set[int]:
    """Units under which something is listed, also one dissolved without its branch; what is only kept
    apart there since it dropped out makes none of one that ended."""
    rows = (
        OrganizationLine.objects.in_roster(),
        MemberLine.objects.in_roster(),
        VillageLine.objects.all(),
    )
    return {
        unit
        for listed in rows
        for unit in _within(listed.filter(year=year), only)
        .order_by()
        .values_list("unit_id", flat=True)
        .distinct()
    }


def _within(rows, only: Collection[int] | None):
    return rows if only is None else rows.filter(unit__in=only)
