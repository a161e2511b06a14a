"""The pictures and attachments of a site: what is known of them, and what is made of them for its output."""
