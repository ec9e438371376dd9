"""The services of this skill, one module a concern."""
