"""The terminal: answers, sources and a conversation, in colour for people and as plain text for pipes."""
