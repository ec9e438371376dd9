"""Skill 3: matters and how far residents take part in them."""
