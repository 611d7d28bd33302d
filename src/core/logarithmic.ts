/** A logarithmic axis of a chart of Vega-Lite, which writes 1e-4 and 1e-7 alike, where Vega writes 0.0001 beside 1e-7. */
export const logarithmic = {
  scale: { type: 'log' },
  axis: {
    labelExpr: "datum.label === '' || abs(datum.value) >= 0.001 ? datum.label : format(datum.value, '~e')",
  },
} as const;
