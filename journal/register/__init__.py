"""The class journal: one course's page of lessons × pupils, and the batch that saves into it."""
