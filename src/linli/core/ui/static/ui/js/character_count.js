// character_count
