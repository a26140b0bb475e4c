from django.urls import path

from assessments.entry import guide
from assessments.entry.discipline import views as discipline
from assessments.entry.grid import views as entry

urlpatterns = [
    path("guide/", guide.guide, name="guide"),
    path("ratings/<int:year>/<slug:kind>/", entry.grid, name="entry"),
    path("ratings/<int:year>/<slug:kind>/save/", entry.save, name="entry_save"),
    path("ratings/<int:year>/<slug:kind>/decision/", entry.decision, name="entry_decision"),
    path("ratings/<int:year>/<slug:kind>/discipline/", discipline.discipline, name="discipline"),
    path("ratings/<int:year>/<slug:kind>/<int:pk>/", entry.row, name="entry_row"),
]
