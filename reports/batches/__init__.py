"""Many reports in one file: choosing them, making them in the background, and the page that tells how far they are."""
