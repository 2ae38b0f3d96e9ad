"""The report that a coach shares: preparing it at the desk, and reading it behind its link."""
