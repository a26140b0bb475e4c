from django.urls import path

from assessments.workbooks.batches import ledger_views
from assessments.workbooks.batches import views as upload
from assessments.workbooks.layouts import old_font_views
from assessments.workbooks.layouts import views as layouts
from assessments.workbooks.marked import views as marked
from assessments.workbooks.reorganizing import views as reorganizing

urlpatterns = [
    path("upload/", upload.choose, name="upload"),
    path("upload/reorganize/", reorganizing.compose, name="reorganization_compose"),
    path("upload/ledger/", ledger_views.ledger, name="upload_ledger"),
    path("upload/<uuid:batch>/", upload.plan, name="upload_plan"),
    path("upload/<uuid:batch>/rows.xlsx", upload.rows, name="upload_rows"),
    path("upload/<uuid:batch>/marked/<int:pk>/", marked.marked, name="upload_marked"),
    path("upload/<uuid:batch>/leave/", reorganizing.leave, name="reorganization_leave"),
    path("upload/<uuid:batch>/wait/", reorganizing.wait_no_longer, name="reorganization_wait"),
    path("upload/<uuid:batch>/apply/", upload.apply, name="upload_apply"),
    path("upload/<uuid:batch>/names/", layouts.names, name="upload_layout_names"),
    path("upload/<uuid:batch>/persons/", layouts.persons, name="upload_layout_persons"),
    path("upload/layouts/", layouts.layout_list, name="upload_layout_list"),
    path("upload/layouts/<int:pk>/delete/", layouts.delete, name="upload_layout_delete"),
    path("upload/<uuid:batch>/file/<int:upload>/encoding/", layouts.encoding, name="upload_layout_encoding"),
    path("upload/<uuid:batch>/file/<int:upload>/cells/", old_font_views.convert, name="upload_layout_cells"),
    path(
        "upload/<uuid:batch>/file/<int:upload>/sheet/<int:index>/", layouts.sheet, name="upload_layout_sheet"
    ),
    path(
        "upload/<uuid:batch>/file/<int:upload>/sheet/<int:index>/skip/",
        layouts.skip,
        name="upload_layout_skip",
    ),
    path("upload/<uuid:batch>/undo/", ledger_views.take_back, name="upload_undo"),
    path("upload/<uuid:batch>/again/", ledger_views.again, name="upload_again"),
]
