"""Pages of this skill."""
