"""Two people edited the same thing: taking over, field by field, what the person chose of both versions."""

UNDECIDED = "0"  # no row has this version, so the verb refuses again and the difference is shown again


def settled(data, inputs, theirs):
    """The typed data with the values of the other version where the person chose those.

    `inputs` maps a verb's field to the names of its inputs; a name ending in a hyphen stands for all inputs that
    begin so. `theirs` is the other version as a browser would send it. A difference on which the person did not
    choose makes the version one that the verb refuses.
    """
    data = data.copy()
    for name in data.get("differs", "").split():
        choice = data.get(f"keep-{name}")
        if name in inputs and choice == "theirs":
            _take_over(data, inputs[name], theirs)
        elif choice != "mine":
            data["version"] = UNDECIDED
    return data


def shown(data, version):
    """The typed data, ready to be sent again on top of the version that is saved now."""
    data = data.copy()
    data["version"] = str(version)
    return data


def is_undecided(data):
    return data.get("version") == UNDECIDED


def _take_over(data, names, theirs):
    wanted = tuple(name for name in names if name.endswith("-"))
    for key in [key for key in (*data, *theirs) if key in names or (wanted and key.startswith(wanted))]:
        data.pop(key, None)
        if key in theirs:
            data[key] = theirs[key]
