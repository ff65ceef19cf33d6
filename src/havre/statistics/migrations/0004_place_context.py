from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("statistics", "0003_questions_wait"),
    ]

    operations = [
        migrations.CreateModel(
            name="PlaceContext",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("pcode", models.CharField(max_length=20)),
                ("indicator", models.TextField()),
                ("value", models.DecimalField(decimal_places=6, max_digits=24)),
                ("source", models.TextField()),
                ("on", models.DateField()),
                ("loaded_at", models.DateTimeField()),
                ("loaded_by", models.UUIDField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("pcode", "indicator", "source", "on"), name="one_figure_of_a_place_and_day"),
                    models.CheckConstraint(condition=models.Q(models.Q(("indicator", ""), _negated=True), models.Q(("source", ""), _negated=True)),
                                           name="figure_of_a_place_has_a_source"),
                ],
            },
        ),
    ]
