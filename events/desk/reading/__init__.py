"""Finding dates, names and tolls in a text by rules: no model, no network, and every find says why it was made."""
