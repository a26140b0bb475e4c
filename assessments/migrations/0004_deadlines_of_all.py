"""The one deadline of before, of a year and of a unit, becomes that of the stage of submission."""

from django.db import migrations

STAGE = "submission"


def to_rows(apps, schema_editor):
    years = apps.get_model("assessments", "RatingYear").objects.filter(due_on__isnull=False)
    submissions = apps.get_model("assessments", "Submission").objects.filter(due_on__isnull=False)
    deadline = apps.get_model("assessments", "Deadline")
    rows = [(pk, None, due_on) for pk, due_on in years.values_list("pk", "due_on")]
    rows += submissions.order_by().values_list("year_id", "unit_id", "due_on")
    deadline.objects.bulk_create(
        deadline(year_id=year, unit_id=unit, stage=STAGE, due_on=due_on) for year, unit, due_on in rows
    )


def to_columns(apps, schema_editor):
    years = apps.get_model("assessments", "RatingYear").objects
    submissions = apps.get_model("assessments", "Submission").objects
    deadlines = apps.get_model("assessments", "Deadline").objects
    for row in deadlines.filter(stage=STAGE):
        if row.unit_id is None:
            years.filter(pk=row.year_id).update(due_on=row.due_on)
        else:
            submissions.filter(year=row.year_id, unit=row.unit_id).update(due_on=row.due_on)
    deadlines.all().delete()


class Migration(migrations.Migration):
    dependencies = [("assessments", "0003_workflow_of_a_year")]
    operations = [migrations.RunPython(to_rows, to_columns)]
