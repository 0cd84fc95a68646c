"""What Discord shows: cards laid out as components, and the text in them made safe and made to fit."""
