"""What stands beside a count: its share, how large its whole is, and what its checks say; one place for the
page and for the answer to what was typed."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

from assessments.entry.counts.rules import bound_of
from assessments.rules.count_rule import CountRule, Finding, Known
from assessments.rules.models.counts import Relation, Size
from resolution03.lib.figures import number, percent


@dataclass(frozen=True, slots=True)
class Told:
    """`share`: of its whole, in words; `kind` and `words`: the sign of what its checks say, both empty where
    nothing is said; `asks`: a soft check asks for a reason, whether one is there or not."""

    share: str = ""
    kind: str = ""
    words: str = ""
    asks: bool = False

    def as_data(self) -> dict:
        return asdict(self)


def told(
    rule: CountRule, known: Known, failed: Iterable[Finding], names: Mapping[str, str], reason: str | None
) -> Told:
    """What is said of a count; `failed`: its own checks that it fails; `names`: of counts by code; `reason`:
    None where the registers tell it, which explain nothing."""
    share = share_words(rule, known, names)
    failed = list(failed)
    if not failed:
        return Told(share)
    hard = next((one for one in failed if one.check.is_hard), None)
    if hard:
        return Told(share, "error", against(hard, names))
    words = against(failed[0], names)
    if reason is None:
        return Told(share, "unmet", words)
    ask = _("%(what)s, a reason is given") if reason else _("%(what)s, a reason is needed")
    return Told(share, "unmet", ask % {"what": words}, asks=True)


def against(finding: Finding, names: Mapping[str, str]) -> str:
    """`16 is more than 14 (…)`: the number and what it is held to."""
    words = {
        Relation.AT_MOST: _("%(count)s is more than %(bound)s (%(of)s)"),
        Relation.AT_LEAST: _("%(count)s is less than %(bound)s (%(of)s)"),
        Relation.EQUAL: _("%(count)s is not %(bound)s (%(of)s)"),
    }[Relation(finding.check.relation)]
    of = bound_of(finding.check, names)
    return words % {"count": _held(finding, names), "bound": number(finding.bound), "of": of}


def _held(finding: Finding, names: Mapping[str, str]) -> str:
    """The number that is held to a bound, with how it came about."""
    check, count = finding.check, number(finding.number)
    if check.plus:
        return _("%(count)s together with “%(other)s”") % {
            "count": count,
            "other": names.get(check.plus, check.plus),
        }
    return f"{check.times} × {number(finding.number // check.times)} = {count}" if check.times > 1 else count


def share_words(rule: CountRule, known: Known, names: Mapping[str, str]) -> str:
    """`8/12 · 66,67%`, `3,83 meetings for each of 12 cells`; empty where it has no share."""
    count, whole = known.counts.get(rule.code), rule.whole(known)
    if not rule.has_share or count is None or not whole:
        return ""
    if rule.is_average:
        return _average(rule, count, whole, names)
    of = f"{number(count)}/{number(whole)}"
    return f"{of} · {number(percent(count, whole))}%"


def _average(rule: CountRule, count: int, whole: int, names: Mapping[str, str]) -> str:
    average = Decimal(count) / Decimal(whole)
    words = _("%(average)s %(measure)s for one of the %(of)s")
    return words % {
        "average": number(average.quantize(Decimal("0.01"), ROUND_HALF_UP)),
        "measure": rule.measure,
        "of": whole_name(rule, names),
    }


def whole_name(rule: CountRule, names: Mapping[str, str]) -> str:
    return names.get(rule.denominator, rule.denominator) if rule.denominator else str(Size(rule.size).label)


def hint(rule: CountRule, known: Known) -> str:
    """How large the whole of a count is by the list: `8 cells with nine or more official members`."""
    size = known.sizes.get(rule.size)
    if not rule.size or size is None:
        return ""
    words = f"{number(size)} {Size(rule.size).label}"
    if not rule.is_monthly:
        return words
    most = _("%(size)s, %(months)s months: %(product)s")
    return most % {"size": words, "months": known.months, "product": number(size * known.months)}
