"""The views of this skill, one module a concern."""
