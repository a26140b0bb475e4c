"""How the state of a unit's year is shown: a word, a shape, a colour."""

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessments.entry.completeness import Line, completeness
from assessments.entry.part_two.brief import Brief
from assessments.roster.standing import changes_in_words, standing

register = template.Library()

_STATES = {
    "not_begun": (_("Not begun"), "none", "dash-lg"),
    "in_progress": (_("In progress"), "none", "pencil"),
    "submitted": (_("Waiting for review"), "wait", "clock"),
    "returned": (_("Returned"), "unmet", "reply"),
    "accepted": (_("Accepted"), "met", "check-circle-fill"),
    "locked": (_("Locked"), "none", "lock"),
}


class Clock:
    """Moments by the office's clock: `16:21` of today, else the day; empty for none. For thousands
    at a time."""

    def __init__(self):
        self.zone, self.today = timezone.get_current_timezone(), timezone.localdate()

    def __call__(self, value) -> str:
        if value is None:
            return ""
        local = value.astimezone(self.zone)
        return f"{local:%H:%M}" if local.date() == self.today else f"{local:%d/%m/%Y}"


@register.filter
def clock(value) -> str:
    return Clock()(value)


@register.simple_tag
def level_link(level, address: str, is_former: bool):
    """A level's chip in the grid, which leads to the row's form where no script runs."""
    if level is None:
        chip = '<a href="{}" class="lv l0" tabindex="-1">{}</a>'
        return format_html(chip, address, gettext("not rated"))
    return format_html(
        '<a href="{}" class="lv l{}{}" title="{}" tabindex="-1">{}</a>',
        address,
        level.rank,
        " old" if is_former else "",
        level.name,
        level.code,
    )


@register.simple_tag
def list_changes(submission) -> str:
    """`, 3 changes of the list after acceptance`, behind the state; nothing for none."""
    words = changes_in_words(submission)
    return f", {words}" if words else ""


@register.simple_tag
def completeness_of(submission, year) -> list[Line]:
    """What is missing in a unit's year, each n of m; the page has found the submission in the user's scope.
    Of an open year, and of one that was closed without the unit; else nothing."""
    without = {unit["code"] for unit in year.closed_without}
    if not year.is_open and submission.code not in without:
        return []
    return completeness(year, [submission])[submission.unit_id]


@register.simple_tag
def part_two_of(submission, year) -> Brief:
    """Part II of a unit's year; the page has found the submission in the user's scope."""
    return Brief(year, submission)


@register.inclusion_tag("_sign.html")
def state_sign(submission, year):
    """The state as a sign: icon and word."""
    return _shown(submission, year)


@register.inclusion_tag("_tag.html")
def state_tag(submission, year):
    """The state as a tag for the head of a page."""
    shown = _shown(submission, year)
    return shown | {"kind": "wait" if shown["kind"] == "none" else shown["kind"]}


def _shown(submission, year) -> dict:
    label, kind, icon = _STATES["locked" if not year.is_open else submission.state]
    if year.is_open and submission.changes_waiting:
        return {
            "label": standing(submission, str(label)),
            "kind": "wait",
            "icon": "exclamation-triangle-fill",
        }
    return {"label": label, "kind": kind, "icon": icon}
