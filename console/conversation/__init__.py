"""The domain: people, messages, what the second chair says, the events of the log and their folds. No I/O."""
