from mpmath import mp
from oracle import Refused, case, flat, oracle, shape

FLOWERS = [[0.0, 0.0], [0.5, 0.2], [0.1, 0.6], [5.0, 5.0], [5.4, 4.8], [4.9, 5.3], [0.0, 5.0],
           [0.3, 5.2], [-0.2, 4.7], [0.1, 5.1]]
LINE = [[0], [1], [2], [3], [10], [11], [12], [13]]


def shifted(rows, offset):
    return [[coordinate + offset for coordinate in row] for row in rows]


@oracle('classic-algorithms/kmeans-lloyd', integers=['iterations'], cases=[
    case('document', 'three clusters of ten points, from three of them', flags=['notebook'],
         points=FLOWERS, centres=[FLOWERS[9], FLOWERS[0], FLOWERS[6]]),
    case('one-step', 'centres that have not arrived, and the labels that belong to them',
         points=LINE, centres=[[0], [1]], iterations=1),
    case('two-steps', 'one step further', points=LINE, centres=[[0], [1]], iterations=2),
    case('ten-steps', 'more steps than it takes', points=LINE, centres=[[0], [1]],
         iterations=10),
    case('converged', 'a hundred steps, where none is given', points=LINE, centres=[[0], [1]]),
    case('fixed-point', 'centres that are means already', points=LINE, centres=[[1.5], [11.5]]),
    case('local-optimum', 'two columns split the wrong way stay split', points=[[0, 0], [0, 1],
         [4, 0], [4, 1]], centres=[[2, 0], [2, 1]]),
    case('far-from-the-origin', 'centres move, though by less than 1e-5 of their size',
         flags=['offset'], points=shifted(LINE, 2.0 ** 20), centres=shifted([[0], [1]], 2.0 ** 20)),
    case('tight-and-far', 'squares of 1e10 less one another are nothing', flags=['offset'],
         points=shifted([[0, 0], [0.25, 0], [0, 0.5], [8, 8], [8, 8.25]], 1e5),
         centres=shifted([[0, 0], [8, 8]], 1e5)),
    case('small', 'coordinates of 1e-9 are as good as any', flags=['underflow'],
         points=[[0], [1e-9], [8e-9], [9e-9]], centres=[[0], [1e-9]]),
    case('empty-at-once', 'a centre that no point is nearest to stays', flags=['edge'],
         points=[[0, 0], [2, 0], [0, 2]], centres=[[0.5, 0.5], [100, -100]]),
    case('empty-later', 'a centre that loses its points stays where it was then', flags=['edge'],
         points=[[0], [5], [6], [7], [8]], centres=[[-1], [4], [9]]),
    case('equal-centres', 'of two equal centres the second gets nothing', flags=['edge', 'ties'],
         points=[[0, 0], [0, 0], [0, 0], [10, 10], [10, 10]],
         centres=[[0, 0], [0, 0], [10, 10]]),
    case('equal-points', 'all at one place', flags=['edge'], points=[[3, 4], [3, 4], [3, 4]],
         centres=[[0, 0], [9, 9]]),
    case('tie', 'halfway between two centres is the first of them', flags=['ties'],
         points=[[0], [2], [4]], centres=[[0], [4]], iterations=1),
    case('tie-exchanged', 'halfway between two centres is the first, wherever that lies',
         flags=['ties'], points=[[0], [2], [4]], centres=[[4], [0]], iterations=1),
    case('one-centre', 'the mean, and n times the variance', points=[[1, 2], [3, 4], [8, -3]],
         centres=[[0, 0]]),
    case('a-centre-each', 'as many centres as points cost nothing', points=[[1, 2], [3, 4], [8, -3]],
         centres=[[8, -3], [1, 2], [3, 4]]),
    case('single', 'one point, one centre', points=[[0.1]], centres=[[7]]),
    case('thirds', 'means that no double holds', points=[[0], [0], [1], [10], [10], [11]],
         centres=[[0], [10]]),
    case('dimensions', 'all coordinates count', points=[[0, 0, 9], [0, 0, 8], [0, 5, 0],
         [1, 5, 0]], centres=[[0, 5, 5], [0, 0, 0]]),
    case('more-centres-than-points', 'two centres for one point', points=[[1]],
         centres=[[0], [1]]),
    case('columns-differ', 'points of two coordinates, centres of three', points=[[1, 2], [3, 4]],
         centres=[[1, 2, 3]]),
    case('vector', 'points are rows', points=[1, 2, 3], centres=[[1]]),
    case('no-steps', 'iterations count from 1', points=[[1], [2]], centres=[[1]], iterations=0),
    case('half-a-step', 'iterations are whole', points=[[1], [2]], centres=[[1]], iterations=1.5),
    case('missing', 'no distance from what is not known', points=[[1], [float('nan')]],
         centres=[[1]]),
    case('infinitely-far', 'no mean of infinity', points=[[1], [float('inf')]], centres=[[1]]),
    case('no-coordinates', 'points without a place', points=[[], []], centres=[[]]),
])
def kmeans_lloyd(points, centres, iterations=100):
    if len(shape(points)) != 2 or len(shape(centres)) != 2:
        raise Refused('shape')
    if shape(points)[1] != shape(centres)[1]:
        raise Refused('shape')
    if not flat(points) or not flat(centres):
        raise Refused('empty')
    if len(centres) > len(points):
        raise Refused('shape')
    if iterations != int(iterations) or iterations < 1:
        raise Refused('domain')
    if not all(mp.isfinite(number) for number in flat(points) + flat(centres)):
        raise Refused('domain')
    # Every step that was asked for is made, also where nothing moves any more.
    for _ in range(int(iterations)):
        labels = assigned(points, centres)
        centres = [mean_of([x for x, label in zip(points, labels) if label == j]) or centre
                   for j, centre in enumerate(centres)]
    labels = assigned(points, centres)
    inertia = mp.fsum(squared(x, centres[label]) for x, label in zip(points, labels))
    return {'labels': labels, 'centres': centres, 'inertia': inertia}


def squared(x, y):
    return mp.fsum((a - b) ** 2 for a, b in zip(x, y))


def assigned(points, centres):
    """The first of the nearest centres, by sorting: what is as near stays in its order."""
    ranked = [sorted(range(len(centres)), key=lambda j: squared(x, centres[j])) for x in points]
    return [order[0] for order in ranked]


def mean_of(rows):
    return [mp.fsum(column) / len(rows) for column in zip(*rows)]
