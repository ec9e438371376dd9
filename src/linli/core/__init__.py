"""What every skill stands on: who (accounts), what was done (audit), how it looks (ui)."""
