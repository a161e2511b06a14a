"""What earlier builds read and made, kept in one SQLite file; and what one build puts aside on the disk."""
