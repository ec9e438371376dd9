"""Skill 1: who lives here."""
