import { describe, expect, it } from 'vitest';
import type { Cell, JsonObject, Notebook } from '../../../../kernel/notebook/notebook.ts';
import { renderPage } from '../../../../kernel/page/render.ts';

const MIME = 'application/vnd.jupyter.widget-view+json';

/** The body of a page that shows the model `shown`, of models that are given by their names and traits. */
function page(
  models: Record<string, [string, JsonObject, string?]>,
  shown = 'shown',
  more: JsonObject = {},
): string {
  const state = Object.fromEntries(
    Object.entries(models).map(([id, [name, traits, bytes]]) => [
      id,
      {
        ...{ model_name: name, model_module: '@jupyter-widgets/controls', model_module_version: '2.0.0' },
        state: traits,
        ...(bytes === undefined ? {} : { buffers: [{ encoding: 'base64', path: ['value'], data: bytes }] }),
      },
    ]),
  );
  const cell: Cell = {
    ...{ cell_type: 'code', metadata: {}, source: '', execution_count: 1 },
    outputs: [
      {
        output_type: 'display_data',
        data: {
          [MIME]: { model_id: shown, version_major: 2, version_minor: 0 },
          'text/plain': 'as text',
          ...more,
        },
        metadata: {},
      },
    ],
  };
  const notebook: Notebook = {
    ...{ nbformat: 4, nbformat_minor: 5, cells: [cell] },
    metadata: {
      widgets: {
        'application/vnd.jupyter.widget-state+json': { version_major: 2, version_minor: 0, state },
      },
    },
  };
  const html = renderPage(notebook);
  return html.slice(html.indexOf('<div class="outputs">'), html.indexOf('</main>'));
}
const one = (name: string, traits: JsonObject, bytes?: string): string =>
  page({ shown: bytes === undefined ? [name, traits] : [name, traits, bytes] });

describe('a control on a page', () => {
  it.each([
    [
      'FloatSliderModel',
      { value: 0.5, min: 0, max: 1, readout_format: '.2f', description: 'rate' },
      '<span class="w-description">rate</span><input aria-label="rate" type="range" min="0" max="1" step="any" value="0.5" disabled><output>0.50</output>',
    ],
    [
      'IntSliderModel',
      { value: 7, max: 10, readout: false },
      'max="10" step="any" value="7" disabled></div>',
    ],
    [
      'FloatLogSliderModel',
      { value: 0.01, min: -5, max: 0, readout_format: '.3g' },
      'value="-2" disabled><output>0.01</output>',
    ],
    [
      'FloatRangeSliderModel',
      { value: [2, 6], min: 0, max: 8, readout_format: '.1f' },
      'left: 25.00%; width: 50.00%"></span></span><output>2.0 – 6.0</output>',
    ],
    [
      'FloatProgressModel',
      { value: 30, bar_style: 'success' },
      '<progress value="0.3" class="success"></progress>',
    ],
    ['IntTextModel', { value: -4 }, '<input type="number" value="-4" step="any" disabled>'],
    [
      'DropdownModel',
      { _options_labels: ['a', 'b'], index: 1 },
      '<select disabled><option>a</option><option selected>b</option></select>',
    ],
    [
      'DropdownModel',
      { _options_labels: ['a'], index: null },
      '<select disabled><option selected></option><option>a</option></select>',
    ],
    [
      'SelectMultipleModel',
      { _options_labels: ['a', 'b'], index: [0, 1], rows: 3 },
      '<select size="3" multiple disabled><option selected>a</option><option selected>b',
    ],
    [
      'RadioButtonsModel',
      { _options_labels: ['a', 'b'], index: 0 },
      '<input type="radio" checked disabled> a',
    ],
    [
      'ToggleButtonsModel',
      { _options_labels: ['a', 'b'], index: 1 },
      '<button type="button" aria-pressed="true" disabled>b</button>',
    ],
    [
      'SelectionSliderModel',
      { _options_labels: ['s', 'm', 'l'], index: 1 },
      'max="2" value="1" disabled><output>m</output>',
    ],
    [
      'CheckboxModel',
      { value: true, description: 'log' },
      '<label><input type="checkbox" checked disabled> log</label>',
    ],
    [
      'ButtonModel',
      { description: 'Run', button_style: 'danger' },
      '<button type="button" class="danger" disabled>Run</button>',
    ],
    ['ValidModel', { value: false, readout: 'Invalid' }, '✗ Invalid'],
    [
      'TextModel',
      { value: 'x', placeholder: '\u200b' },
      '<input type="text" value="x" placeholder="" disabled>',
    ],
    ['TextareaModel', { value: 'a\nb' }, '<textarea rows="2" disabled>a\nb</textarea>'],
    ['PasswordModel', { value: 'secret' }, '<input type="password" value=""'],
    [
      'ColorPickerModel',
      { value: '#0072b2' },
      '<span class="swatch" style="background: #0072b2"></span>#0072b2',
    ],
    [
      'DatePickerModel',
      { value: { year: 2026, month: 2, date: 4 } },
      '<input type="date" value="2026-03-04" disabled>',
    ],
    ['PlayModel', { value: 3 }, '▶ 3'],
    ['HTMLModel', { value: '<b>x</b>' }, '<div class="output html"><b>x</b></div>'],
    ['LabelModel', { value: 'a < b' }, '<span>a &lt; b</span>'],
    ['HTMLMathModel', { value: 'is $x^2$' }, 'class="katex"'],
  ])('%s %j', (name, traits, expected) => {
    expect(one(name, traits as JsonObject)).toContain(expected);
  });

  it('that is a picture has its bytes in the page', () => {
    expect(one('ImageModel', { format: 'png', width: '60' }, 'iVBORw0KGgo=')).toContain(
      '<img src="data:image/png;base64,iVBORw0KGgo=" alt="" width="60">',
    );
  });

  it('that is not known says what it is', () => {
    expect(one('GraphModel', {})).toContain(
      'A page cannot show this widget (GraphModel of @jupyter-widgets/controls 2.0.0).',
    );
  });
});

