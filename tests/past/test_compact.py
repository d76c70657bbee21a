"""Shorter vectors for searching."""

import numpy as np

from console.past.compact import DIMENSIONS, MANY, basis_of, compacted


def test_a_few_vectors_stay_as_they_are() -> None:
    """It would not pay."""
    few = np.eye(20, dtype=np.float32)
    assert compacted(few, basis_of(few)) is few


def test_many_become_shorter_and_stay_as_alike_as_they_were() -> None:
    """Vectors that differ in fewer directions than are kept lose nothing."""
    random = np.random.default_rng(1)
    plane = random.normal(size=(60, 384))
    many = (random.normal(size=(MANY, 60)) @ plane).astype(np.float32)
    many /= np.linalg.norm(many, axis=1, keepdims=True)
    short = compacted(many, basis_of(many))
    assert short.shape == (MANY, DIMENSIONS)
    assert np.allclose(short[:50] @ short.T, many[:50] @ many.T, atol=1e-3)


def test_an_absent_part_stays_absent() -> None:
    """A row of zeros is like nothing."""
    many = np.random.default_rng(2).normal(size=(MANY, 384)).astype(np.float32)
    assert not compacted(np.zeros((1, 384), dtype=np.float32), basis_of(many)).any()
