"""The commands of ``secondchair``, a file for each group; they wire adapters and print."""
