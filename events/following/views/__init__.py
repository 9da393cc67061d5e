"""Doors of following: selections, letters, webhooks."""
