"""Helpers of `extractors.figures`: reading quantities, telling them from look-alikes, binding them to what they measure."""
