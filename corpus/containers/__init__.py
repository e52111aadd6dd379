"""Files that hold files: zip, tar, 7z, and the compressions gzip, bzip2 and xz, in one another.

A container's reader yields each member as a `Source`, which `corpus.read` reads in its turn before the next is
taken, and a `Rejected` for each member that is none: a link, one under a password, one that is cut or damaged.
Nothing is ever written under a member's name.
"""
