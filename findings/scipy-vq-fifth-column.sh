#!/usr/bin/env bash
# A fifth column makes scipy.cluster.vq.vq give points to the centre that is farther away.
#
# Versions: SciPy 1.17.1, the newest that pip offered, with NumPy 2.4.6; as many wrong rows in
# SciPy 1.10.1 with NumPy 1.24.4, and in 1.13.0 with 1.26.0.
#
# Input: sixteen rows of four times in Unix seconds, eight rows ten seconds later than the others,
# passed through `whiten`, as the documentation of vq asks; the two means as the code book. Then
# the same with a fifth column that is 1 and -1 by turns and says nothing of the group.
#
# Guessed first: from five columns on vq takes distances through |x|^2 - 2 x.c + |c|^2, so their
# last digits are lost, and far from the origin every distance is 0 and every row goes to the
# first code. And that `whiten`, which is asked for, prevents it.
#
# Seen, and not guessed: with four columns every row has the nearer code. With five, 14 of the 16
# rows have the farther one, at a distance of 0, where the two distances are 1.0 and 4.1: the groups
# are nearly exchanged. The first code, looked up in its own code book, is 11.3 away from itself.
# `whiten` does not help, because it divides and does not centre. With the mean subtracted first
# all rows are right.
#
# This is what OpenBLAS's kernels with fused multiplication give (Haswell, Zen, SkylakeX). With the
# older ones (Prescott, Nehalem, Sandybridge) 8 rows are wrong, and the codes 0 away from
# themselves. So only that some rows are wrong is demanded here.
#
# Exit status: 0 if it still behaves so, 1 if that has changed, 2 if it cannot be installed.
set -u

python="${PYTHON:-python3}"
folder="$(mktemp -d)" || exit 2
trap 'rm -rf "$folder"' EXIT

"$python" -m pip install --quiet --disable-pip-version-check --only-binary :all: \
  --target "$folder" scipy==1.17.1 numpy==2.4.6 >&2 || exit 2

cd "$folder" || exit 2
export PYTHONPATH="$folder"
"$python" -s -c 'import numpy, scipy' || exit 2
"$python" -s - <<'PYTHON'
import sys

import numpy as np
import scipy
from scipy.cluster.vq import vq, whiten
from scipy.spatial.distance import cdist

group = np.repeat([0, 1], 8)
jitter = np.tile([[0, 1, 1, 0], [1, 0, 0, 1], [1, 1, 0, 0], [0, 0, 1, 1]], (4, 1))
times = 1_700_000_000 + 10.0 * group[:, None] + jitter
switch = np.tile([1.0, -1.0], 8)


def wrong(rows):
    """Looks up every row; how many are not given the nearer code, by the distances of cdist."""
    codes = np.stack([rows[group == 0].mean(axis=0), rows[group == 1].mean(axis=0)])
    labels, distances = vq(rows, codes)
    nearest = cdist(rows, codes).argmin(axis=1)
    print(f"{rows.shape[1]} columns: {labels} at {distances.min():.3f} to {distances.max():.3f}")
    print(f"  nearest: {nearest} at {cdist(rows, codes).min(axis=1).round(3).max()} at most")
    print(f"  codes from themselves: {vq(codes, codes)[1]}")
    return int(np.sum(labels != nearest))


print(f"SciPy {scipy.__version__}, NumPy {np.__version__}")
five = whiten(np.column_stack([times, switch]))
four, added, centred = wrong(whiten(times)), wrong(five), wrong(five - five.mean(axis=0))
print(f"wrong rows: {four} with four columns, {added} with five, {centred} with five centred")
sys.exit(0 if four == 0 and added > 0 and centred == 0 else 1)
PYTHON
[ $? -eq 0 ] || exit 1
