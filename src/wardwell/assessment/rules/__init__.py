"""What decides about an assessment: the statutory checklist, the life cycle, the text of findings, formulas, the first draft."""
