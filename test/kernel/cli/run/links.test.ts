import { describe, expect, it } from 'vitest';
import { linkFromPage } from '../../../../kernel/cli/run/links.ts';

const others = [{ path: '/work/b c.ipynb', html: '/out/b c.html' }, { path: '/work/raw.ipynb' }];

describe('linkFromPage', () => {
  it.each([
    ['b%20c.ipynb#Rates', 'b%20c.html#Rates'],
    ['raw.ipynb', '../work/raw.ipynb'],
    ['file.txt?a#b', '../work/file.txt?a#b'],
    ['data/x%23y.csv', '../work/data/x%23y.csv'],
    ['data/', '../work/data/'],
    ['../out/made.txt', 'made.txt'],
    ['../out/', './'],
    ['?a', '?a'],
    ['/abs/file.txt', '/abs/file.txt'],
    ['%zz.txt', '%zz.txt'],
  ])('makes %s of a page elsewhere %s', (href, expected) => {
    expect(linkFromPage(href, { folder: '/work', page: '/out/a.html' }, others)).toBe(expected);
  });

  it.each([
    ['b%20c.ipynb', '../out/b%20c.html'],
    ['file (1).txt', 'file (1).txt'],
    ['data/', 'data/'],
  ])('makes %s of a page beside the notebook %s', (href, expected) => {
    expect(linkFromPage(href, { folder: '/work', page: '/work/a.html' }, others)).toBe(expected);
  });
});
