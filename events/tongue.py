"""The language of whoever reads, for what knows no Django: messages stay as they are until somebody teaches another way."""

from contextlib import contextmanager, nullcontext

# `gettext_noop` only marks a message that is said later: makemessages gathers what is written in such calls.
_TAUGHT = {
    "gettext": lambda message: message,
    "ngettext": lambda one, several, number: one if number == 1 else several,
    "english": nullcontext,
}


def teach(*, gettext, ngettext, english):
    """How messages are said from now on; `english` makes a context manager inside which they are said in English."""
    _TAUGHT.update(gettext=gettext, ngettext=ngettext, english=english)


def gettext(message):
    """The message in the language of whoever reads."""
    return _TAUGHT["gettext"](message)


def ngettext(one, several, number):
    """The message for so many, in the language of whoever reads."""
    return _TAUGHT["ngettext"](one, several, number)


def gettext_noop(message):
    """The message as it is, marked for translation."""
    return message


@contextmanager
def english():
    """Inside, everything is said in English, whoever reads: what is stored and published is. Serves as a decorator, too."""
    with _TAUGHT["english"]():
        yield
