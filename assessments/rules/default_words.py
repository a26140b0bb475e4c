"""The words of the default set of targets, wherever the system calls itself or a rule by its document."""

from django.db import DatabaseError
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject, lazy

from assessments.rules.models.target_sets import TargetSet
from assessments.rules.reference import DEFAULT_SET, RESOLUTION


def default_words() -> TargetSet:
    """As the Board has them; where nothing can be read (not migrated, out of reach) as they begin."""
    try:
        found = TargetSet.objects.filter(is_default=True).first()
    except DatabaseError:
        found = None
    return found or TargetSet(is_default=True, **DEFAULT_SET, **RESOLUTION)


def template_context(request: HttpRequest) -> dict:
    """Template context: `default_set`, read where a page asks for it."""
    return {"default_set": SimpleLazyObject(default_words)}


cited = lazy(lambda words: words % {"document": default_words().document}, str)
"""A sentence with the document of the default set as `document`, said when it is read."""
