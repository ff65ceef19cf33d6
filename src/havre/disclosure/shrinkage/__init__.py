"""Shrinkage: estimates from a sheet that are nearer to the truth than its unbiased answers, with bars that say how near.

A mixture is fitted to the sheet (`mixture`), what it does not explain is believed as far as it stands out from the noise
(`residue`), and tables are made of both that are never below nought and whose sums agree (`tables`).
"""
