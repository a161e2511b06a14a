"""A campaign's record closed into a bundle that strangers can check and read, with no program of ours."""
