"""Django's own command, which also reads the labels and helps of the word lists and the names of the columns."""

from pathlib import Path

from django.apps import apps
from django.core.management.commands import makemessages

from events import boundaries, choices
from events.desk import history, trace_words
from events.models.vague_date import VagueDateField
from events.record import codebook

LISTS = Path("events", "words_of_the_lists.py")  # exists only while the command runs
# `desk/wording.py` says the codes of these as words.
OF_LINES = (choices.Outcome, choices.VictimCategory, choices.Demographic, choices.Qualifier)


class Command(makemessages.Command):
    msgmerge_options = [*makemessages.Command.msgmerge_options, "--no-fuzzy-matching"]  # a guess is no translation

    def handle(self, *args, **options):
        options["ignore_patterns"] += [".venv", "var", "tests", "benchmarks", "data", "docs"]
        LISTS.write_text("".join(f"gettext({words!r})\n" for words in [*every_word(), *every_name()]))
        try:
            super().handle(*args, **options)
        finally:
            LISTS.unlink()


def every_word():
    """Labels and helps of every list in choices.py, each once, in the order of the file; then what others say in words."""
    lists = [found for found in vars(choices).values() if isinstance(found, type) and issubclass(found, choices.Words)]
    said = [words for found in lists for word in found for words in (word.label, word.help_text)]
    said += [code.replace("_", " ") for words in OF_LINES for code in words.codes()]
    others = [*choices.ESCALATION_LABELS.values(), *choices.Credibility.LABELS.values()]
    others += [codebook.about(words) for words in (*codebook.HEADINGS, choices.Credibility)]
    return [words for words in dict.fromkeys([*said, *others, boundaries.NOTE]) if words]


def every_name():
    """The names of the columns that histories tell of, each once; a vague date is one."""
    models = [apps.get_model("events", name) for name in history.NOUNS]
    return list(dict.fromkeys(name for model in models for name in _names_in(model)))


def _names_in(model):
    for field in model._meta.concrete_fields:
        stem = field.name.rpartition("_")[0]
        if isinstance(getattr(model, stem, None), VagueDateField):
            yield stem.replace("_", " ")
        elif field.name not in trace_words.UNSPOKEN:
            yield str(field.verbose_name)
