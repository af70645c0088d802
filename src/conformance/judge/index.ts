/*
 * An answer is right when it is the exact answer to a question within a few roundings of the
 * one that was asked, computed by a method whose intermediate results were themselves rounded
 * a few times (mixed forward–backward error, Higham 2002, §1.5). So the budget of an answer is
 * the spread of the reference itself, when its inputs and the results of its own kernel
 * operations are moved by a few rounding units.
 */

export { cheapBudget, measuredBudget } from './budget.js';
export { elementsOf, headroomOf, type Question, roundingsOf } from './question.js';
export { judge, Yardstick } from './yardstick.js';
