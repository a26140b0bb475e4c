"""The files of the script of the pages of counts."""

from django import template
from django.templatetags.static import PrefixNode
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from assessments.entry.grid.tags import SAVING

register = template.Library()

COUNTS = ("bulk", "cell", "counts", "fields", "head", "page", "paint", "paste", "start", "sum")


@register.simple_tag
def count_modules() -> SafeString:
    """Every module at once, under the names by which they import each other."""
    prefix = PrefixNode.handle_simple("STATIC_URL")
    folders = {"saving": SAVING, "counts": COUNTS}
    links = ((prefix, folder, name) for folder, names in folders.items() for name in names)
    return format_html_join("", '<link rel="modulepreload" href="{}js/entry/{}/{}.js">', links)
