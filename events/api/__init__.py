"""The second front door: it reads through the record and writes through the desk."""
