"""What an article is about: topics, states and people, by the phrases that speak of them."""
