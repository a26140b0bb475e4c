"""The actions on accounts and the database and the loads of organizations and villages, as the trail tells
them; the acts on one organization or village: `assessments/registers/acts/`."""

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from orgs.models import Installation, Level, Organization, Village
from orgs.trail.words import Key, Of, Reference, action, chosen, counted, keys_of

ACCOUNT = Of(
    User,
    keys_of(User, "full_name", "office", "role")
    | {
        "is_active": Key(_("may sign in")),
        "posting": Key(_("stands at"), refers_to=Reference(Organization, "code", "name")),
    },
    words=_("account"),
)
ORGANIZATION = Of(
    Organization,
    keys_of(
        Organization,
        "code",
        "name",
        "form",
        "type_label",
        "established_on",
        "dissolved_on",
        "dissolution_decision",
        "dissolution_decided_on",
        "merged_into",
        "split_from",
        "parent",
        "own_level",
        "position",
        "phone",
    )
    | {
        "level": Key(_("level in the tree"), chosen(Level)),
        "decision": Key(_("decision number")),
        "form_decision": Key(_("decision number")),
    },
)
VILLAGE = Of(
    Village,
    keys_of(
        Village,
        "code",
        "name",
        "kind",
        "committee",
        "cell",
        "starts_on",
        "ends_on",
        "ending_decision",
        "ending_decided_on",
        "merged_into",
        "split_from",
    )
    | {"decision": Key(_("decision number"))},
)
DATABASE = Of(
    Installation,
    {
        "file": Key(_("file")),
        "rows": Key(_("rows"), counted),
        "organizations": Key(_("organizations"), counted),
        "villages": Key(_("villages"), counted),
        "members": Key(_("members"), counted),
        "village_heads": Key(_("village heads"), counted),
    },
)

ACTIONS = {
    "organization.load": action(_("loaded from a workbook"), ORGANIZATION),
    "village.load": action(_("loaded from a workbook"), VILLAGE),
    "account.add": action(_("account added"), ACCOUNT),
    "account.change": action(_("account changed"), ACCOUNT),
    "account.reset": action(_("password reset"), ACCOUNT),
    "account.unlock": action(_("account unlocked"), ACCOUNT),
    "system.restore": action(_("restored from a backup"), DATABASE),
    "system.erase": action(_("names over their time taken out of the trail"), DATABASE),
    "demonstration.build": action(_("demonstration built"), DATABASE),
}
