"""Several servers, one desk."""
