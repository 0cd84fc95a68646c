"""What is known of deals as neutral cards: figures, dossiers, comparisons, timelines and checked messages."""
