"""Floor 3: values about the whole diary, and the plan of its pages."""
