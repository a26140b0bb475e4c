"""Looking up what stands against one subject."""

from django import template

register = template.Library()


@register.filter
def of(found: dict[str, str], subject: str) -> str:
    """What is said of a subject; empty when nothing is."""
    return found.get(str(subject), "")
