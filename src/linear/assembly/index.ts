// The functions of the module, described in `Kernels` of ../kernels.ts. Addresses are bytes from the start of its
// memory. A vector begins at a multiple of 16 bytes and is padded with zeros to a multiple of 8 doubles: `length` is
// that with the padding, and the columns of a matrix are so far apart. Static data would lie at addresses that the
// caller uses: the build checks that there is none.
export { centre } from './centre';
export { descentRound, slopes } from './descent';
export { factorize } from './factor';
