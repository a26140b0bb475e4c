"""From which columns of forms 01 to 05 the indicators take their numbers."""

from collections.abc import Iterable

from assessments.figures.indicators import AdmissionCount, HeadShare, Indicator, LevelShare
from assessments.reports.building.sources import Part, Sources
from assessments.reports.sheets import kinds


def measure(sources: Sources, indicator: Indicator) -> tuple[Part, Part | None, Part | None]:
    """Numerator, denominator and what is not rated (or vacant)."""
    if isinstance(indicator, LevelShare):
        keys = (indicator.code, "rated", "unrated")
    elif isinstance(indicator, HeadShare):
        keys = ("member", "in_post", "vacant")
    else:
        return sources.part(form_of(indicator), [_count_key(indicator)]), None, None
    return tuple(sources.part(form_of(indicator), [key]) for key in keys)


def others(sources: Sources, indicator: Indicator) -> list[tuple[Part, Part | None]]:
    """The same by the other readings, in the order of the figure's own."""
    key = form_of(indicator)
    if isinstance(indicator, LevelShare):
        return [*_other_levels(sources, indicator)]
    if isinstance(indicator, HeadShare):
        return [(_without_probationary(sources, key), sources.part(key, ["in_post"]))]
    also = "term_outside" if isinstance(indicator, AdmissionCount) else indicator.also
    return [(sources.part(key, [_count_key(indicator), also]), None)] if also else []


def form_of(indicator: Indicator) -> str:
    """The key of the form that counts for an indicator."""
    if isinstance(indicator, LevelShare):
        return indicator.subject.value
    return "movements" if isinstance(indicator, AdmissionCount) else "villages"


def _without_probationary(sources: Sources, key: str) -> Part:
    members, among = sources.part(key, ["member"]), sources.part(key, ["probationary"])
    if members.value is None:
        return members
    formula = f"{members.formula}-{among.formula}" if members.formula and among.formula else ""
    return Part(formula, members.value - (among.value or 0))


def _other_levels(sources: Sources, indicator: LevelShare) -> Iterable[tuple[Part, Part]]:
    key, builder = form_of(indicator), kinds.builder(sources.matter, indicator.subject)
    for reading in sources.matter.rules.other_readings(indicator.meaning):
        yield sources.part(key, builder.keys_of(reading)), sources.part(key, ["rated"])
    if indicator.also_of:
        whole = next(
            code for code, meaning, _words in builder.kind.indicators if meaning == indicator.also_of
        )
        yield sources.part(key, [indicator.code]), sources.part(key, [whole])


def _count_key(indicator: Indicator) -> str:
    """The column of form 04 or 05 that a plain count is from."""
    return "term" if isinstance(indicator, AdmissionCount) else indicator.state
