// live_errors
