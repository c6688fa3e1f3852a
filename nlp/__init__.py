"""Reads Chinese official notices: a file becomes an Article, an Article a TaggedArticle, and that becomes data.

    from nlp.reading import read_file       # bytes of a file -> Article
    from nlp.pipeline import Tagger         # Tagger.load().tag(article) -> TaggedArticle
    from nlp.formats import json            # json.write([tagged], stream)

Importing the package does nothing; each module imports what it needs where it needs it.
"""
