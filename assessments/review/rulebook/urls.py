from django.urls import path

from assessments.review.rulebook import cap_views, changing_views, entry_rule_views
from assessments.review.rulebook import reason_views as reasons
from assessments.review.rulebook import views as schemes

urlpatterns = [
    path("rules/", schemes.schemes, name="schemes"),
    path("rules/acts/<int:pk>/undo/", changing_views.undo_rule, name="rule_undo"),
    path("rules/entry/", entry_rule_views.entry_rules, name="entry_rules"),
    path("rules/entry/<int:year>/", entry_rule_views.entry_rules, name="entry_rules_year"),
    path("rules/entry/<int:year>/<slug:code>/", entry_rule_views.entry_rule, name="entry_rule"),
    path("rules/indicators/<slug:code>/", schemes.rule, name="rule"),
    path("rules/schemes/add/", schemes.scheme_add, name="scheme_add"),
    path("rules/schemes/<int:pk>/", schemes.scheme, name="scheme"),
    path("rules/schemes/<int:pk>/readings/<slug:meaning>/add/", schemes.reading_add, name="reading_add"),
    path("rules/levels/<int:pk>/", schemes.level, name="level"),
    path("rules/readings/<int:pk>/", schemes.reading, name="reading"),
    path("rules/readings/<int:pk>/choose/", schemes.reading_choose, name="reading_choose"),
    path("rules/targets/add/", schemes.target, name="target_add"),
    path("rules/targets/<int:pk>/", schemes.target, name="target"),
    path("rules/targets/<int:pk>/remove/", schemes.target_remove, name="target_remove"),
    path("rules/reasons/", reasons.listing, name="reasons"),
    path("rules/reasons/add/", reasons.edit, name="reason_add"),
    path("rules/reasons/<int:pk>/", reasons.edit, name="reason"),
    path("rules/reasons/<int:pk>/move/", reasons.move, name="reason_move"),
    path("rules/risk-age/add/", schemes.risk_age, name="risk_age_add"),
    path("rules/risk-age/<int:pk>/", schemes.risk_age, name="risk_age"),
    path("rules/risk-age/<int:pk>/remove/", schemes.risk_age_remove, name="risk_age_remove"),
    path("rules/terms/add/", schemes.term, name="term_add"),
    path("rules/caps/add/", cap_views.cap, name="cap_add"),
    path("rules/caps/<int:pk>/", cap_views.cap, name="cap"),
    path("rules/caps/<int:pk>/remove/", cap_views.cap_remove, name="cap_remove"),
    path("rules/caps/exceptions/add/", cap_views.exception, name="cap_exception_add"),
    path("rules/caps/exceptions/<int:pk>/", cap_views.exception, name="cap_exception"),
    path("rules/caps/exceptions/<int:pk>/remove/", cap_views.exception_remove, name="cap_exception_remove"),
    path("rules/caps/groups/add/", cap_views.like_group, name="cap_group_add"),
    path("rules/caps/groups/<int:pk>/", cap_views.like_group, name="cap_group"),
    path("rules/caps/groups/<int:pk>/remove/", cap_views.like_group_remove, name="cap_group_remove"),
    path("rules/terms/<int:pk>/", schemes.term, name="term"),
    path("rules/terms/<int:pk>/remove/", schemes.term_remove, name="term_remove"),
]
