from django.urls import path

from assessments.figures.names import views as drilldown
from assessments.figures.overview import views as dashboard

urlpatterns = [
    path("overview/", dashboard.overview, name="overview"),
    path("years/<int:year>/", dashboard.province, name="province"),
    path("years/<int:year>/history/", dashboard.history, name="history"),
    path("years/<int:year>/units/<code:unit>/", dashboard.unit, name="unit"),
    path("years/<int:year>/units/<code:unit>/history/", dashboard.history, name="unit_history"),
    path("years/<int:year>/indicators/<slug:code>/", drilldown.drilldown, name="drilldown"),
    path(
        "years/<int:year>/indicators/<slug:code>/units/<code:unit>/",
        drilldown.drilldown,
        name="unit_drilldown",
    ),
]
