"""What followed the replies that agents took: how the customer answered, and whether the matter came back."""
