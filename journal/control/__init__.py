"""Read models of the working day and of control: what is missing, who is absent, what changed."""
