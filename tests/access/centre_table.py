"""The matrix of the regional centre's desk and the public site: here nobody works at a centre, and
there is none. Who does is in `tests/cabinets/centre`."""

CENTRE = """
# The centre's desk of schools
xxxtL xxxxx xxxxx xxxx xx L  GET centre.organisations
xxxtL xxxxx xxxxx xxxx xx L  GET centre.applications
xxxtL xxxxx xxxxx xxxx xx L  GET centre.application enrolment=missing
xxxtL xxxxx xxxxx xxxx xx L  POST centre.accept enrolment=missing
xxxtL xxxxx xxxxx xxxx xx L  POST centre.refuse enrolment=missing
xxxtL xxxxx xxxxx xxxx xx L  GET centre.new
xxxtL xxxxx xxxxx xxxx xx L  POST centre.new
xxxtL xxxxx xxxxx xxxx xx L  POST centre.password school=missing
xxxtL xxxxx xxxxx xxxx xx L  GET centre.site
xxxtL xxxxx xxxxx xxxx xx L  POST centre.site
# The public site: no centre, no site
ooooo ooooo ooooo oooo oo o  GET portal.about
ooooo ooooo ooooo oooo oo o  GET portal.registration
ooooo ooooo ooooo oooo oo o  POST portal.registration
ooooo ooooo ooooo oooo oo o  GET portal.application key=nonsense
ooooo ooooo ooooo oooo oo o  GET portal.participants
ooooo ooooo ooooo oooo oo o  GET portal.results key=nonsense
ooooo ooooo ooooo oooo oo o  POST portal.confirm_results key=nonsense
ooooo ooooo ooooo oooo oo o  GET portal.results_file key=nonsense suffix=.pdf
"""
