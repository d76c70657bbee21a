"""Two months of the demo company's desk, generated: as lively as the real thing, the same for the same seed, marked.

Leads see what a desk looks like that has worked for a while, and find what is wrong with it. Three faults are planted
(:mod:`console.demo.history.plants`); where they are is told to tests, and stands nowhere in the log.
"""

from console.demo.history.generator import conversations, events_of
from console.demo.history.in_force import material_in_force
from console.demo.history.material import Material, material
from console.demo.history.plants import Plant
from console.demo.history.shape import SEED, Shape
from console.demo.history.writing import a_day_of, batches, unwritten, written

__all__ = [
    "SEED",
    "Material",
    "Plant",
    "Shape",
    "a_day_of",
    "batches",
    "conversations",
    "events_of",
    "material",
    "material_in_force",
    "unwritten",
    "written",
]
