"""One Django app for each skill."""
