/**
 * Proximal operators, `prox(x) = argmin_z ½‖z − x‖² + η·penalty(z)`: the exact step for a penalty that has no gradient
 * where it matters. Each is called with options for an operator on trees, which may also stand at the end of a chain,
 * or with a tensor and the strength for the result at once.
 */
export { box, nonNegative } from './bounds.ts';
export { elasticNet, l1, l2 } from './elasticNet.ts';
export { group } from './group.ts';
export type { ProximalOperator, StepOptions } from './operator.ts';
