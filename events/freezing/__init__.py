"""Where editors freeze a release: the one room that joins the verb of the press with the files that the record makes."""
