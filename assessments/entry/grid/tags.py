"""The files of the entry page's script."""

from django import template
from django.templatetags.static import PrefixNode
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

register = template.Library()

MODULES = (
    "bulk",
    "clipboard",
    "conflict",
    "cursor",
    "draw",
    "edits",
    "editor",
    "filters",
    "flags",
    "grid",
    "head",
    "help",
    "jump",
    "keys",
    "ledger",
    "notices",
    "page",
    "paste",
    "picks",
    "post",
    "restore",
    "row",
    "saving",
    "sheet",
    "state",
    "store",
    "text",
    "view",
)


@register.simple_tag
def entry_modules() -> SafeString:
    """Every module at once, under the names by which they import each other."""
    prefix = PrefixNode.handle_simple("STATIC_URL")
    links = ((prefix, name) for name in MODULES)
    return format_html_join("", '<link rel="modulepreload" href="{}js/entry/grid/{}.js">', links)
