"""Questions of which somebody has said what answers them: found again when they are asked in other words.

``points`` says what is known, ``reading`` makes questions ready to be compared, ``comparing`` tells how likely a
question asks for the same as a known one, ``recall`` what that comes to on a shelf. Those of the seeds stand in
``seeds/questions`` and are made ready ahead (``python -m index.familiar``); those of a server are its golden questions.
"""
