/** The source of a pattern for a name, to be compiled with the flag `u`. */
export const NAME = '[\\p{ID_Start}$_][\\p{ID_Continue}$]*';
