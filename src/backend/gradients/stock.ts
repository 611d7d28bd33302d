// Registers the gradients that tfjs has. A module of its own, so that it runs before the modules that correct them:
// in the built package an import of tfjs is a call in the importing module's body, after that module's other imports.
import '@tensorflow/tfjs-layers';
