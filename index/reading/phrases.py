"""What pages say around their articles: that one must pay to read on, that they use cookies, what else to read.

French and English; the phrases are data, matched in small letters with straight apostrophes.
"""

import re

# Whoever reads this is not shown the whole article.
_WALL = re.compile(
    r"(?:la suite|cet article|ce contenu|article|contenu|l'intégralité)(?: de (?:cet|l')\s?article)?"
    r"(?: est| de l'article est)? (?:exclusivement |uniquement )?réservée?s? (?:exclusivement |uniquement )?"
    r"(?:à nos|aux) (?:abonn|membres)"
    r"|il vous reste \d{1,3}(?:[.,]\d+)?\s?% de (?:cet article|ce contenu)"
    r"|(?:abonnez-vous|connectez-vous|identifiez-vous|inscrivez-vous)[^.!?\n]{0,60} pour (?:lire|accéder à|découvrir) "
    r"(?:la suite|cet article|l'article|l'intégralité|ce contenu|le contenu)"
    r"|pour (?:lire|accéder à|découvrir) (?:la suite|l'intégralité)[^.!?\n]{0,60}abonn"
    r"|vous avez (?:atteint|épuisé)[^.!?\n]{0,60}articles? gratuits?"
    r"|(?:this|the|premium|exclusive) (?:article|content|story|post)s? (?:is|are) "
    r"(?:only |exclusively |reserved )*(?:available )?(?:for|to) (?:paid |paying |our )*(?:subscriber|member)"
    r"|(?:subscribe|sign in|log in|register|become a (?:member|subscriber))[^.!?\n]{0,60} to "
    r"(?:continue reading|keep reading|read (?:on|more|the (?:full|rest|whole)|this (?:article|story))|unlock)"
    r"|to (?:continue|keep) reading[^.!?\n]{0,60}(?:subscribe|sign in|log in|register|subscription)"
    r"|(?:continue|keep) reading (?:with|for) (?:a|your|an|\$|€|£)[^.!?\n]{0,30}"
    r"(?:subscription|trial|account|month|week)"
    r"|you(?:'ve| have) (?:reached|used|read)[^.!?\n]{0,60}free (?:article|stor)"
)
_COOKIES = re.compile(
    r"\bcookies?\b|\btraceurs?\b|\bconsent(?:ement|ements|s)?\b|\bvie privée\b|\bprivacy\b"
    r"|\bdonnées personnelles\b|\bpersonal data\b|\bpréférences publicitaires\b|\bnos partenaires\b|\bour partners\b"
)
_WORD = re.compile(r"\w+")
_FEWEST_COOKIES = 3
_MOST_COOKIES = 0.02  # of the words; an article on cookies says other things in between

# Lines of their own between the paragraphs of an article; each is short.
_ASIDE = re.compile(
    r"(?:>+\s*)?(?:[àa] lire|lire|voir|[àa] voir|[àa] (?:ré)?écouter|[àa] découvrir|[àa] relire)"
    r"\s+(?:aussi|également|ensuite|sur le même sujet|notre\s\w+)\b.{0,250}"
    r"|(?:>+\s*)?(?:[àa] lire|sur le même sujet|dans la même rubrique|nos autres articles)\s?:.{0,250}"
    r"|(?:>+\s*)?(?:read|see|watch|listen)\s+(?:also|more|next)\b\s?:.{0,250}"
    r"|(?:>+\s*)?(?:also read|related(?: (?:articles?|stories|story|coverage|reading|content))?|more on this(?: story)?"
    r"|recommended(?: reading)?|further reading|you may also like|editor's picks?)\s?:?(?:(?<=:).{0,250})?"
    r"|(?:publicité|advertisement|advertising|annonce|sponsored|la suite après (?:cette|la) publicité"
    r"|story continues below(?: advertisement)?|article continues (?:below|after)(?: (?:this|the|ad)\w*)*"
    r"|scroll to continue(?: with content)?)\W*"
    r"|(?:partager|share|imprimer|print|commenter|commentaires?|comments?|réagir|enregistrer|save|suivre|follow|s.abonner"
    r"|copier le lien|copy link|ajouter à vos favoris|newsletters?|subscribe|sign up|s'inscrire|se connecter|log in)"
    r"(?: (?:cet|l'|this|l') ?(?:article|story|page))?\W*"
    r"|(?:partager|share)(?: (?:cet article|this article|this))? (?:sur|on|via|par)\b.{0,60}"
    r"|(?:inscrivez-vous|abonnez-vous|recevez|sign up|subscribe)\b.{0,120}\bnewsletters?\b.{0,80}"
    r"|(?:temps de lecture|lecture|reading time)\s?:?\s?\d+\s?min\w*\W*|\d+\s?min(?:utes?)?\W*"
    r"|\d+\s?min(?:utes?)? (?:de lecture|read)\b.{0,60}"
    r"|(?:tous droits réservés|all rights reserved)\W*"
)
_LONGEST_ASIDE = 300


def folded(text: str) -> str:
    """Return a text in small letters, with straight apostrophes and single spaces."""
    return " ".join(text.replace("’", "'").casefold().split())


def speaks_of_paying(text: str) -> bool:
    """Tell whether a text says that the rest of it is for those who pay or register."""
    return _WALL.search(folded(text)) is not None


def speaks_of_cookies(text: str) -> bool:
    """Tell whether a text speaks of cookies and consent so much that it may be a notice of them."""
    text = folded(text)
    mentions = sum(1 for _ in _COOKIES.finditer(text))
    return mentions >= _FEWEST_COOKIES and mentions > _MOST_COOKIES * sum(1 for _ in _WORD.finditer(text))


def is_aside(line: str) -> bool:
    """Tell whether a line that stands alone belongs to the page and not to its article: what else to read, to share."""
    return len(line) <= _LONGEST_ASIDE and _ASIDE.fullmatch(folded(line)) is not None
