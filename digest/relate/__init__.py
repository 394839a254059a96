"""The third step: articles become stories, and copies of one text are found.

``relater`` decides for each new article: is it a copy (``duplicates``), which story does it join
(``stories``)? ``regroup`` weighs the articles of the last days again all at once. ``vectors`` says what an
article is compared by, ``shelf`` how alike two groups are.
"""
