"""The figures of a report as files: a workbook to read, rows and a document for machines, and what describes them."""
