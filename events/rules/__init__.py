"""Ruleset 1: what the public sees, concluded from claims by pure functions of frozen values."""
