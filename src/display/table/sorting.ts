/**
 * The script of a table, for attributes: a click on a header sorts up, then down, then as it was. `data-r` has
 * the rank of each cell of a row, `-` for a missing one, and is empty for the row that stands for those which are
 * not shown: that goes to the end, and says what was sorted.
 */
const sortOnClick = minified(`
  var t = this, h = event.target.closest('[aria-sort]');
  if (h && t.contains(h)) {
    var c = h.cellIndex, s = h.getAttribute('aria-sort'), d = s == 'none' ? 1 : s == 'ascending' ? -1 : 0;
    var rows = [].filter.call(t.rows, function (r) { return r.dataset.r != null });
    rows.forEach(function (r, i) {
      if (r.i == null) { r.i = i; r.o = r.cells[0].textContent }
      var k = r.dataset.r.split(' ')[c];
      r.k = !d ? 0 : r.dataset.n ? 2e9 : k == '-' ? 1e9 : d * k;
      if (r.dataset.n) r.cells[0].textContent = d ? r.dataset.n : r.o
    });
    rows.sort(function (a, b) { return a.k - b.k || a.i - b.i });
    rows.forEach(function (r) { r.parentNode.appendChild(r) });
    [].forEach.call(t.rows[0].cells, function (x) {
      if (!x.hasAttribute('aria-sort')) return;
      var o = x == h ? d : 0;
      x.setAttribute('aria-sort', o > 0 ? 'ascending' : o < 0 ? 'descending' : 'none');
      if (!x.a) x.a = x.firstChild.appendChild(document.createElement('span'));
      x.a.textContent = o > 0 ? ' ▲' : o < 0 ? ' ▼' : ''
    })
  }`);

/** Enter and the space bar do what a click does; the front-end's own shortcuts wait meanwhile. */
const sortOnKey = minified(`
  if (event.key == 'Enter' || event.key == ' ') {
    if (event.target.hasAttribute('aria-sort')) event.preventDefault(), event.stopPropagation(), event.target.click()
  }`);

/** The two as attributes of the table. */
export const sortingHandlers: string = `onclick="${sortOnClick}" onkeydown="${sortOnKey}"`;

/** Without the blanks that are there for its reader, and fit for an attribute: there are no double quotes. */
function minified(script: string): string {
  return script
    .trim()
    .replace(/\s+/g, ' ')
    .replace(/ ?([{}();,=<>|&?:+*!-]) ?/g, '$1')
    .replaceAll('&', '&amp;');
}
