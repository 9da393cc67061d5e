"""Following the record: saved selections, letters, signed webhooks. It reads the record and writes what is private."""
