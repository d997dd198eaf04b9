"""Quality, measured on gold and then pinned."""
