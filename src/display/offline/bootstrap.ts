import { inView } from '../markup/inView.ts';

/**
 * Runs in the page, with every chart and every loader. It keeps the texts of the libraries that it finds in the
 * document, evaluates one when the first chart needs it, and draws each chart once, whatever came first and
 * however late the front-end puts the pieces into the document. Front-ends may run it before its own output
 * is there, hence the observer; it ends when nothing has come for half a minute. While a page is read, an element
 * may be there in part; in full it is followed by what runs this. Charts that wait are remembered: a front-end may
 * take them out of the document while they are out of sight.
 *
 * A chart names the libraries that can draw it, those that draw most first; one that is loaded is preferred.
 * A library's text is the body of a function that returns `{ draw(host, spec) }`.
 */
const source = `(() => {
  const page = document;
  const state = window[Symbol.for('descent.offline')] ||= {
    texts: {}, libraries: {}, hosts: new Set(), seen: new WeakSet(),
    unpack(text) {
      const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt());
      const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
      return new Response(stream).text();
    },
    async draw(host, name) {
      const { draw } = await (this.libraries[name] ||= this.unpack(this.texts[name]).then((t) => Function(t)()));
      this.texts[name] = '';
      return draw(host, JSON.parse(await this.unpack(host.dataset.descentSpec)));
    },
    find(selector) {
      return [...page.querySelectorAll(selector)].filter((e) => e.nextSibling || page.readyState != 'loading');
    },
    scan() {
      for (const { dataset } of this.find('[data-descent-library]'))
        this.texts[dataset.descentLibrary] ??= dataset.descentText;
      for (const host of this.find('[data-descent-chart]')) this.hosts.add(host);
      for (const host of this.hosts) {
        const names = host.dataset.descentChart.split(' ');
        const name = names.find((n) => this.libraries[n]) || names.find((n) => this.texts[n]);
        if (!name) continue;
        this.hosts.delete(host);
        if (this.seen.has(host)) continue;
        this.seen.add(host);
        this.draw(host, name).catch(console.error);
      }
    },
    watch() {
      this.scan();
      this.observer ||= new MutationObserver(() => this.timer ||= setTimeout(() => {
        this.timer = 0;
        this.scan();
      }, 50));
      this.observer.observe(page, { childList: true, subtree: true });
      clearTimeout(this.end);
      this.end = setTimeout(() => this.observer.disconnect(), 3e4);
    },
  };
  state.watch();
})()`;

const minified = source.replace(/\n\s*/g, '').replace(/ ?(=>|[|?]*=|[:,{}|]+) /g, '$1');

/**
 * The element after every chart and loader that runs it: its text stands in an attribute, for what cleans HTML
 * drops attributes that it does not know, but shows the texts of scripts.
 */
export const bootstrap: string =
  `<div data-descent-start="${minified.replaceAll('&', '&amp;')}" ${inView('Function(this.dataset.descentStart)()')} ` +
  'style="content-visibility:auto;position:absolute;width:1px;height:1px"></div>';

/** An attribute of the element before: where the event is not known, the chart is drawn when it is pointed at. */
export const startOnPointer: string =
  'onpointerenter="this.onpointerenter=null;Function(this.nextSibling.dataset.descentStart)()"';
