"""Sentences that people read go through gettext: new ones that do not are found in the source."""

from pathlib import Path

import pytest
from django.utils import translation

from events.desk.wording import number
from events.models.change import Change
from events.models.edition import EditionDocument
from tests import builders
from tests.words import composed, modules, out_of_reach, untranslated

ROOMS = ("events/desk", "events/models", "events/press", "events/rules", "events/record", "events/following")
ROOMS += ("events/exchange", "events/access.py", "events/unsent.py", "events/middleware.py")
# They speak from inside the database, to who runs the server, and in notes that are stored, and so in English.
SILENT = {Path("events/models/guards.py"), Path("events/models/words.py"), Path("events/press/naming.py")}
SILENT.add(Path("events/press/entry_notes.py"))
# So do the files of releases, which are the same for everybody.
SILENT |= {Path(f"events/record/releases/{name}.py") for name in ("notes", "sheets")}
# And what stands in files made for other programs, and in what their columns mean.
SILENT |= {file for name in ("acled", "ucdp", "stix") for file in Path("events/exchange").glob(f"{name}*.py")}
MODULES = [file for file in modules(ROOMS) if file not in SILENT]


def test_every_sentence_that_people_read_is_translatable():
    found = [f"{path}:{line}: {text}" for path in MODULES for line, text in untranslated(path.read_text())]

    assert len(MODULES) > 100
    assert found == []


def test_gettext_gets_whole_sentences():
    assert composed('_(f"{name} is taken.")') and composed('gettext("Taken: " + name)')
    assert not composed('_("%(name)s is taken.") % {"name": name}')
    assert [f"{path}:{one}" for path in MODULES for one in composed(path.read_text())] == []


def test_gettext_stands_where_messages_are_gathered():
    assert out_of_reach("f\"{number} {gettext('hours')}\"")
    assert not out_of_reach('f"{number} {gettext(label)}"')
    assert [f"{path}:{one}" for path in modules(["events"]) for one in out_of_reach(path.read_text())] == []


@pytest.mark.django_db
def test_what_is_stored_stays_english(monkeypatch):
    translation.gettext("")  # from here on the real one stands there to be replaced
    said = lambda words: words if translation.get_language() == "en" else f"§{words}"  # noqa: E731
    monkeypatch.setattr(translation._trans, "gettext", said)

    line = builders.toll(None, low=7, qualifier="at_least")
    with translation.override("ur"):
        incident = builders.published(claims=[builders.claim(), builders.claim("casualties", lines=[line])])
        shown = [number(line) for claim in incident.claims.all() for line in claim.lines.all()]

    stored = [str(body) for body in EditionDocument.objects.values_list("body", flat=True)]
    stored += [f"{before} {after}" for before, after in Change.objects.values_list("before", "after")]
    assert "§at least 7" in shown
    assert "at least 7" in "".join(stored)
    assert [one for one in stored if "§" in one] == []


@pytest.mark.parametrize(
    "source",
    [
        'raise ValidationError("Fill it in.")',
        'raise forms.ValidationError({"title": f"{name} is taken."}, code="taken")',
        'raise PermissionDenied("Not yours." if is_closed else _("Closed."))',
        'raise ValidationError([f"{one.label}: wrong" for one in lost])',
        'raise ValidationError(_("Fill it in.") + " Then try again.")',
        'messages.success(request, f"Saved {count}.")',
        'form.add_error("title", "Fill it in.")',
        'forms.CharField(label="Title", max_length=20)',
        'models.CheckConstraint(violation_error_message=("An actor " "needs a name."))',
        'forms.CharField(error_messages={"required": "Fill it in."})',
        'self.fields["title"].error_messages["required"] = "Fill it in."',
        'field.error_messages |= {"required": "Fill it in."}',
        'confirm(request, title=f"Close {name}?")',
        'context |= {"title": f"Close {name}?"}',
        'LATE = "Somebody else was here before."',
        'return _refused(f"No key {name}. Open the page again.")',
    ],
)
def test_a_bare_sentence_is_found_where_it_stands(source):
    found = untranslated(f"\n{source}\n")

    assert [line for line, _ in found] == [2]


@pytest.mark.parametrize(
    "source",
    [
        'raise ValidationError(_("%(name)s is taken.") % {"name": name}, code="taken")',
        'raise ValidationError({"title": gettext("Fill it in.")})',
        'form.add_error("title", ngettext("%(n)d letter", "%(n)d letters", n) % {"n": n})',
        'raise ValidationError([f"{one.label}: {one.problem}" for one in lost])',
        'forms.CharField(label=_("Title"), widget=forms.TextInput(attrs={"dir": "auto"}))',
        'messages.success(request, _done(len(made), "made"))',
        'raise ValidationError(SENTENCES["late"], "unmatched")',
    ],
)
def test_what_goes_through_gettext_and_what_is_no_sentence_is_left_alone(source):
    assert untranslated(source) == []
