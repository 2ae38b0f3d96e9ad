"""Measurements: plain scripts without asserted times, since machines differ."""
