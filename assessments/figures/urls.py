from django.urls import path

from assessments.figures.at_risk import views as at_risk
from assessments.figures.awards import views as awards
from assessments.figures.heads import views as heads
from assessments.figures.judged import views as judged
from assessments.figures.names import views as drilldown
from assessments.figures.overview import views as overview
from assessments.figures.pace import views as pace

urlpatterns = [
    path("overview/", overview.overview, name="overview"),
    path("years/<int:year>/", overview.province, name="province"),
    path("years/<int:year>/history/", overview.history, name="history"),
    path("years/<int:year>/units/<code:unit>/", overview.unit, name="unit"),
    path("years/<int:year>/units/<code:unit>/history/", overview.history, name="unit_history"),
    path("years/<int:year>/self-rated/", judged.self_rated, name="self_rated"),
    path("years/<int:year>/self-rated/<code:unit>/", judged.self_rated, name="unit_self_rated"),
    path("years/<int:year>/indicators/<slug:code>/", drilldown.drilldown, name="drilldown"),
    path(
        "years/<int:year>/indicators/<slug:code>/units/<code:unit>/",
        drilldown.drilldown,
        name="unit_drilldown",
    ),
    path("years/<int:year>/pace/", pace.pace, name="pace"),
    path("years/<int:year>/pace/<code:unit>/", pace.pace, name="unit_pace"),
    path("years/<int:year>/at-risk/", at_risk.at_risk, name="at_risk"),
    path("years/<int:year>/at-risk/<code:unit>/", at_risk.at_risk, name="unit_at_risk"),
    path("years/<int:year>/awards/", awards.awards, name="awards"),
    path("years/<int:year>/awards/<code:unit>/", awards.awards, name="unit_awards"),
    path("years/<int:year>/heads/", heads.heads, name="heads"),
    path("years/<int:year>/heads/<code:unit>/", heads.heads, name="unit_heads"),
    path("years/<int:year>/heads/<code:unit>/ways/", heads.ways, name="head_ways"),
]
