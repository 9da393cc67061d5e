"""Numbered releases as the public reads them: which editions they hold, their files, and what became of them."""
