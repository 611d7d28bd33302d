// Run by node as a program of its own: what stock tfjs makes of the cases, as JSON.
import '@tensorflow/tfjs-backend-cpu';
// Its CommonJS build is what registers the gradients of tfjs-core.
import '@tensorflow/tfjs-layers';
import * as tf from '@tensorflow/tfjs-core';
// The published chained operations: some gradients of tfjs call them.
import '../../../../src/backend/chained.ts';
import { cases } from './cases.ts';
import { compare } from './compare.ts';

console.log(JSON.stringify(cases(tf).map((one) => compare(tf, one))));
