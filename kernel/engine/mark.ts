/** Marks the end of a cell on the raw descriptors; the host waits for it and cuts it out. */
export const END_MARK = '\u0000descent-end-of-cell:';
