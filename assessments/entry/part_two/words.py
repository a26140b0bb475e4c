"""The sentences of the pages: what was found, how a count is counted, what it is held to."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from assessments.entry.counts.rules import bound_of, held
from assessments.entry.part_two.columns import TOLD, Columns, whole_of
from assessments.entry.part_two.matrix import Matrix, Row, Shown
from assessments.rules.count_rule import CheckRule, CountRule
from assessments.rules.models.counts import Relation
from resolution03.lib.figures import number


def title(row: Row, columns: Columns) -> str:
    """`Nhiệm vụ, giải pháp: 615 trong 659 TCCSĐ đã báo; sinh hoạt đủ 12 tháng 95,2%`."""
    told = "; ".join(filter(None, (_reported(row), ", ".join(_leading(row, columns)))))
    return _("Tasks and measures: %(told)s") % {"told": told} if told else _("Tasks and measures")


def _reported(row: Row) -> str:
    if not row.of:
        return ""
    words = _("%(n)s of %(of)s grassroots organizations have given")
    return words % {"n": number(row.full), "of": number(row.of)}


def _leading(row: Row, columns: Columns) -> Iterable[str]:
    """One or two shares that somebody gave: those told first, else the first ones shown."""
    shares = [one for one in row.cells if one.now.rule.has_share and one.now.value is not None]
    first = [one for one in shares if one.now.rule.code in TOLD] or shares[:2]
    for one in first:
        name = one.now.rule.short_name
        yield f"{name[:1].lower()}{name[1:]} {_valued(one)}"


def _valued(shown: Shown) -> str:
    return shown.now.shown + ("" if shown.now.rule.is_average else "%")


def rows_of_rules(columns: Columns) -> list[dict]:
    """What is shown, its clause, how it is counted, what it is held to."""
    names = columns.names
    return [
        {
            "rule": rule,
            "how": how(rule, names),
            "checks": [check_words(rule, check, names) for check in rule.checks],
        }
        for rule in columns.rules
    ]


def how(rule: CountRule, names: Mapping[str, str]) -> str:
    """How the number comes about."""
    whole = whole_of(rule, names)
    words = "%(name)s"
    if whole:
        words = _("%(name)s, for each one of: %(whole)s") if rule.is_average else _("%(name)s, of: %(whole)s")
    found = words % {"name": rule.name, "whole": whole}
    if rule.is_computed:
        found = _("%(how)s; told by the registers where they can") % {"how": found}
    return found


def check_words(rule: CountRule, check: CheckRule, names: Mapping[str, str]) -> str:
    """What a count is held to, in signs; and what becomes of one that fails it."""
    sides = {"what": held(rule, check, names), "sign": Relation(check.relation).label}
    words = f"{sides['what']} {sides['sign']} {bound_of(check, names)}"
    if check.is_hard:
        return _("%(check)s, else refused") % {"check": words}
    return _("%(check)s, else with a reason") % {"check": words}


def partly(matrix: Matrix) -> str:
    """Which sums of the total are of some only, and how many gave them; empty where none is."""
    told = [
        f"{shown.now.rule.short_name} {shown.now.gave}/{shown.now.asked}"
        for shown in matrix.total.cells
        if shown.now.is_partly
    ]
    words = _("Incomplete sums, organizations that gave them: %(list)s")
    return words % {"list": "; ".join(told)} if told else ""
