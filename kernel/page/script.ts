/** Runs in the head, before anything is painted: the reader's theme of last time. */
export const HEAD_SCRIPT = `
document.documentElement.classList.add('js');
try {
  const theme = localStorage.getItem('theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {}
`;

/** Runs at the end of the body; the page reads well without it. */
export const PAGE_SCRIPT = `
(() => {
  const root = document.documentElement;
  const all = (selector) => [...document.querySelectorAll(selector)];

  const toggle = document.querySelector('.theme');
  const isDark = () => root.dataset.theme
    ? root.dataset.theme === 'dark'
    : matchMedia('(prefers-color-scheme: dark)').matches;
  toggle.addEventListener('click', () => {
    root.dataset.theme = isDark() ? 'light' : 'dark';
    try { localStorage.setItem('theme', root.dataset.theme); } catch {}
  });

  const copyText = async (text) => {
    if (navigator.clipboard) return navigator.clipboard.writeText(text);
    const area = document.createElement('textarea');
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand('copy');
    area.remove();
  };
  for (const code of all('.cell pre > code')) {
    const pre = code.parentElement;
    let box = pre.closest('.copy-box');
    if (!box) {
      box = document.createElement('div');
      box.className = 'copy-box';
      pre.replaceWith(box);
      box.append(pre);
    }
    const button = document.createElement('button');
    button.className = 'copy';
    button.type = 'button';
    button.textContent = 'Copy';
    button.addEventListener('click', async () => {
      try {
        await copyText(code.textContent);
        button.textContent = 'Copied';
      } catch {
        button.textContent = 'Failed';
      }
      setTimeout(() => { button.textContent = 'Copy'; }, 1500);
    });
    box.append(button);
  }

  // What an output shows may cover the shades of a box that scrolls: its edges fade instead.
  const faded = '.output.html, .output.html *, .output.image';
  const fade = (box) => {
    if (!(box instanceof Element) || !box.matches(faded)) return;
    const hidden = box.scrollWidth - box.clientWidth;
    box.classList.toggle('scroller', hidden > 1);
    box.classList.toggle('more-left', hidden > 1 && box.scrollLeft > 1);
    box.classList.toggle('more-right', hidden - box.scrollLeft > 1);
  };
  document.addEventListener('scroll', (event) => fade(event.target), { capture: true, passive: true });

  // A box that scrolls must be reachable with the keyboard.
  const boxes = 'pre, .table-box, .output.html, .output.html :is(div, section, figure), .output.image, .math-box, .tall';
  const markScrollers = () => {
    for (const box of all(boxes)) {
      const { overflowX, overflowY } = getComputedStyle(box);
      const scrolls = /auto|scroll/.test(overflowX + overflowY) &&
        (box.scrollWidth > box.clientWidth + 1 || box.scrollHeight > box.clientHeight + 1);
      if (scrolls || box.classList.contains('scroller')) fade(box);
      if (!scrolls) box.removeAttribute('tabindex');
      else if (!box.hasAttribute('tabindex')) {
        box.tabIndex = 0;
        if (!box.hasAttribute('role')) box.setAttribute('role', 'group');
        if (!box.hasAttribute('aria-label')) box.setAttribute('aria-label', 'Scrollable content');
      }
    }
  };
  markScrollers();
  addEventListener('resize', markScrollers);
  addEventListener('load', markScrollers);
  document.addEventListener('toggle', markScrollers, true);

  // Paper cannot be unfolded.
  let unfolded = [];
  addEventListener('beforeprint', () => {
    unfolded = all('main details:not([open])');
    for (const details of unfolded) details.open = true;
  });
  addEventListener('afterprint', () => {
    for (const details of unfolded) details.open = false;
  });

  const contents = document.querySelector('.toc details');
  if (!contents) return;
  const wide = matchMedia('(min-width: 74rem)');
  const fold = () => { contents.open = wide.matches; };
  fold();
  wide.addEventListener('change', fold);
  const links = new Map(all('.toc a').map((link) => [decodeURIComponent(link.hash.slice(1)), link]));
  const headings = all('main :is(h1, h2, h3)[id]').filter((heading) => links.has(heading.id));
  const mark = () => {
    const passed = headings.filter((heading) => heading.getBoundingClientRect().top < innerHeight * 0.3);
    const current = links.get(passed.at(-1)?.id);
    for (const link of links.values()) {
      if (link === current) link.setAttribute('aria-current', 'true');
      else link.removeAttribute('aria-current');
    }
  };
  mark();
  addEventListener('scroll', mark, { passive: true });
})();
`;
