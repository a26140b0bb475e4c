"""How far a user has read the notices."""

from assessments.roster.models.read_marks import NoticesRead


def read_up_to(user) -> int:
    """The last audit entry that the user has read as a notice; asked once a request."""
    if not hasattr(user, "_notices_read_up_to"):
        mark = NoticesRead.objects.filter(user=user).values_list("up_to", flat=True).first()
        user._notices_read_up_to = mark or 0
    return user._notices_read_up_to
