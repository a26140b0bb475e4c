from django.urls import path

from assessments.review.revisions import views as revisions

urlpatterns = [
    path("years/<int:year>/revisions/", revisions.revisions, name="year_revisions"),
    path("years/<int:year>/revisions/<int:number>/", revisions.revision, name="year_revision"),
    path(
        "years/<int:year>/revisions/<int:number>/changes/",
        revisions.changes,
        name="year_revision_changes",
    ),
]
