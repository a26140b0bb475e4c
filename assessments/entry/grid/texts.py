"""The words that the script of the entry page says, in the user's language."""

from django.utils.translation import gettext as _

from assessments.rules.catalog import RULES


def texts() -> dict[str, str]:
    """Key → sentence; `{…}` are filled in by the script."""
    owed = {f"owed_{rule}": words for rule, words in owed_words().items()}
    warned = {f"warn_{rule}": str(RULES[rule].title) for rule in owed_words()}
    return _states() | _troubles() | _head() | _filters() | _bulk() | _conflict() | _notices() | owed | warned


def owed_words() -> dict[str, str]:
    """Rule → what the state of a row says that still owes its reason."""
    return {
        "over_cap": _("over the cap, a reason is needed"),
        "above_self": _("above the self-rating, a reason is needed"),
        "recent_rated": _("rated within six months of the admission, a reason is needed"),
        "discipline": _("high level beside discipline, a reason is needed"),
        "jump": _("two levels or more from last year, a reason is needed"),
    }


def _states() -> dict[str, str]:
    return {
        "saved": _("Saved {at}"),
        "saving": _("Saving…"),
        "editing": _("Editing"),
        "empty": _("Blank"),
        "exempt": _("Exempt, not rated"),
        "accepted": _("Accepted"),
        "returned": _("Returned: {why}"),
        "mended": _("mended, waits to be sent again"),
        "offline": _("Not saved: no connection; kept on this machine, sent again by itself"),
        "signed_out": _("Not saved: you are signed out; kept on this machine"),
        "other_user": _("Not saved: another person is signed in; kept on this machine"),
        "failed": _("Not saved: the system did not answer as expected; sent again by itself"),
        "refused": _("Not saved: {why}"),
        "unknown": _("Not saved: “{text}” is not a level of this year"),
        "conflict": _("Another person has just changed it"),
        "conflict_own": _("You have just changed it in another window"),
        "not_rated": _("not rated"),
        "choose_reason": _("Write why not"),
        "reason_hint": _("Write a reason, no personal information"),
        "choose": _("Choose {name}"),
        "details": _("Decision and more"),
        "suggested": _("{reason} (not stored yet)"),
    }


def _troubles() -> dict[str, str]:
    return {
        "trouble_offline": _(
            "No connection: {count} rows are not saved. Levels are kept on this machine and sent by "
            "themselves; reasons stay on this page only."
        ),
        "trouble_signed_out": _(
            "You are signed out: {count} rows are not saved. Levels are kept on this machine; sign in "
            "again and they are sent. Reasons stay on this page only."
        ),
        "trouble_other_user": _(
            "Another person has signed in on this machine: {count} rows of yours are not saved. Sign in "
            "again yourself and they are sent."
        ),
        "trouble_failed": _(
            "The system does not answer: {count} rows are not saved. Levels are kept on this machine and "
            "sent by themselves; reasons stay on this page only."
        ),
        "sign_in": _("Sign in again (in a new window)"),
        "try_again": _("Try now"),
        "no_list": _("this list is no longer open to you"),
        "not_understood": _("the page is an old one; load it again"),
    }


def _head() -> dict[str, str]:
    return {
        "short": _("short of {count}"),
        "met": _("met"),
        "needed": _("needs {count}"),
        "needed_in_full": _("needs {count}; when all {roster} are rated: {full}"),
        "cap": _("allowed {allowed}, now {used}"),
        "over": _("over by {count}"),
        "within": _("within the cap"),
        "groups_over": _("{place} · groups over: {count}"),
        "unrated": _("not rated {count}"),
    }


def filter_words(name: str) -> str:
    """What the button says that lists only some rows."""
    return _filters()[f"filter_{name}"]


def _filters() -> dict[str, str]:
    return {
        "filter_unrated": _("Not rated yet"),
        "filter_blank": _("Blank rows only"),
        "filter_returned": _("Returned"),
        "filter_mended": _("Mended after the return"),
        "filter_owed": _("Reason needed"),
        "filter_over": _("Over the cap"),
        "filter_warning": _("With a warning"),
        "filter_differs": _("Other than self-rated"),
        "filter_changed": _("Changed"),
        "filter_unsaved": _("Unsaved"),
        "filter_conflict": _("Changed elsewhere"),
        "shown": _("{shown} of {count} rows"),
        "no_such_row": _("Row {number} is not among the rows listed now."),
    }


def _bulk() -> dict[str, str]:
    return {
        "picked": _("{count} rows chosen"),
        "set_level": _("Level"),
        "set_decided": _("Set the decided level:"),
        "set_self_rated": _("Set the self-rated level:"),
        "unpick": _("Clear the choice"),
        "change": _("Change {count} rows to {level}"),
        "fill_blank": _("Fill {count} blank rows with {level}"),
        "like_last": _("Fill {count} rows like {year}"),
        "like_self": _("Fill {count} blank rows from the self-rating"),
        "done": _("Changed {count} rows."),
        "done_but": _("Changed {count} rows; {left} were not saved."),
        "explain": _("Write “{reason}” into {count} rows"),
        "undone": _("Undone: {count} rows."),
        "undone_but": _("Undone: {count} rows; {left} were not."),
        "undo": _("Undo"),
        "nothing_to_undo": _("Nothing to undo."),
        "blank_level": _("not rated, write the reason"),
    }


def _conflict() -> dict[str, str]:
    return {
        "you_typed": _("You typed:"),
        "stored": _("Stored in the system:"),
        "keep_mine": _("Keep my {level}"),
        "take_theirs": _("Take {level}"),
        "keep_all_mine": _("Keep all of mine"),
        "take_all_theirs": _("Take all of theirs"),
        "take_all_own": _("Take all of the other window"),
        "column_self_rated": _("Self-rated"),
        "column_proposed": _("Proposed"),
        "column_decided": _("Decided"),
        "column_awarded": _("Title"),
        "column_reason": _("Reason when not rated"),
        "column_note": _("Reason, note"),
    }


def _notices() -> dict[str, str]:
    return {
        "pasted": _("Pasted {count} rows; {unread} cells could not be read."),
        "unread_cells": _("{count} pasted cells could not be read; the others are filled in:"),
        "row_and_column": _("Row {number}, {column}"),
        "no_such_mark": _("is no mark: write x, or leave it empty"),
        "no_such_level": _("is not a level of this year"),
        "no_such_code": _("is not a code of this list"),
        "cell_locked": _("cannot be written into this cell"),
        "too_long": _("is longer than 200 characters"),
        "left_over": _("{count} pasted lines were left over: the list has no more rows below."),
        "and_more": _("and {count} more"),
        "restored": _("{count} rows typed earlier were kept on this machine and are being sent."),
        "refused_rows": _("{count} rows were not saved; what was typed stays until you discard it:"),
        "row_unknown": _("a row that is no longer in this year's list"),
        "conflict_elsewhere": _("it was changed meanwhile; open the whole list to choose"),
        "copy_typed": _("Copy what was typed"),
        "discard": _("Discard {count} rows"),
        "dismiss": _("Close"),
    }
