"""The second chair itself: it reads a conversation and proposes. Pure, with ports for models and stores."""
