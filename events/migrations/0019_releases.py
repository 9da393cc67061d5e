"""Releases get their files, their errata and the address of the site; the table that stood for them held no row yet."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('events', '0018_past'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.DeleteModel(name='Release'),
        migrations.CreateModel(
            name='Release',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(error_messages={'unique': 'A release of this name exists.'}, max_length=20, unique=True)),
                ('frozen_at', models.DateTimeField()),
                ('ruleset', models.PositiveSmallIntegerField()),
                ('site', models.CharField(max_length=200)),
                ('product', models.CharField(max_length=40)),
                ('editions', models.ManyToManyField(related_name='releases', to='events.edition')),
                ('frozen_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('-pk',),
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('name', ''), _negated=True), models.Q(('site', ''), _negated=True)), name='release_named', violation_error_message='A release needs a name and the address of the site.')],
            },
        ),
        migrations.CreateModel(
            name='ReleaseFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('name', models.CharField(max_length=60)),
                ('sha256', models.CharField(max_length=64)),
                ('bytes', models.PositiveBigIntegerField()),
                ('rows', models.PositiveIntegerField(null=True)),
                ('words', models.TextField(blank=True)),
                ('release', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='events.release')),
            ],
            options={
                'ordering': ('release', 'position'),
                'constraints': [models.UniqueConstraint(fields=('release', 'name'), name='release_file_once', violation_error_message='A release has one file of each name.')],
            },
        ),
        migrations.CreateModel(
            name='ReleaseErratum',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(max_length=4000)),
                ('noted_at', models.DateTimeField()),
                ('noted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('release', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='errata', to='events.release')),
            ],
            options={
                'ordering': ('pk',),
                'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='erratum_said', violation_error_message='Say what was wrong.')],
            },
        ),
    ]
