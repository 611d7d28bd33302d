// Linear algebra: what tfjs lacks or has for full rank alone.
import { linalg as stock } from '@tensorflow/tfjs-core';
import { bandPart } from './bandPart.ts';
import { eigh } from './eigh.ts';
import { gramSchmidt } from './gramSchmidt.ts';
import { qr } from './qr.ts';
import { svd } from './svd.ts';

interface Linalg {
  bandPart: typeof bandPart;
  eigh: typeof eigh;
  gramSchmidt: typeof gramSchmidt;
  qr: typeof qr;
  svd: typeof svd;
}

/** Linear algebra on the last two axes. */
export const linalg: Linalg = Object.assign(stock, { bandPart, eigh, gramSchmidt, qr, svd });
