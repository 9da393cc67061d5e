"""Free text in, public rows out: the question, the entries it names, the rows that hold it, the words to show."""
