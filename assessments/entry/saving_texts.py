"""The words of what pages share that save each row by itself (static/js/entry/saving/)."""

from django.utils.translation import gettext as _


def saving_texts() -> dict[str, str]:
    """Key → sentence; `{…}` are filled in by the script."""
    return {
        "saved": _("Saved {at}"),
        "saving": _("Saving…"),
        "offline": _("Not saved: no connection; kept on this machine, sent again by itself"),
        "signed_out": _("Not saved: you are signed out; kept on this machine"),
        "other_user": _("Not saved: another person is signed in; kept on this machine"),
        "failed": _("Not saved: the system did not answer as expected; sent again by itself"),
        "refused": _("Not saved: {why}"),
        "conflict": _("Another person has just changed it"),
        "conflict_own": _("You have just changed it in another window"),
        "sign_in": _("Sign in again (in a new window)"),
        "try_again": _("Try now"),
        "no_list": _("this list is no longer open to you"),
        "not_understood": _("the page is an old one; load it again"),
        "you_typed": _("You typed:"),
        "stored": _("Stored in the system:"),
        "keep_mine": _("Keep my {level}"),
        "take_theirs": _("Take {level}"),
        "keep_all_mine": _("Keep all of mine"),
        "take_all_theirs": _("Take all of theirs"),
        "take_all_own": _("Take all of the other window"),
        "no_such_code": _("is not a code of this list"),
        "left_over": _("{count} pasted lines were left over: the list has no more rows below."),
        "unread_cells": _("{count} pasted cells could not be read; the others are filled in:"),
        "and_more": _("and {count} more"),
        "refused_rows": _("{count} rows were not saved; what was typed stays until you discard it:"),
        "row_unknown": _("a row that is no longer in this year's list"),
        "conflict_elsewhere": _("it was changed meanwhile; open the whole list to choose"),
        "copy_typed": _("Copy what was typed"),
        "discard": _("Discard {count} rows"),
        "dismiss": _("Close"),
        "undo": _("Undo"),
    }
