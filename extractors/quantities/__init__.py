"""Helpers of `extractors.figures`: quantities read, told from look-alikes, and bound to what they measure."""
