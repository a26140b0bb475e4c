from django.urls import path

from assessments.entry.totals import views as totals

urlpatterns = [
    path("totals/", totals.index, name="totals"),
    path("totals/<int:year>/", totals.listing, name="totals_year"),
    path("totals/<int:year>/<code:unit>/", totals.unit, name="totals_unit"),
    path("totals/<int:year>/<code:unit>/check/", totals.check, name="totals_check"),
]
