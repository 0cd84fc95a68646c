"""What moderators do: drafts that wait for approval, sources looked at again, what is learnt from what people asked."""
