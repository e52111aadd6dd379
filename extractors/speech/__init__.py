"""Speech acts in Vietnamese official prose: who tells whom to do what. Private helpers of `extractors.directives`."""
