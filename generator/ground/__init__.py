"""Floor 0: dates, text, errors, messages, hashing. Every other floor uses it; it knows nothing of sites."""
