"""Rules about doors and the people behind them."""
