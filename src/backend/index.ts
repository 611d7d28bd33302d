/** TensorFlow.js as one namespace, and the choice of what it computes on. */
export * as tf from './namespace.ts';
export { type Backend, type BackendChoice, type BackendInfo, type BackendName, backend } from './select.ts';
