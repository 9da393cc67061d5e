"""One more row of a form, for browsers without scripts: the button asks the server for it."""

import re

_BUTTON = re.compile(r"more-([a-z]+(?:-\d+-[a-z]+)*)")


def with_one_more(data):
    """The data with one more empty row of what an "add another" button names ("more-cards-0-says"), or None.

    The button's name is the prefix of the rows behind "more-". None: no such button was used.
    """
    wanted = next((found[1] for name in data if (found := _BUTTON.fullmatch(name))), None)
    if wanted is None:
        return None
    data = data.copy()
    total = data.get(f"{wanted}-TOTAL_FORMS", "0")
    data[f"{wanted}-TOTAL_FORMS"] = str(int(total) + 1 if total.isdecimal() and len(total) < 5 else 1)
    data.setdefault(f"{wanted}-INITIAL_FORMS", "0")
    return data
