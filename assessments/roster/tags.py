"""The step that an empty page leads on to."""

from django import template

from assessments.roster.beginning import Step, next_step

register = template.Library()


@register.simple_tag(takes_context=True, name="next_step")
def step(context) -> Step | None:
    """What the user can do now towards the first year; None once there is one."""
    return next_step(context["request"].user)
