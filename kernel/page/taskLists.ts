import type { MarkdownIt } from 'markdown-it';

/** Teaches a Markdown parser the boxes of GitHub's task lists: `- [ ] to do` and `- [x] done`. */
export function addTaskLists(md: MarkdownIt): void {
  md.core.ruler.after('inline', 'task_lists', ({ tokens, Token }) => {
    tokens.forEach((item, i) => {
      if (item.type !== 'list_item_open' || tokens[i + 1]?.type !== 'paragraph_open') return;
      const children = tokens[i + 2]?.children;
      const first = children?.[0];
      const mark = first?.type === 'text' ? /^\[([ xX])\](?=\s|$)/.exec(first.content) : null;
      if (children == null || first === undefined || mark === null) return;
      const isDone = mark[1] !== ' ';
      const box = new Token('html_inline', '', 0);
      box.content = `<input type="checkbox" disabled aria-label="${isDone ? 'done' : 'to do'}"${isDone ? ' checked' : ''}>`;
      first.content = first.content.slice(mark[0].length).trimStart();
      children.unshift(box);
      item.attrJoin('class', 'task');
    });
  });
}
