"""What people can do with the bot in Discord, by area."""
