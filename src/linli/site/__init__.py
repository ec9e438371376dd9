"""The composition root: it knows every part."""
