"""Committees, users, roles and tokens."""
