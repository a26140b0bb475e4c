from django.urls import path

from assessments.review.deadlines import other_views as other_ends
from assessments.review.deadlines import views as deadlines
from assessments.review.desk import call_views, completeness_views
from assessments.review.desk import views as review
from assessments.review.groups import views as groups
from assessments.review.rulebook import counted_views
from assessments.review.submitting import views as submit
from assessments.review.work_page import views as work
from assessments.review.years import views as year_pages

urlpatterns = [
    path("counts/activities/", counted_views.listing, name="activities"),
    path("counts/activities/add/", counted_views.edit, name="activity_add"),
    path("counts/activities/<int:pk>/", counted_views.edit, name="activity"),
    path("counts/activities/switch/", counted_views.switch, name="activity_switch"),
    path("counts/activities/<int:pk>/remove/", counted_views.remove, name="activity_remove"),
    path("counts/activities/<int:pk>/move/", counted_views.move, name="activity_move"),
    path("ratings/", work.latest, name="work"),
    path("ratings/<int:year>/", work.work, name="work_year"),
    path("ratings/<int:year>/submit/", submit.submit, name="submit"),
    path("review/", review.latest, name="review"),
    path("review/<int:year>/", review.desk, name="review_year"),
    path("review/<int:year>/completeness/", completeness_views.listing, name="review_completeness"),
    path("review/<int:year>/calls/", call_views.listing, name="review_calls"),
    path("review/<int:year>/<int:pk>/", review.desk, name="review_unit"),
    path("review/<int:year>/<int:pk>/return/", review.give_back, name="review_return"),
    path("review/<int:year>/<int:pk>/accept/", review.accept, name="review_accept"),
    path("review/<int:year>/<int:pk>/changes/confirm/", review.confirm, name="review_confirm"),
    path("review/<int:year>/<int:pk>/changes/return/", review.return_changes, name="review_return_changes"),
    path("review/<int:year>/<int:pk>/deadline/", deadlines.of_unit, name="review_extend"),
    path(
        "review/<int:year>/<int:pk>/deadline/<slug:stage>/take-back/",
        deadlines.take_back,
        name="review_take_back",
    ),
    path("units/groups/", groups.groups, name="unit_groups"),
    path("years/", year_pages.years, name="years"),
    path("years/<int:year>/show/", year_pages.show, name="year_show"),
    path("years/otherwise/", other_ends.listing, name="other_year_ends"),
    path("years/otherwise/<int:pk>/remove/", other_ends.remove, name="other_year_end_remove"),
    path("years/<int:year>/close/", year_pages.close, name="year_close"),
    path("years/<int:year>/reopen/", year_pages.reopen, name="year_reopen"),
    path("years/<int:year>/deadlines/", deadlines.of_all, name="year_deadlines"),
]
