#!/usr/bin/env bash
# numpy-ts gives the norm of a matrix as if it were a vector, for every order that is a number.
#
# Versions: numpy-ts 1.7.0, the newest that npm offered; the same in 1.4.0.
#
# Input: linalg.norm of the diagonal matrix of 3 and 4, orders 2, -2, 1, -1, Infinity, -Infinity.
# "General norm function (for both vectors and matrices)", its declaration says, after NumPy.
#
# Guessed first, as NumPy has it: 4, 3, 4, 3, 4, 3. It was called to know the largest eigenvalue in
# size, by which the errors of linalg.eigh were to be divided.
#
# Seen: 5, 0, 7, 0, 4, 0. The zeros off the diagonal are counted as elements of a vector, so that
# order 2 is the Frobenius norm, and the negative orders, which say how little a matrix can
# stretch, are 0 for a matrix that can be inverted. linalg.matrix_norm of the same package gives
# what was guessed.
#
# Exit status: 0 if it still behaves so, 1 if that has changed, 2 if it cannot be installed.
set -u

folder="$(mktemp -d)" || exit 2
trap 'rm -rf "$folder"' EXIT

cd "$folder" || exit 2
echo '{ "private": true, "type": "module" }' >package.json
npm install --silent --no-audit --no-fund --ignore-scripts numpy-ts@1.7.0 >&2 || exit 2
node -e 'import("numpy-ts").catch(() => process.exit(2))' || exit 2

cat >norm.js <<'JAVASCRIPT'
import { array, linalg } from 'numpy-ts';

const orders = [2, -2, 1, -1, Infinity, -Infinity];
const matrix = array([[3, 0], [0, 4]]);
const norms = orders.map((order) => linalg.norm(matrix, order));
const matrixNorms = orders.map((order) => linalg.matrix_norm(matrix, order));
console.log('orders     ', orders.join(' '));
console.log('norm       ', norms.join(' '));
console.log('matrix_norm', matrixNorms.join(' '));
const asSeen = norms.join() === '5,0,7,0,4,0' && matrixNorms.join() === '4,3,4,3,4,3';
process.exitCode = asSeen ? 0 : 1;
JAVASCRIPT
node norm.js || exit 1
