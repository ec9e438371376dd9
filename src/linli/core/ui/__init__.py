"""Base page, components, charts, phrases and the registry of contributions."""
