"""What people commonly ask of articles, and in what words articles say it: who runs a firm, what a work costs in all.

An intent is such a thing, of no particular article. ``reading`` reads the files in ``written``, in which each has
questions and sentences, ``counting`` counts their words, ``matching`` tells by these how well a sentence suits a
question though they share no word. It is counted ahead (``python -m index.intents``, ``shipped``).
"""
