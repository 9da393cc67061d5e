"""What people type at the desk, checked field by field; the rules stand in the verbs."""
