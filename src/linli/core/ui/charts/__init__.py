"""Charts: pure functions from data to geometry, which ``ui/chart_*.html`` draws.

``bars``, ``stacked_bars``, ``dot_map`` and ``way`` take plain lists and return frozen dataclasses.
A view passes the geometry to its template, which includes the chart with a finding as heading.
"""
