"""Tables of CSV files as readers see them: typeset, as HTML, drawn, as Markdown."""
