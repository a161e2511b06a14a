"""Made files put into the output folder: staging, manifest, lock."""
