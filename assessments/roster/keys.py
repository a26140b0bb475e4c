"""Under which keys a tally counts."""

UNRATED, EXEMPT, COVERED, TOTAL = "unrated", "exempt", "covered", "total"
WAITING = (UNRATED, EXEMPT)
"""The keys of those in the roster without a level."""
Key = tuple[int, int, int, str, str]
"""Year, unit, organization, subject, key."""
