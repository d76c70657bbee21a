"""What a large language model is asked, and what of its answer may be shown. Pure: nothing here talks to one."""
