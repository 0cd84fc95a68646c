"""Who may do what, where and how often: places, preferences, moderators, limits."""
