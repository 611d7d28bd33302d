// The gradients of tfjs's operations, of every order.
import './stock.ts';
import './tape.ts';
import './complex.ts';
import './convolutions.ts';
import './crossEntropy.ts';
import './dilation.ts';
import './elementwise.ts';
import './images.ts';
import './normalization.ts';
import './pools.ts';
import './products.ts';
import './reductions.ts';
import './shapes.ts';
// After those of the kernels that it is about.
import './empty.ts';
