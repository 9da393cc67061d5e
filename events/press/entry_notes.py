"""What the editions of register entries say of themselves unless the desk does: stored, and so in English.

They name no values: what an entry was called or said before may be nobody's business.
"""

FIRST = "Mentioned in the record from now on."
AGAIN = "Mentioned in the record again."
LEFT = "Nothing public mentions it any longer."
FOLDED = "The register folded it into another entry."
CAUGHT_UP = "Mentioned in the record since before its registers had editions."


def changed(before, face):
    """Which fields differ between two public faces of an entry, in one sentence."""
    fields = [name.replace("_", " ") for name in face if before.get(name) != face[name]]
    return f"Changed in the register: {', '.join(fields)}." if fields else "Nothing changed in the register."


def graded(letter, why):
    return f"Graded {letter}: {why}"
