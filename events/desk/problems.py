"""Naming the part of the input in which an error lies."""

from contextlib import contextmanager

from django.core.exceptions import ValidationError


@contextmanager
def errors_under(path):
    """ValidationErrors raised inside get the path of the part in front of their fields: "claims.0.lines.1.low"."""
    try:
        yield
    except ValidationError as error:
        if not hasattr(error, "error_dict"):
            raise ValidationError({path: error.error_list}) from error
        raise ValidationError(
            {path if name == "__all__" else f"{path}.{name}": errors for name, errors in error.error_dict.items()}
        ) from error