describe('a box on a page', () => {
  it('holds its children, with the CSS of its layout', () => {
    const html = page({
      shown: ['HBoxModel', { children: ['IPY_MODEL_a', 'IPY_MODEL_gone'], layout: 'IPY_MODEL_l' }],
      a: ['LabelModel', { value: 'first' }],
      l: ['LayoutModel', { width: '50%', grid_gap: '4px', height: null, margin: '0; background: url(x)' }],
    });
    expect(html).toContain('<div class="w-hbox" style="width: 50%; grid-gap: 4px">');
    expect(html).toContain('<span>first</span>');
    expect(html).not.toContain('url(');
  });

  it.each(['TabModel', 'AccordionModel'])('%s shows all its pages, open', (name) => {
    const html = page({
      shown: [name, { children: ['IPY_MODEL_a', 'IPY_MODEL_b'], titles: ['notes', ''], selected_index: 0 }],
      a: ['LabelModel', { value: 'first' }],
      b: ['LabelModel', { value: 'second' }],
    });
    expect(html).toMatch(
      /<details class="w-page" open><summary>notes<\/summary>.*first.*<summary>2<\/summary>.*second/s,
    );
  });

  it('that stands in itself ends', () => {
    expect(page({ shown: ['VBoxModel', { children: ['IPY_MODEL_shown'] }] })).toContain('w-vbox');
  });
});

describe('an Output on a page', () => {
  it('shows its outputs as cells do', () => {
    const html = one('OutputModel', {
      outputs: [
        { output_type: 'stream', name: 'stdout', text: 'printed\n' },
        {
          output_type: 'display_data',
          data: { 'image/png': 'iVBORw0KGgo=', 'text/plain': 'a chart' },
          metadata: {},
        },
        { output_type: 'error', ename: 'Error', evalue: 'no', traceback: [] },
        { output_type: 'strange' },
      ],
    });
    expect(html).toContain('<pre class="output stdout">printed</pre>');
    expect(html).toContain('alt="a chart"');
    expect(html).toContain('Error: no');
  });

  it('that shows itself ends', () => {
    const view = { [MIME]: { model_id: 'shown' }, 'text/plain': 'itself' };
    const html = one('OutputModel', { outputs: [{ output_type: 'display_data', data: view, metadata: {} }] });
    expect(html).toContain('itself');
  });
});

it('a widget whose state is not there is shown by what lies beside it', () => {
  expect(page({}, 'gone')).toContain('as text');
  expect(page({}, 'gone', { 'text/html': '<i>still</i>' })).toContain('<i>still</i>');
});

it('text of widgets is escaped', () => {
  const evil = '"><img src=x onerror=alert(1)>';
  for (const name of [
    'Text',
    'Label',
    'Dropdown',
    'Button',
    'Checkbox',
    'ColorPicker',
    'Textarea',
    'Valid',
    'Evil<img ',
  ]) {
    const html = one(`${name}Model`, {
      ...{
        value: evil,
        description: evil,
        tooltip: evil,
        placeholder: evil,
        readout: evil,
        button_style: evil,
      },
      _options_labels: [evil],
    });
    expect(html).not.toMatch(/<img/);
  }
});
