"""The selectors of this skill, one module a concern."""
