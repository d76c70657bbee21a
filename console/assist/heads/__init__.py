"""Small trained heads on sentence vectors: what rules cannot spell out, read with numpy alone.

The heads for injection and abuse are trained beforehand (``tools/heads``) and shipped as weights; the one for intents
is fitted here, from a company's own examples.
"""
