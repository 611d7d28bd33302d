// highlight.js has no types for its smaller entry points, and its main ones pull in the DOM library.
declare module 'highlight.js/lib/common' {
  interface Highlighter {
    highlight(code: string, options: { language: string; ignoreIllegals?: boolean }): { value: string };
    getLanguage(name: string): object | undefined;
    registerLanguage(name: string, language: object): void;
  }
  const highlighter: Highlighter;
  export default highlighter;
}

declare module 'highlight.js/lib/languages/*' {
  const language: object;
  export default language;
}
