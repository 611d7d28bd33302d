import { describe, expect, it } from 'vitest';
import { linkFromPage } from '../../../../kernel/cli/run/links.ts';

const others = [{ path: '/books/b c.ipynb', html: '/out/b c.html' }, { path: '/books/raw.ipynb' }];

describe('linkFromPage', () => {
  it.each([
    ['b%20c.ipynb#Rates', 'b%20c.html#Rates'],
    ['raw.ipynb', '../books/raw.ipynb'],
    ['file.txt?a#b', '../books/file.txt?a#b'],
    ['data/x%23y.csv', '../books/data/x%23y.csv'],
    ['data/', '../books/data/'],
    ['../out/made.txt', 'made.txt'],
    ['../out/', './'],
    ['?a', '?a'],
    ['/abs/file.txt', '/abs/file.txt'],
    ['%zz.txt', '%zz.txt'],
  ])('makes %s of a page elsewhere %s', (href, expected) => {
    expect(linkFromPage(href, { folder: '/books', page: '/out/a.html' }, others)).toBe(expected);
  });

  it.each([
    ['b%20c.ipynb', '../out/b%20c.html'],
    ['file (1).txt', 'file (1).txt'],
    ['data/', 'data/'],
  ])('makes %s of a page beside the notebook %s', (href, expected) => {
    expect(linkFromPage(href, { folder: '/books', page: '/books/a.html' }, others)).toBe(expected);
  });
});
