"""From a plan to a published table: who plans, who approves, what is spent, what is shown."""
