"""Linli 邻里: a workbench for the six skills of a neighbourhood worker."""

__version__ = "0.1.0"
