"""Views of the regional centre's desk and of the public site."""
