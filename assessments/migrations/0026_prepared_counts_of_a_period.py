from django.db import migrations


def name_periods(apps, schema_editor):
    """Rows of yearly counts that were handed out before there were half-years are of the year."""
    handed = apps.get_model("assessments", "PreparedWorkbook")
    for row in handed.objects.filter(codes__has_key="yearly_counts"):
        row.codes["yearly_counts"] = [_of_year(key) for key in row.codes["yearly_counts"]]
        row.save(update_fields=["codes"])


def _of_year(key: str) -> str:
    year, *rest = key.split("|")
    return key if len(rest) > 1 else "|".join([year, "year", *rest])


class Migration(migrations.Migration):
    dependencies = [("assessments", "0025_documents_and_events")]

    operations = [migrations.RunPython(name_periods, migrations.RunPython.noop)]
