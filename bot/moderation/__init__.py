"""What moderators do in Discord, act by act: each takes an interaction and answers it."""
