"""Following the record: saved selections, letters, signed webhooks. Reads the record, writes what is private to one person."""
