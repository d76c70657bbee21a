"""Practice scenarios made from real conversations: nobody's data in them, each agreed to by a person."""
