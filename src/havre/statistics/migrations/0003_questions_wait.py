from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("statistics", "0002_retired_sheets"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="question", name="question_outcome_known"),
        migrations.AddField(model_name="question", name="plan", field=models.JSONField(default=dict)),
        migrations.AddField(
            model_name="question",
            name="trouble",
            field=models.TextField(blank=True, default="", help_text="Why it could not be answered, as a code"),
        ),
        migrations.AlterField(
            model_name="question",
            name="outcome",
            field=models.TextField(help_text="waiting: being worked on; kept: answered from a stored sheet; measured; refused"),
        ),
        migrations.AddConstraint(
            model_name="question",
            constraint=models.CheckConstraint(
                condition=models.Q(("outcome__in", ["waiting", "kept", "measured", "refused"])), name="question_outcome_known"),
        ),
        migrations.AddConstraint(
            model_name="question",
            constraint=models.CheckConstraint(
                condition=models.Q(("outcome__in", ["kept", "measured"]), ("sheet", ""), _connector="XOR"), name="question_answered_has_a_sheet"),
        ),
        migrations.AddIndex(
            model_name="question",
            index=models.Index(condition=models.Q(("outcome", "waiting")), fields=["asked_at"], name="question_waiting"),
        ),
    ]
