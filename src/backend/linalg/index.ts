// Linear algebra on the last two axes: what tfjs lacks or has for full rank alone.
import { linalg as stock } from '@tensorflow/tfjs-core';
import { bandPart } from './bandPart.ts';
import { eigh } from './eigh.ts';
import { gramSchmidt } from './gramSchmidt.ts';
import { qr } from './qr.ts';
import { svd } from './svd.ts';

export { bandPart, eigh, gramSchmidt, qr, svd };

// For whoever has tfjs-core's own.
Object.assign(stock, { bandPart, eigh, gramSchmidt, qr, svd });
